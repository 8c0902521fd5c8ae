"""What is taken, what is refused, and with which word."""

from __future__ import annotations

import base64
import hashlib
import io
import os
import pickle
import socket
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image

from pipeline import acquire
from pipeline.acquire import Damaged, Limits, Refusal, take, walk
from tests.pipeline.ingest import hostile

ROOT = Path(__file__).resolve().parents[3]


def pdf(path: Path, pages: int = 1) -> Path:
    document = pdfium.PdfDocument.new()
    for _ in range(pages):
        document.new_page(595, 842)
    document.save(path)
    document.close()
    return path


def png_header(path: Path, width: int, height: int) -> Path:
    """A PNG that says how large it is and holds next to nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\x00" * 64)) + chunk(b"IEND", b""))
    return path


_DEFLATED = zlib.compress(b"q Q\n" * (1 << 18), 9)  # a million bytes


@pytest.mark.parametrize(
    ("content", "filters"),
    [
        (_DEFLATED, b"/FlateDecode"),
        (_DEFLATED, b"[/Fl]"),
        (zlib.compress(_DEFLATED, 9), b"[/FlateDecode /FlateDecode]"),
        (_DEFLATED.hex().encode() + b">", b"[/ASCIIHexDecode /FlateDecode]"),
        (base64.a85encode(_DEFLATED) + b"~>", b"[/ASCII85Decode /FlateDecode]"),
    ],
)
def test_a_page_that_swells_when_it_is_unpacked_is_refused(tmp_path: Path, content: bytes, filters: bytes) -> None:
    """PDFium gives such a page up: it would be kept as an empty letter."""
    (tmp_path / "a.pdf").write_bytes(hostile.page_with(hostile.stream(content, b"/Filter" + filters)))
    assert take(tmp_path / "a.pdf").pages == 1
    with pytest.raises(acquire.Swollen):
        take(tmp_path / "a.pdf", Limits(max_unpacked=500_000))


def test_a_png_of_later_frames_alone_is_damaged(tmp_path: Path) -> None:
    """Pillow shows it black: it would be kept as an empty sheet."""
    frames = io.BytesIO()
    first, second = Image.new("L", (80, 110), 255), Image.new("L", (80, 110), 200)
    first.save(frames, "PNG", save_all=True, append_images=[second])
    whole = frames.getvalue()
    (tmp_path / "a.png").write_bytes(whole)
    assert take(tmp_path / "a.png").pages == 1
    at = whole.index(b"IDAT") - 4
    length = int.from_bytes(whole[at : at + 4], "big")
    (tmp_path / "a.png").write_bytes(whole[:at] + whole[at + 12 + length :])
    with pytest.raises(Damaged):
        take(tmp_path / "a.png")


@pytest.mark.parametrize(("name", "form", "kind"), [("a.jpg", "JPEG", "jpeg"), ("b.png", "PNG", "png"), ("c.tif", "TIFF", "tiff")])
def test_pictures_are_taken_whatever_their_name(tmp_path: Path, name: str, form: str, kind: str) -> None:
    path = tmp_path / f"{name}.docx"
    Image.new("RGB", (120, 90), "white").save(path, form)
    intake = take(path)
    assert (intake.kind, intake.pages, intake.name) == (kind, 1, f"{name}.docx")
    assert intake.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert intake.size == path.stat().st_size


def test_pages_are_counted(tmp_path: Path) -> None:
    assert take(pdf(tmp_path / "three.pdf", 3)).pages == 3
    frames = [Image.new("L", (40, 50), 255) for _ in range(4)]
    frames[0].save(tmp_path / "four.tif", save_all=True, append_images=frames[1:])
    assert take(tmp_path / "four.tif").pages == 4


def test_each_cause_has_its_own_word_and_code() -> None:
    causes = Refusal.__subclasses__()
    assert len({c.exit_code for c in causes}) == len(causes) >= 11
    assert all(c.exit_code > 2 for c in causes)  # 1 and 2 are the shell's and the command line's


def test_empty(tmp_path: Path) -> None:
    (tmp_path / "e.pdf").touch()
    with pytest.raises(acquire.EmptyFile) as caught:
        take(tmp_path / "e.pdf")
    assert "rỗng" in caught.value.message() and "empty" in caught.value.message("en")


@pytest.mark.parametrize(
    "data", [b"hello, this is no letter", b"PK\x03\x04 a word processor's file", b"{\\rtf1 text}", bytes(range(128, 192)) + b"\x00"]
)
def test_not_a_document(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "n.pdf").write_bytes(data)
    with pytest.raises(acquire.UnknownKind):
        take(tmp_path / "n.pdf")


def test_a_foreign_kind_is_named(tmp_path: Path) -> None:
    (tmp_path / "w.pdf").write_bytes(b"PK\x03\x04" + b"\x00" * 40)
    with pytest.raises(acquire.UnknownKind) as caught:
        take(tmp_path / "w.pdf")
    assert "DOCX" in caught.value.message() and "DOCX" in caught.value.message("en")


@pytest.mark.parametrize("form", ["PDF", "JPEG", "PNG", "TIFF"])
def test_cut_short(tmp_path: Path, form: str) -> None:
    whole = tmp_path / "whole"
    Image.effect_noise((600, 600), 80).save(whole, form)
    (tmp_path / "cut").write_bytes(whole.read_bytes()[: whole.stat().st_size * 2 // 3])
    take(whole)
    with pytest.raises(acquire.Damaged):
        take(tmp_path / "cut")


def test_garbage_under_a_pdf_header(tmp_path: Path) -> None:
    (tmp_path / "g.pdf").write_bytes(b"%PDF-1.7\n" + b"\x01\x02junk" * 50 + b"\n%%EOF\n")
    with pytest.raises(acquire.Damaged):
        take(tmp_path / "g.pdf")


def locked_pdf(path: Path) -> Path:
    """A PDF whose standard security handler no empty password opens (its /U is not that of one)."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
        b"<</Filter/Standard/V 1/R 2/P -44/O<" + b"4a" * 32 + b">/U<" + b"5b" * 32 + b">>>",
    ]
    out, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj" % number + body + b"endobj\n"
    table = b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % o for o in offsets)
    end = b"trailer<</Size 5/Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]>>\nstartxref\n%d\n%%%%EOF\n" % len(out)
    path.write_bytes(out + table + end)
    return path


