"""The digital signatures of a PDF: who signed, when, and whether the file is what was signed. Offline; pyHanko does the checking."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

from models.signature import Signature, State
from models.skeleton import nfc
from pipeline.settings import settings
from rules.tables import rows

_MOST, _LARGEST = 24, 64 * 1024 * 1024  # signatures of a file; bytes up to which later changes are gone through
_CHUNK = 1024 * 1024
_MARK = b"/ByteRange"


def signatures_of(file: BinaryIO, size: int) -> tuple[Signature, ...]:
    """Check every signature of an open PDF, in the order of its fields. Raises nothing: one that defies checking is "unread"."""
    if not _signed(file):
        return ()
    # pyHanko runs an event loop: in a thread of its own it does not meet the caller's (a notebook has one)
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(_checked, file, size).result()


def _signed(file: BinaryIO) -> bool:
    """Whether the bytes name a signed range: a signature's dictionary is never compressed."""
    file.seek(0)
    before = b""
    while chunk := file.read(_CHUNK):
        if _MARK in before + chunk:
            return True
        before = chunk[-len(_MARK) :]
    return False


def _checked(file: BinaryIO, size: int) -> tuple[Signature, ...]:
    from pyhanko.pdf_utils.reader import PdfFileReader

    # it quotes what stands in the file
    logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
    logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)
    file.seek(0)
    try:
        found = list(PdfFileReader(file, strict=False).embedded_regular_signatures)
    except Exception:  # whatever a file that was made to harm does to the parser
        return (Signature(state="unread"),)
    return tuple(_one(each, size) for each in found[:_MOST])


def _one(embedded: Any, size: int) -> Signature:
    try:
        subject = embedded.signer_cert.subject.native
        by, organization = (_text(subject.get(name)) for name in ("common_name", "organization_name"))
        at = embedded.self_reported_timestamp
        algorithm = str(embedded.md_algorithm) if hasattr(embedded, "md_algorithm") else None
    except Exception:
        return Signature(state="unread")
    role = "publisher" if any(published(name) for name in (by, organization) if name) else None
    state, trusted, stamped, known = _state(embedded, size)
    return Signature(
        by=by, organization=organization, at=stamped or at, timestamped=stamped is not None, state=state, role=role, trusted=trusted,
        algorithm=known or algorithm,
    )  # fmt: skip


def _state(embedded: Any, size: int) -> tuple[State, bool | None, Any, str | None]:
    """How it stands with a signature, whether its chain is trusted, its timestamp's time, and the digest's name."""
    from pyhanko.sign.validation import SignatureCoverageLevel, validate_pdf_signature
    from pyhanko.sign.validation.utils import CMSAlgorithmUsagePolicy
    from pyhanko_certvalidator import ValidationContext
    from pyhanko_certvalidator.policy_decl import AcceptAllAlgorithms

    roots = _trusted()
    try:
        # an old digest is told, and is no reason to say nothing
        policy = CMSAlgorithmUsagePolicy.lift_policy(AcceptAllAlgorithms())
        context = ValidationContext(trust_roots=roots, allow_fetching=False, algorithm_usage_policy=policy)
        status = validate_pdf_signature(embedded, context, context, skip_diff=size > _LARGEST)
    except Exception:
        return "unread", None, None, None
    stamp = status.timestamp_validity
    when = stamp.timestamp if stamp is not None and stamp.intact and stamp.valid else None
    trusted = bool(status.trusted) if roots else None
    if not (status.intact and status.valid):
        return "broken", trusted, when, status.md_algorithm
    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return "whole", trusted, when, status.md_algorithm
    if status.coverage == SignatureCoverageLevel.ENTIRE_REVISION and status.docmdp_ok and not _suspect(status):
        return "added", trusted, when, status.md_algorithm
    return "changed", trusted, when, status.md_algorithm


def _suspect(status: Any) -> bool:
    from pyhanko.sign.diff_analysis import DiffResult

    return not isinstance(status.diff_result, DiffResult)


def _text(value: Any) -> str | None:
    """A name of a certificate: several values are joined; control characters go."""
    joined = ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")
    return nfc(re.sub(r"\s+", " ", re.sub(r"[\x00-\x1f\x7f]", " ", joined))).strip()[:300] or None


@cache
def _publishers() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(row["pattern"]) for row in rows("publishers"))


def published(name: str) -> bool:
    """Whether a name is that of a gazette or portal: its signature says that it published a letter, not that it issued it."""
    return any(rule.search(nfc(name)) for rule in _publishers())


def _trusted() -> list[Any]:
    folder = settings().trust
    return list(_certificates(folder)) if folder else []


def _certificates(folder: Path) -> Iterator[Any]:
    from pyhanko.keys import load_certs_from_pemder

    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.suffix.lower() in (".pem", ".crt", ".cer", ".der"):
            try:
                yield from load_certs_from_pemder([str(path)])  # type: ignore[no-untyped-call]
            except (ValueError, OSError):
                logging.getLogger(__name__).warning("%s is no certificate", path.name)
