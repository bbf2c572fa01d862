"""Writes `docs/reference/` from the code, so that it cannot tell anything else than what is.

`--write` writes the pages, `--check` names those that are stale. A page that the code has nothing for is not written.
"""

from __future__ import annotations

import dataclasses
import importlib
import inspect
import os
import pkgutil
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs/reference"
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tools")]
NOT_READ = (".migrations", ".wsgi", ".settings.test", ".management", ".against_")


def start_django() -> None:
    """Wake the product as the tests know it: demo mode, English, nothing really sent."""
    for name in ("DATABASE_URL", "CACHE_URL", "BASE_URL"):
        os.environ.pop(name, None)
    os.environ["DJANGO_SETTINGS_MODULE"] = "unionhall.config.settings.test"
    import django
    from django.utils import translation

    django.setup()
    translation.activate("en")


def modules() -> Iterator[ModuleType]:
    """Every module of the product, imported, in the order of their names."""
    import unionhall

    names = [found.name for found in pkgutil.walk_packages(unionhall.__path__, "unionhall.")]
    for name in sorted(names):
        if not any(part in name for part in NOT_READ):
            yield importlib.import_module(name)


def opening(title: str, text: str) -> str:
    """The head of a page: its title, who writes it, what it holds, filled to lines of a readable length."""
    words = " ".join(text.split())
    return f"# {title}\n\nWritten by `make docs`, compared by `make check`.\n\n{textwrap.fill(words, 110)}\n\n"


def first_line(thing: object) -> str:
    """What a class or function says of itself, first sentence or line."""
    return (inspect.getdoc(thing) or "").split("\n")[0]


