"""Why a file is not taken: one class a cause, each with its exit code and what to do about it, in Vietnamese and English."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any, ClassVar

from pipeline.exit_codes import ExitCode

# what a parser says of bytes that nobody meant to write
UNREAD = (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError, ZeroDivisionError, struct.error)


class Refusal(Exception):
    """A file that is not taken. path: the file or folder; detail: what is filled into the message."""

    exit_code: ClassVar[int] = ExitCode.REFUSED
    vi: ClassVar[str] = "Không nhận được tệp."
    en: ClassVar[str] = "The file was not taken."

    def __init__(self, path: Path, **detail: Any) -> None:
        super().__init__(str(path))
        self.path = path
        self.detail = detail

    def message(self, lang: str = "vi") -> str:
        """What is wrong and what to do, in Vietnamese ("vi") or English ("en")."""
        return (self.en if lang == "en" else self.vi).format(**self.detail)

    def __str__(self) -> str:
        return f"{self.path}: {self.message('en')}"

    def __reduce__(self) -> tuple[Any, ...]:
        return _again, (type(self), self.path, self.detail)


def _again(kind: type[Refusal], path: Path, detail: dict[str, Any]) -> Refusal:
    """Make a refusal anew on the other side of a process boundary."""
    return kind(path, **detail)


class EmptyFile(Refusal):
    """The file has no bytes."""

    exit_code = ExitCode.EMPTY_FILE
    vi = "Tệp rỗng (0 byte). Hãy quét hoặc sao chép lại tệp gốc."
    en = "The file is empty (0 bytes). Scan or copy the original again."


class UnknownKind(Refusal):
    """The bytes are not those of a PDF, TIFF, JPEG or PNG, whatever the name says."""

    exit_code = ExitCode.UNKNOWN_KIND
    vi = "Không phải PDF, TIFF, JPEG hay PNG (xét theo nội dung, không theo đuôi tên{looks_vi}). Hãy lưu lại văn bản thành PDF rồi nhập."
    en = "Not a PDF, TIFF, JPEG or PNG (judged by content, not by name{looks_en}). Save the document as PDF and hand it in again."

    def __init__(self, path: Path, *, looks: str = "", **_: Any) -> None:
        super().__init__(path, looks=looks)
        self.detail |= {"looks_vi": f"; có vẻ là {looks}" if looks else "", "looks_en": f"; it looks like {looks}" if looks else ""}


class Damaged(Refusal):
    """The file is cut short or broken."""

    exit_code = ExitCode.DAMAGED
    vi = "Tệp bị cắt cụt hoặc hỏng ({what}). Hãy sao chép lại từ nguồn hoặc quét lại."
    en = "The file is cut short or damaged ({what}). Copy it from its source again, or scan it again."


class Locked(Refusal):
    """The PDF asks for a password, or is encrypted in a way that cannot be read."""

    exit_code = ExitCode.LOCKED
    vi = "PDF bị khóa bằng mật khẩu. Hãy mở bằng mật khẩu, lưu một bản không khóa rồi nhập bản đó."
    en = "The PDF is locked by a password. Open it with the password, save a copy without one and hand that in."


class TooManyPages(Refusal):
    """More pages than the limit."""

    exit_code = ExitCode.TOO_MANY_PAGES
    vi = "Tệp có {pages} trang, quá giới hạn {limit}. Hãy tách tệp, hoặc nâng giới hạn (CONGVAN_MAX_PAGES)."
    en = "The file has {pages} pages, more than the limit of {limit}. Split it, or raise the limit (CONGVAN_MAX_PAGES)."


class TooManyPixels(Refusal):
    """A page image with more pixels than the limit."""

    exit_code = ExitCode.TOO_MANY_PIXELS
    vi = "Trang {page} có ảnh {width} × {height} điểm, quá giới hạn {limit} điểm ảnh. Hãy quét lại ở 200–300 dpi."
    en = "Page {page} holds an image of {width} × {height} pixels, more than the limit of {limit}. Scan it again at 200–300 dpi."


class TooLarge(Refusal):
    """More bytes than the limit."""

    exit_code = ExitCode.TOO_LARGE
    vi = "Tệp nặng {size} byte, quá giới hạn {limit} byte. Hãy tách tệp, hoặc nâng giới hạn (CONGVAN_MAX_BYTES)."
    en = "The file has {size} bytes, more than the limit of {limit}. Split it, or raise the limit (CONGVAN_MAX_BYTES)."


class Unreadable(Refusal):
    """The user has no leave to read the file or folder, or the disk fails."""

    exit_code = ExitCode.UNREADABLE
    vi = "Không có quyền đọc hoặc ổ đĩa lỗi ({why}). Hãy xin quyền đọc tệp hay thư mục này."
    en = "No leave to read it, or the disk fails ({why}). Ask for leave to read this file or folder."


class Vanished(Refusal):
    """The file is not there, or went away or changed while it was read."""

    exit_code = ExitCode.VANISHED
    vi = "Tệp không có, hoặc biến mất hay thay đổi trong khi đọc. Hãy kiểm tra đường dẫn rồi nhập lại."
    en = "The file is not there, or vanished or changed while it was read. Check the path and hand it in again."


class NotRegular(Refusal):
    """A device, a named pipe, a socket, or a folder where a file was asked for."""

    exit_code = ExitCode.NOT_REGULAR
    vi = "Không phải tệp thường ({what}). Chỉ nhập tệp PDF, TIFF, JPEG, PNG hoặc thư mục chứa chúng."
    en = "Not a regular file ({what}). Hand in PDF, TIFF, JPEG or PNG files, or folders of them."


class LeadsOutside(Refusal):
    """A link in a folder that leads out of that folder, or nowhere."""

    exit_code = ExitCode.LEADS_OUTSIDE
    vi = "Liên kết dẫn ra ngoài thư mục được nhập ({target}). Hãy nhập thẳng tệp đích nếu cần."
    en = "A link that leads out of the folder handed in ({target}). Hand in its target itself if it is wanted."


class SetAside(Refusal):
    """A file that made its reader die, hang or give up, again and again. It is read once more where that is asked for."""

    exit_code = ExitCode.SET_ASIDE
    vi = "{why_vi}Đã thử {times} lần: tệp được để riêng. Muốn đọc lại: congvan retry --all."
    en = "{why_en}Tried {times} times: the file is set aside. To read it again: congvan retry --all."


class Swollen(Refusal):
    """A part of a PDF that becomes far too large when it is unpacked."""

    exit_code = ExitCode.SWOLLEN
    vi = "Một phần của PDF phình ra quá {limit} byte khi mở. Hãy in lại văn bản thành PDF, hoặc nâng giới hạn (CONGVAN_MAX_UNPACKED)."
    en = (
        "A part of the PDF becomes more than {limit} bytes when unpacked. Print it to PDF again, or raise the limit (CONGVAN_MAX_UNPACKED)."
    )
