"""Signed PDFs made here, by certificates made here: whole, added to, changed, broken; whom they name, and a gazette among them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner, fields

from models.signature import Signature
from pipeline.acquire import take
from pipeline.acquire.digital_signatures import published
from pipeline.serve.search_commands import signed
from tests.pipeline.ingest import hostile

OFFICE, PERSON = "Ủy ban nhân dân tỉnh Xanh", "Nguyễn Văn Mẫu"


def signer(name: str, organization: str, folder: Path) -> tuple[SimpleSigner, Path]:
    """A key with a certificate of its own making, and that certificate as a file."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name), x509.NameAttribute(NameOID.ORGANIZATION_NAME, organization)])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder().subject_name(who).issuer_name(who).public_key(key.public_key())
    made = (
        made.serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=9)).not_valid_after(now + timedelta(days=9))
    )
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=True, key_encipherment=False, data_encipherment=False, key_agreement=False,
        key_cert_sign=True, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    certificate = made.add_extension(usage, critical=True).sign(key, hashes.SHA256())
    folder.mkdir(parents=True, exist_ok=True)
    plain = serialization.NoEncryption()
    (folder / f"{name}.key").write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
    public = folder / f"{name}.pem"
    public.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    loaded = SimpleSigner.load(str(folder / f"{name}.key"), str(public))
    assert loaded is not None
    return loaded, public


def sign(data: bytes, by: SimpleSigner, field: str = "Signature1") -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    fields.append_signature_field(writer, fields.SigFieldSpec(field, box=(100, 100, 300, 160), on_page=0))
    out = io.BytesIO()
    PdfSigner(PdfSignatureMetadata(field_name=field), by).sign_pdf(writer, output=out)
    return out.getvalue()


def added_page_text(data: bytes) -> bytes:
    """An incremental update that changes what the page shows."""
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    page = writer.root["/Pages"]["/Kids"][0]
    from pyhanko.pdf_utils import generic

    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"BT (da sua) Tj ET"))
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, SimpleSigner, SimpleSigner]]:
    folder = tmp_path_factory.mktemp("keys")
    yield folder, signer(PERSON, OFFICE, folder)[0], signer("Cổng Thông tin điện tử Chính phủ", "Văn phòng Chính phủ", folder)[0]


def found(data: bytes, folder: Path) -> tuple[Signature, ...]:
    path = folder / "signed.pdf"
    path.write_bytes(data)
    return take(path).signatures


def test_an_unsigned_file_has_none(tmp_path: Path) -> None:
    assert found(hostile.plain_page(), tmp_path) == ()


def test_who_and_when_and_that_it_is_whole(keys: tuple[Path, SimpleSigner, SimpleSigner], tmp_path: Path) -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    (one,) = found(sign(hostile.plain_page(), keys[1]), tmp_path)
    assert (one.by, one.organization, one.state, one.role, one.trusted) == (PERSON, OFFICE, "whole", None, None)
    assert (one.timestamped, one.algorithm) == (False, "sha256")
    assert one.at is not None and before <= one.at <= datetime.now(UTC)


def test_a_second_signature_only_adds(keys: tuple[Path, SimpleSigner, SimpleSigner], tmp_path: Path) -> None:
    twice = sign(sign(hostile.plain_page(), keys[1]), keys[2], "Signature2")
    first, second = found(twice, tmp_path)
    assert (first.state, second.state) == ("added", "whole")
    assert (first.role, second.role) == (None, "publisher")


def test_a_change_after_signing_shows(keys: tuple[Path, SimpleSigner, SimpleSigner], tmp_path: Path) -> None:
    (one,) = found(added_page_text(sign(hostile.plain_page(), keys[1])), tmp_path)
    assert (one.state, one.by) == ("changed", PERSON)


def test_a_byte_that_was_changed_breaks_it(keys: tuple[Path, SimpleSigner, SimpleSigner], tmp_path: Path) -> None:
    data = sign(hostile.plain_page(), keys[1])
    (one,) = found(data.replace(b"/MediaBox[0 0 595 842]", b"/MediaBox[0 0 595 843]", 1), tmp_path)
    assert one.state == "broken"


def test_a_signature_that_is_rubbish_is_unread_and_the_file_is_taken(keys: tuple[Path, SimpleSigner, SimpleSigner], tmp_path: Path) -> None:
    data = bytearray(sign(hostile.plain_page(), keys[1]))
    at = data.index(b"/Contents <") + len(b"/Contents <")
    data[at : at + 400] = b"0" * 400
    (one,) = found(bytes(data), tmp_path)
    assert (one.state, one.by) == ("unread", None)


def test_the_chain_is_judged_where_a_trust_folder_is_given(
    keys: tuple[Path, SimpleSigner, SimpleSigner], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trust = tmp_path / "trust"
    trust.mkdir()
    (trust / "root.pem").write_bytes((keys[0] / f"{PERSON}.pem").read_bytes())
    (trust / "no certificate.pem").write_bytes(b"rubbish")
    monkeypatch.setenv("CONGVAN_TRUST", str(trust))
    first, second = found(sign(sign(hostile.plain_page(), keys[1]), keys[2], "Signature2"), tmp_path)
    assert (first.trusted, second.trusted) == (True, False)


def test_a_publisher_is_told_as_one(keys: tuple[Path, SimpleSigner, SimpleSigner], tmp_path: Path) -> None:
    (one,) = found(sign(hostile.plain_page(), keys[2]), tmp_path)
    assert "chữ ký của cơ quan công bố" in signed(one) and "Cổng Thông tin điện tử Chính phủ" in signed(one)
    assert not published(OFFICE) and not published("Văn phòng Chính phủ") and published("TRUNG TÂM CÔNG BÁO TỈNH XANH")


def test_a_caller_with_an_event_loop_may_ask(keys: tuple[Path, SimpleSigner, SimpleSigner], tmp_path: Path) -> None:
    import asyncio

    data = sign(hostile.plain_page(), keys[1])

    async def ask() -> tuple[Signature, ...]:
        return found(data, tmp_path)

    assert [one.state for one in asyncio.run(ask())] == ["whole"]