def test_locked_by_a_password(tmp_path: Path) -> None:
    with pytest.raises(acquire.Locked) as caught:
        take(locked_pdf(tmp_path / "l.pdf"))
    assert "mật khẩu" in caught.value.message()


def test_three_thousand_pages_are_too_many_by_default(tmp_path: Path) -> None:
    path = pdf(tmp_path / "book.pdf", 3000)
    with pytest.raises(acquire.TooManyPages) as caught:
        take(path)
    assert "3000" in caught.value.message()
    assert take(path, Limits(max_pages=3000)).pages == 3000


def test_a_sheet_of_forty_thousand_pixels_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    with pytest.raises(acquire.TooManyPixels) as caught:
        take(png_header(tmp_path / "huge.png", 40_000, 40_000))
    assert "40000" in caught.value.message().replace(" ", "") or "?" in caught.value.message()
    with pytest.raises(acquire.TooManyPixels):
        take(png_header(tmp_path / "large.png", 12_000, 9_000))


def test_too_many_bytes(tmp_path: Path) -> None:
    with pytest.raises(acquire.TooLarge):
        take(pdf(tmp_path / "p.pdf"), Limits(max_bytes=100))


def test_what_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(acquire.Vanished):
        take(tmp_path / "gone.pdf")


def test_what_changes_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = pdf(tmp_path / "p.pdf")
    counted = acquire.pages_of

    def count_and_cut(*given: object) -> int:
        pages = counted(*given)  # type: ignore[arg-type]
        path.write_bytes(b"%PDF")
        return pages

    monkeypatch.setattr(acquire, "pages_of", count_and_cut)
    with pytest.raises(acquire.Vanished):
        take(path)


def test_what_is_no_regular_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", tmp_path, Path("/dev/null")):
        with pytest.raises(acquire.NotRegular):
            take(path)
    with socket.socket(socket.AF_UNIX) as ear:
        ear.bind(str(tmp_path / "s"))
        with pytest.raises(acquire.NotRegular):
            take(tmp_path / "s")


def test_no_leave_to_read(tmp_path: Path) -> None:
    """As an unprivileged user: root may read everything."""
    closed = pdf(tmp_path / "closed.pdf")
    closed.chmod(0)
    shut = tmp_path / "shut"
    shut.mkdir()
    pdf(shut / "in.pdf")
    shut.chmod(0)
    for folder in (tmp_path, *tmp_path.parents):
        if folder.stat().st_uid == os.getuid() and folder != Path("/"):
            folder.chmod(folder.stat().st_mode | 0o055)
    script = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from pipeline.acquire import Refusal, take, walk\n"
        "if os.geteuid() == 0: os.seteuid(65534)\n"
        "try: take(Path(sys.argv[1])); print('taken')\n"
        "except Refusal as refusal: print(type(refusal).__name__, refusal.exit_code)\n"
        "for found in walk([Path(sys.argv[2])]): print(type(found).__name__)\n"
    )
    done = subprocess.run([sys.executable, "-c", script, str(closed), str(shut)], cwd=ROOT, capture_output=True, text=True, check=False)
    shut.chmod(0o755)
    assert done.stdout.splitlines() == [f"Unreadable {acquire.Unreadable.exit_code}", "Unreadable"], done.stderr


def test_a_refusal_crosses_processes(tmp_path: Path) -> None:
    for refusal in (acquire.TooManyPages(tmp_path, pages=9, limit=3), acquire.UnknownKind(tmp_path, looks="RTF")):
        again = pickle.loads(pickle.dumps(refusal))
        assert (type(again), again.message(), again.path) == (type(refusal), refusal.message(), tmp_path)


def test_a_folder_is_walked_in_order_and_links_do_not_lead_out(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.pdf").touch()
    box = tmp_path / "box"
    (box / "b").mkdir(parents=True)
    for name in ("b/2.pdf", "c.pdf", "a.pdf", ".hidden", "Thumbs.db"):
        (box / name).touch()
    (box / "out").symlink_to(outside)
    (box / "out.pdf").symlink_to(outside / "secret.pdf")
    (box / "round").symlink_to(box)
    (box / "same.pdf").symlink_to(box / "a.pdf")
    found = list(walk([box, outside / "secret.pdf"]))
    paths = [p.relative_to(tmp_path).as_posix() for p in found if isinstance(p, Path)]
    assert paths == ["box/a.pdf", "box/b/2.pdf", "box/c.pdf", "box/same.pdf", "outside/secret.pdf"]
    assert [type(p) for p in found if isinstance(p, Refusal)] == [acquire.LeadsOutside] * 2
