"""Parts of the product that are installed on wish (pyproject.toml's extras), and what is said where one is missing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pipeline.exit_codes import ExitCode


class NotInstalled(Exception):
    """An extra is not installed here. extra: its name in pyproject.toml; package: the one that was not found."""

    exit_code = ExitCode.NOT_INSTALLED

    def __init__(self, extra: str, package: str) -> None:
        super().__init__(f"{extra}: {package}")
        self.extra, self.package = extra, package

    def message(self, lang: str = "vi") -> str:
        """What is wrong and what to do, in Vietnamese ("vi") or English ("en")."""
        if lang == "en":
            return f"This kind of file needs the package {self.package}. Install it: pip install 'congvan[{self.extra}]'."
        return f"Dạng tệp này cần gói {self.package}. Hãy cài: pip install 'congvan[{self.extra}]'."


@contextmanager
def needs(extra: str) -> Iterator[None]:
    """Import within it what an extra installs. Raises NotInstalled where it is not there."""
    try:
        yield
    except ImportError as error:
        raise NotInstalled(extra, error.name or "?") from error
