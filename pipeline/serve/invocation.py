"""What every command has in common: where the archive is, in which language it speaks, and whether a person or a program listens."""

from __future__ import annotations

import inspect
import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer
from rich.console import Console, RenderableType
from rich.text import Text
from typer.core import TyperCommand, TyperGroup

from pipeline import messages
from pipeline.messages import say
from pipeline.serve import log_file, screen

if TYPE_CHECKING:
    from pipeline.office import Office

log = logging.getLogger("congvan")
Where = Annotated[Path | None, typer.Option("--archive", metavar="DIR", help="option.archive")]
Language = Annotated[str | None, typer.Option("--lang", metavar="vi|en", help="option.lang")]
Json = Annotated[bool, typer.Option("--json", help="option.json")]


def day_option(name: str, help: str) -> Any:
    """An option that takes a day, as 07/03/2021 or 2021-03-07."""
    return typer.Option(name, formats=["%d/%m/%Y", "%Y-%m-%d"], metavar="DD/MM/YYYY", help=help)


@dataclass
class Invocation:
    """One command's run. json: answers are for a program; exit_code: what the process ends with."""

    archive: Path | None = None
    json: bool = False
    exit_code: int = 0
    console: Console = field(default_factory=screen.console)

    @property
    def office(self) -> Office:
        """The archive asked for, opened once. Raises WrongArchive."""
        import pipeline

        if self._office is None:
            self._office = pipeline.open(self.archive)
        return self._office

    def print(self, *what: RenderableType) -> None:
        """Show lines and tables to a person."""
        for one in what:
            self.console.print(Text(one) if isinstance(one, str) else one)

    def answer(self, value: Any, *shown: RenderableType) -> None:
        """Give the value as JSON where a program listens, else show it."""
        if self.json:
            screen.as_json(value)
        else:
            self.print(*shown)

    def close(self) -> None:
        """Let go of the archive."""
        if self._office is not None:
            self._office.close()

    _office: Office | None = None


# in the order of work; a command's module is loaded when the command is called, for it loads what the command needs
COMMANDS = {
    "init": "ingest", "ingest": "ingest", "watch": "upkeep", "retry": "ingest", "status": "ingest", "search": "search", "show": "search",
    "correct": "ingest", "cite": "citation", "trace": "trace", "close": "trace", "effect": "matters.effect", "timeline": "matters.timeline",
    "programme": "matters.programme",
    "graph": "citation",
    "arrive": "register", "register": "register", "export": "register",
    "file": "case_file", "submit": "submit", "history": "upkeep", "audit": "audit", "verify": "upkeep",
    "backup": "upkeep", "restore": "upkeep", "serve": "desk", "user": "desk",
}  # fmt: skip


class Command(TyperCommand):
    """A command whose help is spoken in the language chosen: its texts are keys of screens.tsv."""

    def get_usage(self, ctx: Any) -> str:
        return _spoken(super().get_usage(ctx))

    def get_help_option(self, ctx: Any) -> Any:
        return _help_option(super().get_help_option(ctx))


class SubGroup(TyperGroup):
    """As Command, for a command with commands of its own; they stay in the order in which they were made."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(self.commands)

    def get_usage(self, ctx: Any) -> str:
        return _spoken(super().get_usage(ctx))

    def get_help_option(self, ctx: Any) -> Any:
        return _help_option(super().get_help_option(ctx))


class Group(SubGroup):
    """`congvan` itself. For its help a command is its name and its line; it is loaded when it is called."""

    def list_commands(self, ctx: Any) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        return self.commands.get(cmd_name) or (Command(name=cmd_name, help=say(f"{cmd_name}.help")) if cmd_name in COMMANDS else None)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        name, command, rest = super().resolve_command(ctx, args)
        return name, loaded((name,)).commands[name] if name is not None and command is not None else None, rest


def loaded(names: Iterable[str]) -> Any:
    """The group with these commands whole, their help in the language chosen."""
    for name in names:
        import_module(f"pipeline.serve.{COMMANDS[name]}_{'command' if COMMANDS[name] in ('submit', 'audit') else 'commands'}")
    group = typer.main.get_command(app)
    known = messages.table()
    for one in _all(group):
        one.help = say(one.help) if one.help in known else one.help
        for param in one.params:
            if getattr(param, "help", None) in known:
                param.help = say(param.help)
    return group


def _all(group: Any) -> Iterator[Any]:
    """A command and those under it."""
    yield group
    for one in getattr(group, "commands", {}).values():
        yield from _all(one)


def _spoken(usage: str) -> str:
    return usage.replace("Usage:", say("help.usage"), 1)


def _help_option(option: Any) -> Any:
    if option is not None:
        option.help = say("option.help")
    return option


app = typer.Typer(name="congvan", cls=Group, help="help.app", add_completion=False, no_args_is_help=True, rich_markup_mode="rich")


@app.callback()
def _common(ctx: typer.Context, archive: Where = None, lang: Language = None, as_json: Json = False) -> None:
    """Options may stand before the command too."""
    if lang:
        messages.use(messages.language_asked(["--lang", lang]))
    ctx.obj = (archive, as_json)


def sub(name: str, help: str) -> typer.Typer:
    """A command with commands of its own; help: a key of screens.tsv."""
    return typer.Typer(name=name, cls=SubGroup, help=help, add_completion=False, no_args_is_help=True, rich_markup_mode="rich")


def command(name: str, group: typer.Typer = app, *, help: str = "") -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Make a function the command `name`; its first parameter is the Invocation, and --archive, --lang and --json are added to its own.

    help: a key of screens.tsv, else the command's name with ".help".
    """

    def add(function: Callable[..., None]) -> Callable[..., None]:
        hints = get_type_hints(function, include_extras=True)
        own = [p.replace(annotation=hints[p.name]) for p in list(inspect.signature(function).parameters.values())[1:]]
        common = [
            inspect.Parameter("ctx", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=typer.Context),
            *(p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in own),
            inspect.Parameter("archive", inspect.Parameter.KEYWORD_ONLY, default=None, annotation=Where),
            inspect.Parameter("lang", inspect.Parameter.KEYWORD_ONLY, default=None, annotation=Language),
            inspect.Parameter("as_json", inspect.Parameter.KEYWORD_ONLY, default=False, annotation=Json),
        ]

        def run(ctx: typer.Context, *, archive: Path | None, lang: str | None, as_json: bool, **given: Any) -> None:
            if lang:
                messages.use(messages.language_asked(["--lang", lang]))
            log_file.start()
            log.info("congvan %s", name)
            before: tuple[Path | None, bool] = ctx.obj or (None, False)
            call = Invocation(archive or before[0], as_json or before[1])
            try:
                function(call, **given)
            finally:
                call.close()
            if call.exit_code:
                raise typer.Exit(call.exit_code)

        run.__name__ = function.__name__
        run.__signature__ = inspect.Signature(common)  # type: ignore[attr-defined]
        run.__annotations__ = {p.name: p.annotation for p in common}
        group.command(name, cls=Command, help=help or f"{name}.help")(run)
        return function

    return add
