"""The command `congvan`: puts the commands together, and lets no traceback reach a person."""

from __future__ import annotations

import logging
import os
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import typer
from rich.text import Text

from pipeline import messages
from pipeline.messages import say
from pipeline.serve import (
    case_file_commands,
    desk_commands,
    graph_command,
    ingest_commands,
    log_file,
    register_commands,
    screen,
    search_commands,
    submit_command,
    trace_commands,
    upkeep_commands,
)
from pipeline.serve.invocation import app

_COMMANDS = (
    ingest_commands,
    search_commands,
    trace_commands,
    graph_command,
    register_commands,
    case_file_commands,
    upkeep_commands,
    desk_commands,
    submit_command,
)  # each adds its own to `app`
UNEXPECTED, STOPPED = 1, 130
log = logging.getLogger("congvan")


def tree() -> Any:
    """The commands with their help in the language chosen."""
    import typer.rich_utils as look

    panels = {"ARGUMENTS_PANEL_TITLE": "help.arguments", "OPTIONS_PANEL_TITLE": "help.options", "COMMANDS_PANEL_TITLE": "help.commands"}
    panels |= {"DEFAULT_STRING": "help.default", "REQUIRED_LONG_STRING": "help.required"}
    for name, key in panels.items():
        setattr(look, name, say(key))
    group: Any = typer.main.get_command(app)
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


def run(arguments: Sequence[str]) -> int:
    """Carry out a command line. Return the process's exit code; every failure is told in one line with what to do."""
    messages.use(messages.language_asked(arguments))
    path = None
    try:
        path = log_file.start()
        log.info("congvan %s", " ".join(arguments[:1]))
        done = tree().main(args=list(arguments), prog_name="congvan", standalone_mode=False)
        if done == STOPPED:  # what typer makes of Ctrl-C
            _tell(say("fault.stopped"))
        return done if isinstance(done, int) else 0
    except typer.Exit as leave:
        return leave.exit_code
    except (KeyboardInterrupt, typer.Abort):
        _tell(say("fault.stopped"))
        return STOPPED
    except BrokenPipeError:  # the reader of a pipe has gone: nobody is left to tell
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        return _fail(error, path)


def _fail(error: Exception, path: Path | None) -> int:
    code = int(getattr(error, "exit_code", UNEXPECTED))
    message = getattr(error, "message", None)
    typed_wrong = getattr(error, "format_message", None)
    if callable(typed_wrong):  # the command line itself was wrong
        context = getattr(error, "ctx", None)
        _tell(say("fault.usage", what=_usage(error), command=context.command_path if context else "congvan"))
        return code
    if callable(message):
        log.warning("%s: %s", type(error).__name__, error)
        _tell(message(messages.language()))
        return code
    if isinstance(error, LookupError) and code != UNEXPECTED:
        _tell(say("fault.not_held", what=error))
        return code
    log.exception("unexpected")
    if isinstance(error, OSError) and error.filename:
        _tell(say("fault.file", path=error.filename, why=error.strerror))
    elif isinstance(error, ValueError) and code != UNEXPECTED:
        _tell(say("fault.value", what=error))
    else:
        _tell(say("fault.unexpected", kind=type(error).__name__, what=error, log=path or say("fault.no_log")))
    return code


def _usage(error: Any) -> str:
    """What is wrong with a command line, for a person."""
    kind, param = type(error).__name__, getattr(error, "param", None)
    if kind == "MissingParameter":
        return say("usage.missing", name=param.metavar or param.name if param is not None else "")
    if kind == "NoSuchOption":
        return say("usage.no_option", name=error.option_name)
    text = str(error.format_message())
    command = re.match(r"No such command '([^']*)'", text)
    return say("usage.no_command", name=command[1]) if command else text.rstrip(".")


def _tell(line: str) -> None:
    screen.console(errors=True).print(Text(line))


def main() -> None:
    """The entry point of `congvan`."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if callable(reconfigure):
            reconfigure(encoding="utf-8")
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
