"""Lay a letter out on A4 as Decree 30/2020/NĐ-CP, appendix I, asks, and print it to PDF with headless Chromium."""

from __future__ import annotations

import html
import shutil
import subprocess
import tempfile
import tomllib
from dataclasses import dataclass
from pathlib import Path
from string import Template

MOTTO = ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]
_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Sheet:
    """What stands on a letter's sheets, top to bottom.

    heads: issuing body's lines, the last `bold` of them bold; label: what stands before the number; vv: before the subject of a
    letter without a type line; mark: urgency or secrecy, in a red frame; to_label, to: addressees; body: a string a paragraph, one
    that begins with "^" centred and bold, with "_" italic (a ground), with "<" HTML as it is; annex: HTML on new pages; size: points;
    gap: millimetres between capacity and name.
    """

    name: str
    heads: list[str]
    number: str
    place_date: str
    body: list[str]
    copies: list[str]
    capacity: list[str]
    signer: str
    about: str = ""
    type_line: str = ""
    to_label: str = "Kính gửi:"
    to: tuple[str, ...] = ()
    label: str = "Số: "
    motto: list[str] | None = None
    bold: int = 1
    vv: str = "V/v "
    mark: str = ""
    annex: str = ""
    font: str = "Tinos"
    size: float = 13.5
    gap: int = 26


def sheets(name: str) -> dict[str, Sheet]:
    """The sheets of `<name>.toml` beside this file, by key."""
    return {key: Sheet(**values) for key, values in tomllib.loads((_HERE / f"{name}.toml").read_text(encoding="utf-8")).items()}


def to_html(sheet: Sheet) -> str:
    """The sheet as one HTML page that prints on as many A4 pages as it takes."""
    e = html.escape
    motto = sheet.motto or MOTTO
    heads = "<br>".join(f"<b>{e(h)}</b>" if i >= len(sheet.heads) - sheet.bold else e(h) for i, h in enumerate(sheet.heads))
    under = "<div>*</div>" if not motto[1] else "<div class=rule></div>"
    second = f"<br><b class=motto>{e(motto[1])}</b>" if motto[1] else "<div class=rule></div>"
    vv = f"<div class=vv>{sheet.vv}{e(sheet.about)}</div>" if sheet.about and not sheet.type_line else ""
    mark = f"<div><span class=mark>{e(sheet.mark)}</span></div>" if sheet.mark else ""
    css = Template((_HERE / "sheet.css").read_text(encoding="utf-8")).substitute(
        font=sheet.font, size=sheet.size, nation=sheet.size - 1, small=sheet.size - 1.5, gap=sheet.gap
    )
    out = [f"<!doctype html><html lang=vi><meta charset=utf-8><title>{e(sheet.name)}</title><style>{css}</style><body>"]
    out.append(f"<table><tr><td class=left>{heads}{under}</td><td class=right><b class=nation>{e(motto[0])}</b>{second}</td></tr>")
    out.append(f"<tr class=row><td>{sheet.label}{e(sheet.number)}{vv}{mark}</td><td class=place>{e(sheet.place_date)}</td></tr></table>")
    if sheet.type_line:
        out.append(f"<div class=type>{e(sheet.type_line)}</div><div class=about>{e(sheet.about)}</div><div class=rule></div>")
    if sheet.to:
        out.append(_addressees(sheet.to_label, [e(item) for item in sheet.to]))
    out += [_paragraph(text) for text in sheet.body]
    copies = "<br>".join(e(c) for c in sheet.copies)
    capacity = "<br>".join(e(c) for c in sheet.capacity)
    out.append(f"<table class=foot><tr><td class=copies><b>Nơi nhận:</b><br>{copies}</td>")
    out.append(f"<td class=sign>{capacity}<div class=gap></div>{e(sheet.signer)}</td></tr></table>")
    if sheet.annex:
        out.append(f"<div class=annex>{sheet.annex}</div>")
    return "".join(out) + "</body></html>"


def _addressees(label: str, items: list[str]) -> str:
    if len(items) == 1:
        return f"<div class=to>{label} {items[0]}</div>"
    if len(label) > 12:
        return f"<div class='to wide'>{label}<br>" + "<br>".join(f"&emsp;&emsp;{item}" for item in items) + "</div>"
    return f"<table class=to><tr><td>{label}</td><td>{'<br>'.join(items)}</td></tr></table>"


def _paragraph(text: str) -> str:
    if text.startswith("<"):
        return text
    if text.startswith("^"):
        return f"<p class=mid>{html.escape(text[1:])}</p>"
    if text.startswith("_"):
        return f"<p class=law>{html.escape(text[1:])}</p>"
    return f"<p>{html.escape(text)}</p>"


def print_pdf(page: str, target: Path) -> None:
    """Print an HTML string to `target` (Debian package chromium)."""
    browser = shutil.which("chromium")
    if not browser:
        raise SystemExit("chromium is needed to typeset the samples: apt-get install chromium fonts-croscore fonts-freefont-ttf")
    with tempfile.TemporaryDirectory() as tmp:
        source = Path(tmp) / "sheet.html"
        source.write_text(page, encoding="utf-8")
        command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
        command += ["--no-pdf-header-footer", f"--user-data-dir={tmp}/profile", f"--print-to-pdf={target}", str(source)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=120)
