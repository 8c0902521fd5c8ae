"""The command `congvan`: puts the commands together, and lets no traceback reach a person."""

from __future__ import annotations

import logging
import os
import re
import sys
from collections.abc import Sequence
from typing import Any

import typer
from rich.text import Text

from pipeline import messages
from pipeline.exit_codes import ExitCode
from pipeline.messages import say
from pipeline.serve import log_file, screen
from pipeline.serve.invocation import COMMANDS, loaded

log = logging.getLogger("congvan")


def tree() -> Any:
    """All commands, whole, with their help in the language chosen."""
    return loaded(COMMANDS)


def run(arguments: Sequence[str]) -> int:
    """Carry out a command line. Return the process's exit code; every failure is told in one line with what to do."""
    messages.use(messages.language_asked(arguments))
    if not logging.root.handlers:
        logging.root.addHandler(logging.NullHandler())  # else Python shows a person what goes wrong before there is a log
    try:
        _name_panels()
        done = loaded(()).main(args=list(arguments), prog_name="congvan", standalone_mode=False)
        if done == ExitCode.STOPPED:  # what typer makes of Ctrl-C
            _tell(say("fault.stopped"))
        return done if isinstance(done, int) else ExitCode.DONE
    except typer.Exit as leave:
        return leave.exit_code
    except (KeyboardInterrupt, typer.Abort):
        _tell(say("fault.stopped"))
        return ExitCode.STOPPED
    except BrokenPipeError:  # the reader of a pipe has gone: nobody is left to tell
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.DONE
    except Exception as error:
        return _fail(error)
    finally:
        messages.forget()


def _name_panels() -> None:
    """Give the parts of a help page their names in the language chosen."""
    import typer.rich_utils as look

    panels = {"ARGUMENTS_PANEL_TITLE": "help.arguments", "OPTIONS_PANEL_TITLE": "help.options", "COMMANDS_PANEL_TITLE": "help.commands"}
    panels |= {"DEFAULT_STRING": "help.default", "REQUIRED_LONG_STRING": "help.required"}
    for name, key in panels.items():
        setattr(look, name, say(key))


def _fail(error: Exception) -> int:
    code = int(getattr(error, "exit_code", ExitCode.UNEXPECTED))
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
    if isinstance(error, LookupError) and code != ExitCode.UNEXPECTED:
        _tell(say("fault.not_held", what=error))
        return code
    log.exception("unexpected")
    if isinstance(error, OSError) and error.filename:
        _tell(say("fault.file", path=error.filename, why=error.strerror))
    elif isinstance(error, ValueError) and code != ExitCode.UNEXPECTED:
        _tell(say("fault.value", what=error))
    else:
        # where, and not what it says: that may be a letter's text
        _tell(say("fault.unexpected", kind=type(error).__name__, place=log_file.place(error), log=log_file.where() or say("fault.no_log")))
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
