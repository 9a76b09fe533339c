"""How every command behaves: its language, its refusals, `--json`, the desk it works on, progress.

Click writes help and complaints in English only, at the time of import; here both are said in the language of the
call. A `UserError` becomes one line on standard error and status 1, wrong usage one line and status 2.
"""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click
from click.core import ParameterSource

from cpdesk import __version__, i18n, logs, settings
from cpdesk.errors import DeskProblem, NotFound, UserError
from cpdesk.files import disk_problem
from cpdesk.i18n import N_, _
from cpdesk.store import Desk
from cpdesk.tasks import Cancelled, Progress
from cpdesk.tasks.desk import open_desk

F = TypeVar("F", bound=Callable[..., object])
PATH = click.Path(path_type=Path)
DESK = ".cpdesk"
FILES = (DESK, ".cpsync", ".cpcard", ".cpbackup")  # what a person double-clicks


def told(text: str | None) -> str:
    """A marked text in the language of the call."""
    return _(text) if text else ""


@dataclass
class Call:
    """What the options before the command said."""

    desk: Path | None = None


class Refusal(click.ClickException):
    """The task said no: one line, status 1."""

    exit_code = 1

    def show(self, file: Any = None) -> None:
        click.echo(" ".join(self.message.split()), file=file or sys.stderr)


class WrongUsage(Refusal):
    """The call itself makes no sense: one line and where to read more, status 2."""

    exit_code = 2


def usage_sentence(why: click.UsageError) -> str:
    """Click's complaint in the language of the call."""
    if isinstance(why, click.BadParameter) and why.param is not None:
        param = why.param
        name = param.opts[-1] if isinstance(param, click.Option) else (param.metavar or (param.name or "").upper())
        if isinstance(why, click.MissingParameter):
            return _("{name} is missing.").format(name=name)
        if isinstance(param.type, click.Choice):
            return _("{name} is one of: {choices}.").format(name=name, choices=", ".join(param.type.choices))
        return _("{name} does not fit: {detail}").format(name=name, detail=why.message)
    if isinstance(why, click.NoSuchOption):
        return _("There is no option {name}.").format(name=why.option_name)
    if isinstance(why, click.exceptions.NoSuchCommand):
        return _("There is no command “{name}”.").format(name=why.command_name)
    return why.message


def wrong_usage(why: click.UsageError) -> WrongUsage:
    path = why.ctx.command_path if why.ctx else "cpdesk"
    more = _("Read more with: {command}").format(command=f"{path} --help")
    return WrongUsage(f"{usage_sentence(why)} {more}")


def our_fault(why: Exception) -> Refusal:
    """Something that no one foresaw: where the program stood goes to a file, one sentence to the person."""
    log = logs.crashes()
    with contextlib.suppress(OSError):
        log = logs.write_crash(why)
    return Refusal(
        _("cpdesk made a mistake of its own ({kind}); the details lie in “{file}”.").format(
            kind=type(why).__name__, file=log
        )
    )


@contextlib.contextmanager
def in_plain_words() -> Iterator[None]:
    """Whatever goes wrong inside comes out as one sentence."""
    try:
        yield
    except (Refusal, click.exceptions.Exit, click.Abort, BrokenPipeError):
        raise
    except click.UsageError as why:
        raise wrong_usage(why) from why
    except UserError as why:
        raise Refusal(str(why)) from why
    except (KeyboardInterrupt, Cancelled) as why:
        raise Refusal(_("Stopped. What was not finished was not kept.")) from why
    except OSError as why:
        raise Refusal(str(disk_problem(why, Path(str(why.filename or ""))))) from why
    except click.ClickException:
        raise
    except Exception as why:
        raise our_fault(why) from why


class _Translated(click.Command):
    """A command whose help is said in the language of the call."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix=_("Usage: "))

    def format_help_text(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if self.help:
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(told(self.help))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [
            (record[0], told(option.help))
            for option in self.get_params(ctx)
            if isinstance(option, click.Option) and (record := option.get_help_record(ctx))
        ]
        with formatter.section(_("Options")):
            formatter.write_dl(rows)
        if isinstance(self, click.Group):
            self.format_commands(ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = N_("Show this help.")
        return option


class Command(_Translated):
    """`more` adds a section to the help: its title, and rows of two columns."""

    more: Callable[[], tuple[str, Sequence[tuple[str, str]]]] | None = None

    def format_epilog(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        if self.more is not None:
            title, rows = self.more()
            with formatter.section(title):
                formatter.write_dl(rows)


class Program(_Translated, click.Group):
    """`cpdesk` itself. Files of ours in place of a command are what a double click hands over, for the window."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in self.commands and all(Path(one).suffix.lower() in FILES for one in args):
            args = ["open", *args]
        return super().resolve_command(ctx, args)

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        i18n.set_language(settings.load().language)
        with in_plain_words():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        with in_plain_words():
            return super().invoke(ctx)

    def format_commands(self, _ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, told(one.help)) for name, one in self.commands.items()])


