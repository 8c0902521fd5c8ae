"""Optional content of a PDF (ISO 32000-1, 8.11): what a layer that is off holds is taken out before anything is read, for nobody sees it.

PDFium draws no such layer, but gives its text like any other.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

from models.intake import Intake
from pipeline.recognize.pdf.user_units import in_points

log = logging.getLogger(__name__)

_TEXT = frozenset({"Tj", "TJ"})
_PATHS = frozenset({"S", "s", "f", "F", "f*", "B", "B*", "b", "b*"})
_DROPPED = frozenset({"Do", "sh", "INLINE IMAGE"})
_DEEPEST = 12  # forms within forms


def shown(intake: Intake) -> Path | bytes:
    """Return what is to be opened for a PDF: the file itself, or a copy in memory without what its layers that are off hold, its pages
    in points."""
    import pikepdf

    try:
        with pikepdf.open(intake.path) as document:
            seen = _visibility(document)
            redrawn = in_points(document)
            if seen is None and not redrawn:
                return intake.path
            if seen is not None:
                _clean(document, seen)
            out = BytesIO()
            document.save(out)
            return out.getvalue()
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, TypeError, KeyError, AttributeError, RecursionError, OSError) as error:
        # PDFium may read what qpdf does not; it then says itself what is wrong with the file
        log.info("%s…: its layers cannot be told: %s", intake.sha256[:12], type(error).__name__)
        return intake.path


def _visibility(document: Any) -> Callable[[Any], bool] | None:
    """Return what tells whether a group (or a membership of groups) is shown on a screen; None where the file has none that is off."""
    optional = document.Root.get("/OCProperties")
    groups = list(optional.get("/OCGs", ())) if optional is not None else []
    config = optional.get("/D", {}) if optional is not None else {}
    off = {group.objgen for group in groups} if str(config.get("/BaseState", "/ON")) == "/OFF" else set()
    off -= {group.objgen for group in config.get("/ON", ())}
    off |= {group.objgen for group in config.get("/OFF", ())}
    for use in config.get("/AS", ()):
        if str(use.get("/Event", "")) == "/View":
            off -= {group.objgen for group in use.get("/OCGs", ()) if _view_state(group) == "/ON"}
    off |= {group.objgen for group in groups if _view_state(group) == "/OFF"}
    return (lambda of: _is_shown(of, off)) if off else None


def _view_state(group: Any) -> str:
    """What a group says itself of its use on a screen: "/ON", "/OFF", or "" for nothing."""
    return str(group.get("/Usage", {}).get("/View", {}).get("/ViewState", ""))


def _is_shown(of: Any, off: set[tuple[int, int]]) -> bool:
    if str(of.get("/Type", "")) != "/OCMD":
        return of.objgen not in off
    if (rule := of.get("/VE")) is not None:
        return _holds(rule, off, 0)
    members = of.get("/OCGs")
    listed = [] if members is None else list(members) if _is_array(members) else [members]
    states = [group.objgen not in off for group in listed if group is not None and hasattr(group, "objgen")]
    if not states:
        return True
    policy = str(of.get("/P", "/AnyOn"))
    return {"/AllOn": all(states), "/AnyOff": not all(states), "/AllOff": not any(states)}.get(policy, any(states))


def _holds(rule: Any, off: set[tuple[int, int]], depth: int) -> bool:
    """A visibility expression: a group, or an array of /And, /Or, /Not and what they join."""
    if not _is_array(rule) or depth > _DEEPEST:
        return rule.objgen not in off
    parts = [_holds(part, off, depth + 1) for part in list(rule)[1:]]
    return {"/Not": not any(parts), "/Or": any(parts)}.get(str(rule[0]), all(parts))


def _is_array(thing: Any) -> bool:
    import pikepdf

    return isinstance(thing, pikepdf.Array)


def _clean(document: Any, seen: Callable[[Any], bool]) -> None:
    """Take out of each page, its forms and its annotations what is not shown."""
    import pikepdf

    done: set[tuple[int, int]] = set()
    for page in document.pages:
        found = _without_hidden(page.obj, page.resources, seen, done, 0)
        if found is not None:
            page.obj.Contents = document.make_stream(found)
        notes = page.obj.get("/Annots")
        if notes is None:
            continue
        kept = [note for note in notes if "/OC" not in note or seen(note.OC)]
        if len(kept) < len(notes):
            page.obj.Annots = pikepdf.Array(kept)
        for note in kept:
            drawn = note.get("/AP", {}).get("/N")
            for form in drawn.values() if isinstance(drawn, pikepdf.Dictionary) else [drawn]:
                _clean_form(form, page.resources, seen, done, 0)
    # what is left is shown, by whatever rule another reader goes
    del document.Root.OCProperties


def _clean_form(form: Any, resources: Any, seen: Callable[[Any], bool], done: set[tuple[int, int]], depth: int) -> None:
    import pikepdf

    if not isinstance(form, pikepdf.Stream) or form.objgen in done or depth > _DEEPEST:
        return
    done.add(form.objgen)
    found = _without_hidden(form, form.get("/Resources", resources), seen, done, depth)
    if found is not None:
        form.write(found)


def _without_hidden(holder: Any, resources: Any, seen: Callable[[Any], bool], done: set[tuple[int, int]], depth: int) -> bytes | None:
    """Return the content of a page or a form without what is not shown, None where all is; forms that it draws are cleaned too."""
    import pikepdf

    things = resources.get("/XObject", {})
    hidden = {name for name, thing in things.items() if "/OC" in thing and not seen(thing.OC)}
    for name, thing in things.items():
        if name not in hidden and str(thing.get("/Subtype", "")) == "/Form":
            _clean_form(thing, resources, seen, done, depth + 1)
    properties = {name: seen(group) for name, group in resources.get("/Properties", {}).items() if "OC" in str(group.get("/Type", ""))}
    if not hidden and all(properties.values()):
        return None
    out: list[Any] = []
    nesting: list[bool] = []  # of each marked part that is open: whether it hides
    for step in pikepdf.parse_content_stream(holder):
        operands, operator = step.operands, str(step.operator)
        if operator in ("BDC", "BMC"):
            named = operator == "BDC" and len(operands) == 2 and str(operands[0]) == "/OC" and isinstance(operands[1], pikepdf.Name)
            nesting.append(named and not properties.get(str(operands[1]), True))
        elif operator == "EMC" and nesting:
            nesting.pop()
        elif any(nesting):
            out += _unpainted(operator, operands)
            continue
        elif operator == "Do" and str(operands[0]) in hidden:
            continue
        out.append(step)
    return bytes(pikepdf.unparse_content_stream(out))


def _unpainted(operator: str, operands: Any) -> list[Any]:
    """What of a step is left where it must not be seen: it goes on setting states and places, and paints nothing."""
    import pikepdf

    def step(name: str, values: Any = ()) -> Any:
        return pikepdf.ContentStreamInstruction(list(values), pikepdf.Operator(name))

    if operator in _TEXT or operator in _DROPPED:
        return []
    if operator in _PATHS:
        return [step("n")]
    if operator == "'":
        return [step("T*")]
    if operator == '"':
        return [step("Tw", operands[:1]), step("Tc", operands[1:2]), step("T*")]
    return [step(operator, operands)]