def table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    """A Markdown table; bars inside a cell are escaped."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def settings_page() -> str:
    """Every environment variable, from the one table that reads them."""
    from unionhall.config.settings.environment import TABLE

    rows = []
    for variable in TABLE:
        example = f"`{variable.example}`" if variable.example else ""
        default = f"`{variable.default}`" if variable.default else "empty"
        rows.append((f"`{variable.name}`", variable.help, default, example, "yes" if variable.secret else ""))
    text = """Unionhall is set up by environment variables and nothing else. An unset or empty one takes its default. A
        value that cannot be meant stops the start with a sentence that names the variable; the value of a secret is
        never shown."""
    head = ("variable", "what it is for", "default", "example", "secret")
    return opening("Settings", text) + table(head, rows)


def events_page() -> str:
    """Every event that a slice publishes, with its fields and who listens."""
    from unionhall.foundation.events import listeners

    text = """An event is told once the transaction is safe, to plain functions that joined with
        `foundation.events.subscribe`. `campaigns/events.py` is the page of what can happen in a campaign."""
    parts = [opening("Events", text).rstrip("\n") + "\n"]
    for module in modules():
        if ".events" not in module.__name__ or module.__name__ == "unionhall.foundation.events":
            continue
        for _name, event in sorted(inspect.getmembers(module, dataclasses.is_dataclass)):
            if getattr(event, "__module__", "") == module.__name__ and not event.__name__.startswith("_"):
                parts.append(event_entry(module.__name__, event, listeners(event)))
    return "\n".join(parts)


def is_ours(thing: Any) -> bool:
    """Whether it stands in the product; tests join events and run work of their own."""
    return str(thing.__module__).startswith("unionhall.")


def event_entry(module: str, event: Any, heard_by: tuple[Callable[..., Any], ...]) -> str:
    """One event: what it means, where it stands, its fields, its listeners."""
    fields = table(("field", "type"), [(f"`{field.name}`", f"`{field.type}`") for field in dataclasses.fields(event)])
    names = ", ".join(f"`{listener.__module__}.{listener.__qualname__}`" for listener in heard_by if is_ours(listener))
    return (
        f"## {event.__name__}\n\n{inspect.getdoc(event)}\n\n`{module}`; heard by {names or 'nobody yet'}.\n\n{fields}"
    )


def hooks_page() -> str:
    """Every typed registry that a higher slice may add to, with what is in it."""
    from unionhall.foundation.hooks import all_hooks

    rows = []
    for hook in all_hooks():
        rows.append((f"`{hook.name}`", hook.says, ", ".join(f"`{key}`" for key in dict.fromkeys(hook.keys()))))
    text = """Where a slice adds to what a lower one shows: `foundation.hooks.<name>.register(key, item)`, called from
        its `apps.py`. A key taken twice stops the start."""
    return opening("Hooks", text) + table(("hook", "what it collects", "registered"), rows)


def jobs_page() -> str:
    """Every kind of long work and the function that does it."""
    from unionhall.foundation.jobs import kinds

    rows = [
        (f"`{kind}`", first_line(run), f"`{run.__module__}.{run.__qualname__}`")
        for kind, run in kinds().items()
        if is_ours(run)
    ]
    text = """Kinds of work that the worker does, with progress, a stop button and resuming: `foundation.jobs`."""
    return opening("Long work", text) + table(("kind", "what it does", "function"), rows)


def errors_page() -> str:
    """Every error that a person may meet, as the tree draws it."""
    from unionhall.foundation.errors import UnionhallError

    list(modules())
    rows: list[tuple[str, ...]] = []

    def visit(kind: type[UnionhallError], depth: int) -> None:
        name = "&nbsp;&nbsp;" * depth + kind.__name__
        rows.append((name, f"`{kind.code}`", str(kind.status), str(kind.message), f"`{kind.__module__}`"))
        for child in sorted(kind.__subclasses__(), key=lambda item: (item.__name__, item.__module__)):
            if child.__module__.startswith("unionhall."):
                visit(child, depth + 1)

    visit(UnionhallError, 0)
    text = """What a person may be told, in both languages. The code is stable; software may hold on to it. Indented
        under each error are its more exact kinds."""
    return opening("Errors", text) + table(("error", "code", "HTTP", "what it says", "where"), rows)


def commands_page() -> str:
    """Every command of `unionhall`, with its arguments and options."""
    import typer

    from unionhall.cli.main import app

    text = """Exit 0: done; 1: refused, the reason on standard error; 2: wrong usage. `unionhall COMMAND --help` says
        the same on the spot."""
    parts = [opening("Commands", text).rstrip("\n") + "\n"]
    root = typer.main.get_command(app)
    context = root.make_context("unionhall", [], resilient_parsing=True)
    parts += command_entries(root, context)
    return "\n".join(parts)


def command_entries(command: Any, context: Any) -> list[str]:
    """One command and, below it, its own commands; hidden ones are not told."""
    found = []
    if context.parent is not None:
        rows = [parameter_row(item, context) for item in command.params if not getattr(item, "hidden", False)]
        usage = " ".join(command.collect_usage_pieces(context))
        said = inspect.cleandoc(command.help or "")
        found.append(f"## {context.command_path}\n\n{said}\n\n    {context.command_path} {usage}\n")
        if rows:
            found.append(table(("argument or option", "what it says", "default"), rows))
    for name in sorted(getattr(command, "commands", {})):
        child = command.commands[name]
        if not child.hidden:
            found += command_entries(child, child.context_class(child, info_name=name, parent=context))
    return found


def parameter_row(item: Any, context: Any) -> tuple[str, ...]:
    """One argument or option."""
    names = ", ".join(f"`{name}`" for name in (*item.opts, *item.secondary_opts))
    if item.param_type_name == "argument":
        names = f"`{(item.metavar or item.name).upper()}`"
    default = item.get_default(context, call=False)
    shown = (
        "" if default in (None, False, (), [], "") or callable(default) else f"`{getattr(default, 'value', default)}`"
    )
    return (names, getattr(item, "help", "") or "", shown)


def access_page() -> str:
    """Who may see and do what, from the table that the product itself asks."""
    from unionhall.accounts.enums import Matter, permission_table

    rows = [(row.label, *(str(row.permissions[matter]) for matter in Matter)) for row in permission_table()]
    text = """– none; o own record; t own turf; s own worksite; a own areas; ✓ all. A role is given for an area, a
        worksite or a list of persons; every slice decides its own doors in its `access.py`, and a test walks every
        address with every role."""
    main = table(("role", *(matter.value for matter in Matter)), rows)
    return opening("Who may see and do what", text) + main + "\n" + walks_part()


def walks_part() -> str:
    """How the doors are walked, in numbers, from the data of the test that walks them."""
    sys.path.insert(0, str(ROOT))
    from tests.architecture import doors

    lines, found = doors.doors(), doors.counts()
    addresses = len({door.address for door in lines})
    opened, shut = sum(one.openings for one in found), sum(one.refusals for one in found)
    words = f"""The matrix of the doors has {len(lines)} lines: {addresses} addresses by the methods they answer, what
        each of eleven roles gets there, and whether the thing is the owner’s, a colleague’s of the same place, or lies
        in another turf, worksite or area. Everybody knocks at every line; those beside the owner where an address names
        a thing. {opened + shut} knocks, {shut} refused, {opened} opened. Refused is 403, 404, or the way to sign in;
        opened is all else, a form to be filled in too."""
    rows = [(one.walker, str(one.roles or "–"), str(one.knocks), str(one.refusals), str(one.openings)) for one in found]
    head = ("walker", "roles", "knocks", "refused", "opened")
    return f"## The walk\n\n{textwrap.fill(' '.join(words.split()), 110)}\n\n" + table(head, rows)


def shape_page() -> str:
    """The table of lengths, types, docstrings and cycles."""
    import shape

    return shape.page(ROOT)


PAGES: dict[str, Callable[[], str]] = {
    "settings.md": settings_page,
    "commands.md": commands_page,
    "events.md": events_page,
    "hooks.md": hooks_page,
    "access.md": access_page,
    "jobs.md": jobs_page,
    "errors.md": errors_page,
    "shape.md": shape_page,
}


def pages() -> dict[str, str]:
    """Name → text of every page, as it should be now."""
    start_django()
    return {name: make() for name, make in PAGES.items()}


def main(arguments: list[str]) -> int:
    """Write, or name what is stale; 1 where something is."""
    stale = 0
    for name, text in pages().items():
        path = FOLDER / name
        if path.exists() and path.read_text("utf-8") == text:
            continue
        if "--write" in arguments:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
            sys.stdout.write(f"docs/reference/{name} written\n")
        else:
            stale += 1
            sys.stdout.write(f"docs/reference/{name} does not tell what is: run make docs\n")
    return bool(stale)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
