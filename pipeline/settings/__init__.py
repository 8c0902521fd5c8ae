"""What can be set from without: one object, documented in docs/settings.md. Nothing else of the product asks the environment.

settings() -> Settings. Read anew at each call, never at import.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from pipeline.exit_codes import ExitCode

if TYPE_CHECKING:
    from pipeline.settings.declared import Limits, Settings

__all__ = ["BadSetting", "limits", "settings", "still_engines", "wanted_language"]

# handed to the libraries that read pages, before they are loaded: tesseract's own threads cost five times the CPU they save, and
# onnxruntime reports home (and leaves a session file in the temporary folder) unless told not to
ENGINES = {"OMP_THREAD_LIMIT": "1", "ORT_DISABLE_TELEMETRY": "1"}


class BadSetting(ValueError):
    """An environment variable holds what it may not."""

    exit_code = ExitCode.BAD_SETTING

    def __init__(self, variable: str, given: str, why: str) -> None:
        super().__init__(f"{variable}={given}: {why}")
        self.variable, self.given, self.why = variable, given, why

    def message(self, lang: str = "vi") -> str:
        """What is wrong and what to do, in Vietnamese ("vi") or English ("en")."""
        if lang == "en":
            return f"{self.variable}={self.given} cannot be used ({self.why}). docs/settings.md says what it may hold; or unset it."
        return f"Không dùng được {self.variable}={self.given} ({self.why}). Xem docs/settings.md về giá trị hợp lệ, hoặc bỏ biến này."


def settings() -> Settings:
    """What is set now. Raises BadSetting."""
    from pydantic import ValidationError

    from pipeline.settings.declared import Settings, variable

    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = variable(str(first["loc"][0]))
        raise BadSetting(name, os.environ.get(name, ""), first["msg"]) from error


def limits() -> Limits:
    """What a file may hold, as it is set now. Raises BadSetting."""
    from pipeline.settings.declared import Limits

    now = settings()
    return Limits.model_validate({name: getattr(now, name) for name in Limits.model_fields})


def wanted_language() -> str:
    """CONGVAN_LANG as it is written. It is asked at every start, when the rest (and Pydantic) may not be needed."""
    return os.environ.get("CONGVAN_LANG", "")


def still_engines() -> None:
    """Keep the OCR engine to one thread and onnxruntime from reporting home. To be called before either is loaded in this process."""
    for name, value in ENGINES.items():
        os.environ.setdefault(name, value)