def _chosen_language(_ctx: click.Context, _param: click.Parameter, value: str | None) -> None:
    if value:
        i18n.set_language(value)


@click.group(
    cls=Program,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=N_("The desk of a child-protection committee. Without a command it opens the window."),
)
@click.option("--desk", type=PATH, metavar="FILE", help=N_("The desk to work on; else the last one used."))
@click.option(
    "--lang",
    type=click.Choice(i18n.LANGUAGES),
    expose_value=False,
    is_eager=True,
    callback=_chosen_language,
    help=N_("Speak Khmer (km) or English (en)."),
)
@click.option(
    "--self-test",
    "try_in",
    is_flag=False,
    flag_value="",
    metavar="[DIR]",
    help=N_("Let the program try all its parts, on the disk of DIR, and leave nothing there."),
)
@click.version_option(__version__, prog_name="cpdesk", message="%(prog)s %(version)s", help=N_("Show the version."))
@click.pass_context
def program(ctx: click.Context, desk: Path | None, try_in: str | None) -> None:
    ctx.obj = Call(desk)
    if try_in is not None:
        from cpdesk.cli.selftest import try_itself

        ctx.exit(try_itself(Path(try_in) if try_in else None))
    if ctx.invoked_subcommand is None:
        ctx.exit(open_window(desk))


def open_window(desk: Path | None, files: Sequence[Path] = ()) -> int:
    """Start the window, which looks into `files`; a computer without Qt or a screen is told so in one line."""
    try:
        from ui.app import main as window
    except ImportError as why:
        raise UserError(
            _("The window cannot open here ({reason}).").format(reason=why),
            todo=_("Use the commands that “cpdesk --help” lists."),
        ) from why
    if sys.platform == "linux" and not screen_there():
        raise UserError(
            _("There is no screen here to open the window on."),
            todo=_("Use the commands that “cpdesk --help” lists."),
        )
    return int(window(desk, files))


def screen_there() -> bool:
    import os

    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def command(
    name: str, help: str, more: Callable[[], tuple[str, Sequence[tuple[str, str]]]] | None = None
) -> Callable[[F], click.Command]:
    """A command of the program: its function gets what it declares, and `as_json`."""

    def wrap(function: F) -> click.Command:
        asks = click.option("--json", "as_json", is_flag=True, help=N_("Print JSON for programs."))
        made = program.command(name, cls=Command, help=help)(asks(function))
        assert isinstance(made, Command)
        made.more = more
        return made

    return wrap


def the_desk() -> Path:
    """The desk of this call: `--desk`, else the last one used."""
    call = click.get_current_context().find_object(Call) or Call()
    path = call.desk or settings.load().last_desk
    if path is None:
        raise NotFound(
            _("No desk has been used yet."),
            todo=_("Say which with --desk FILE, or make one with “cpdesk init”."),
        )
    if not path.is_file():
        raise DeskProblem(
            _("There is no desk “{file}”.").format(file=path),
            todo=_("Look at the name, or make one with “cpdesk init”."),
        )
    return path


@contextlib.contextmanager
def opened() -> Iterator[Desk]:
    """The desk of this call, open; a locked one asks for the password. It is the last one used from now on."""
    path = the_desk()
    with _opened(path) as desk:
        settings.used(path)
        yield desk


def _opened(path: Path) -> Desk:
    try:
        return open_desk(path)
    except DeskProblem:
        from cpdesk.tasks import keys

        if keys.state(path).kind != "locked":
            raise
    from cpdesk.cli import asking

    given = asking.password()
    return asking.patiently(lambda: open_desk(path, password=given))


@contextlib.contextmanager
def watched(label: str) -> Iterator[Progress]:
    """A progress bar where standard error is a terminal, else silence."""
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    with click.progressbar(length=1, label=label, file=sys.stderr) as bar:

        def progress(done: int, total: int) -> None:
            bar.length = max(total, 1)
            bar.update(done - bar.pos)

        yield progress


def given(name: str) -> bool:
    """Was that option typed in this call?"""
    return click.get_current_context().get_parameter_source(name) is ParameterSource.COMMANDLINE
