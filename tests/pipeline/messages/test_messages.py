"""Every message that the code says exists in both languages, with the same places to fill."""

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from models.ledger import IngestReport, State
from models.letter import HEADER_FIELDS, Arrival, Signer
from models.rereading import ChangeKind
from pipeline import messages

SERVE = Path(__file__).parents[3] / "pipeline" / "serve"
KEY = re.compile(r'(?:say\(\s*|help=|option\("--[a-z-]+", )"([a-z]+\.[a-z_.-]+|written)"')
COMMAND = re.compile(r'@command\("([a-z]+)"\)')
LISTED = re.compile(r'say\(f"col\.\{\w+\}"\) for \w+ in \(([^)]*)\)')


def used() -> set[str]:
    """The keys that stand in the code, and those that it builds."""
    code = "\n".join(path.read_text(encoding="utf-8") for path in SERVE.rglob("*.py"))
    keys = set(KEY.findall(code))
    keys |= {f"{name}.help" for name in COMMAND.findall(code)}
    keys |= {f"col.{name}" for names in LISTED.findall(code) for name in re.findall(r'"(\w+)"', names)}
    keys |= {f"state.{state}" for state in State} | {f"field.{name}" for name in HEADER_FIELDS}
    keys |= {"field.pages", "field.references"} | {f"reread.kind.{kind}" for kind in ChangeKind}
    keys |= {f"part.{name}" for model in (Signer, Arrival) for name in model.model_fields}
    keys |= {f"ingest.count.{name}" for name in set(IngestReport.model_fields) - {"seconds"}}
    keys |= {f"kind.{kind}" for kind in ("scan", "digital", "mixed")}
    keys |= {f"book.{book}" for book in ("incoming", "outgoing", "follow-up", "secret")}
    keys |= {f"col.{name}" for name in ("instruction", "province", "standing", "letters", "departments", "due", "flags")}
    keys |= {f"trace.report_{by}" for by in ("instruction", "province")}
    keys |= {f"role.{name}" for name in ("reader", "clerk", "archivist", "admin")}
    keys |= set(re.findall(r'"(help\.[a-z]+)"', code))
    keys |= {f"known.{field}" for field in ("issuer", "issuer_parent", "number", "signer")}
    return keys


@pytest.mark.parametrize("key", sorted(used()))
def test_a_key_that_is_used_is_there(key: str) -> None:
    assert key in messages.table()


def test_no_message_is_left_over() -> None:
    assert set(messages.table()) - used() == set()


def test_what_screens_and_desk_say_alike_stands_once() -> None:
    tables = {}
    for path in (SERVE.parent / "messages").glob("*.tsv"):
        _, *rows = (line.split("\t", 1) for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#"))
        tables[path.stem] = dict(rows)
        assert len(tables[path.stem]) == len(rows), f"a key stands twice in {path.name}"
    assert set(tables["shared"]) & (set(tables["screens"]) | set(tables["desk"])) == set()
    assert {key for key, said in tables["screens"].items() if tables["desk"].get(key) == said} == set()


@pytest.mark.parametrize(("of", "key"), [(of, key) for of in ("screens", "desk") for key in sorted(messages.catalogue(of))])
def test_both_languages_say_it_with_the_same_places(of: str, key: str) -> None:
    both = messages.catalogue(of)[key]
    assert set(both) == {"vi", "en"} and all(both.values())
    places = {language: {name for _, name, _, _ in string.Formatter().parse(text) if name} for language, text in both.items()}
    assert places["vi"] == places["en"]


@pytest.mark.parametrize(
    ("arguments", "set_to", "meant"),
    [
        ([], "", "vi"),
        ([], "en", "en"),
        ([], "en_GB.UTF-8", "en"),
        (["--lang", "en"], "vi", "en"),
        (["--lang=vi"], "en", "vi"),
        ([], "fr", "vi"),
    ],
)
def test_the_language_that_is_asked_for(arguments: list[str], set_to: str, meant: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CONGVAN_LANG", set_to)
    assert messages.language_asked(arguments) == meant
