"""Every setting, with its default, its unit and what it means in both languages; docs/settings.md is made of them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, NamedTuple

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, NonNegativeInt, PositiveFloat, PositiveInt, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX = "CONGVAN_"


class Means(NamedTuple):
    """What a setting is. unit: "" where it has none; without: what holds where it is not set and the default is null."""

    vi: str
    en: str
    unit: str = ""
    without: tuple[str, str] | None = None


def _upper(value: object) -> object:
    return value.upper() if isinstance(value, str) else value


def _absolute(path: Path | None) -> Path | None:
    # a relative one would be what lies in the folder that a person works in
    if path is not None and not path.is_absolute():
        raise ValueError("must be absolute / phải là đường dẫn tuyệt đối")
    return path


Level = Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"], BeforeValidator(_upper)]


class Limits(BaseModel):
    """What a file may hold, before memory is spent on it.

    The defaults take A3 at 600 dpi (about 70 million pixels) and refuse a sheet 40,000 pixels wide and tall, and a book.
    """

    model_config = ConfigDict(frozen=True)

    max_bytes: Annotated[PositiveInt, Means("Tệp lớn nhất được nhận.", "The largest file that is taken.", "byte")] = 512 * 1024 * 1024
    max_pages: Annotated[PositiveInt, Means("Số trang nhiều nhất của một tệp.", "The most pages of one file.", "trang / pages")] = 2_000
    max_pixels: Annotated[
        PositiveInt, Means("Ảnh lớn nhất của một trang: rộng × cao.", "The largest image of one page: width × height.", "điểm ảnh / pixels")
    ] = 80_000_000
    max_unpacked: Annotated[
        PositiveInt,
        Means(
            "Phần lớn nhất của một PDF sau khi mở nén, ngoài hình ảnh.",
            "The largest part of a PDF when it is unpacked, pictures aside.",
            "byte",
        ),
    ] = 64 * 1024 * 1024


class Settings(Limits, BaseSettings):
    """What is set in the environment, each field by the variable CONGVAN_ and its name in capitals. An empty one is not set."""

    model_config = SettingsConfigDict(frozen=True, env_prefix=PREFIX, env_ignore_empty=True, extra="ignore")

    archive: Annotated[
        Path | None,
        Means(
            "Thư mục kho lưu trữ, khi lệnh không ghi --archive.",
            "The archive's folder, where a command does not name --archive.",
            without=("thư mục dữ liệu của người dùng", "the user's data folder"),
        ),
    ] = None
    lang: Annotated[
        str,
        Means(
            "Ngôn ngữ màn hình: vi hoặc en (xét hai chữ đầu; chữ khác là vi).",
            "Language of the screens: vi or en (by its first two letters; any other means vi).",
        ),
    ] = "vi"
    log: Annotated[
        Path | None,
        Means("Tệp nhật ký.", "The log file.", without=("thư mục nhật ký của người dùng", "the user's log folder")),
    ] = None
    log_level: Annotated[
        Level,
        Means(
            "Mức ghi nhật ký: DEBUG, INFO, WARNING, ERROR, CRITICAL.",
            "From which level on is logged: DEBUG, INFO, WARNING, ERROR, CRITICAL.",
        ),
    ] = "INFO"
    trust: Annotated[
        Path | None,
        Means(
            "Thư mục chứng thư (PEM hoặc DER) để xét chuỗi chứng thư của chữ ký số.",
            "A folder of certificates (PEM or DER) that the chains of digital signatures are judged by.",
            without=("không xét chuỗi", "chains are not judged"),
        ),
    ] = None
    backups: Annotated[
        Path | None,
        Means(
            "Thư mục mà bàn làm việc đặt bản sao lưu.",
            "The folder where the desk puts backups.",
            without=("cạnh thư mục kho, thêm đuôi -backups", "beside the archive's folder, with -backups added"),
        ),
    ] = None
    password: Annotated[
        SecretStr | None,
        Means(
            "Mật khẩu cho lệnh user, thay vì gõ; không trao cho tiến trình con.",
            "The password for the command user, instead of typing it; no child process is handed it.",
            without=("được hỏi khi cần", "it is asked for"),
        ),
    ] = None
    engine: Annotated[
        Literal["lines", "tesserocr", "pytesseract"],
        Means(
            "Ai đọc trang: lines (bộ đọc dòng, tìm dòng bằng tesserocr), tesserocr, pytesseract; thiếu cái trước thì dùng cái sau.",
            "Who reads pages: lines (our line reader, lines found by tesserocr), tesserocr, pytesseract; the next where one is missing.",
        ),
    ] = "tesserocr"
    tessdata: Annotated[
        Path | None,
        AfterValidator(_absolute),
        Field(validation_alias="TESSDATA_PREFIX"),
        Means(
            "Thư mục dữ liệu của Tesseract (vie.traineddata), đường dẫn tuyệt đối.",
            "Tesseract's data folder (vie.traineddata), absolute.",
            without=("những nơi các bản Linux đặt", "where Linux distributions put it"),
        ),
    ] = None
    workers: Annotated[
        PositiveInt | None,
        Means(
            "Số tiến trình đọc cùng lúc.",
            "How many processes read at once.",
            "tiến trình / processes",
            ("số lõi được dùng", "the cores that may be used"),
        ),
    ] = None
    page_seconds: Annotated[
        PositiveFloat, Means("Thời gian lâu nhất cho một trang.", "The longest that one page may take.", "giây / seconds")
    ] = 180.0
    file_seconds: Annotated[
        PositiveFloat, Means("Thời gian lâu nhất cho một tệp.", "The longest that one file may take.", "giây / seconds")
    ] = 21_600.0
    memory: Annotated[
        NonNegativeInt,
        Means(
            "Bộ nhớ (không gian địa chỉ) của một tiến trình đọc; 0: không hạn chế.",
            "Memory (address space) of one reading process; 0: no limit.",
            "byte",
        ),
    ] = 6 * 1024**3
    debug: Annotated[
        bool, Means("Cho thấy những gì thư viện in ra trong tiến trình đọc.", "Show what libraries print in the reading processes.")
    ] = False


def variable(field: str) -> str:
    """The environment variable of a field; one that is given (a field's alias) stays."""
    info = Settings.model_fields.get(field)
    if info is None:
        return field
    return info.validation_alias if isinstance(info.validation_alias, str) else PREFIX + field.upper()


def means(field: str) -> Means:
    """What a field means."""
    return next(one for one in Settings.model_fields[field].metadata if isinstance(one, Means))


def handed_down() -> dict[str, bool]:
    """The variables that a child process is handed, and whether each names a folder or file; secrets are not among them."""
    fields = Settings.model_fields.items()
    return {variable(name): info.annotation == Path | None for name, info in fields if info.annotation != SecretStr | None}
