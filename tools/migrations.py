"""Each app has one line of migrations, whose end is named in `max_migration.txt`.

Two branches that both add a migration then meet in that file, as a conflict that git shows. `--write` names the ends.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
NAME = "max_migration.txt"


def folders(root: Path = ROOT) -> list[Path]:
    """The migration folders of our apps."""
    return [path.parent for path in sorted((root / "src").glob("unionhall/*/migrations/__init__.py"))]


def parents(path: Path, app: str) -> list[str]:
    """The migrations of the same app that one depends on, read without running it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Assign) and any(
            isinstance(t, ast.Name) and t.id == "dependencies" for t in node.targets
        ):
            pairs = [item for item in ast.walk(node.value) if isinstance(item, ast.Tuple) and len(item.elts) == 2]
            values = [[part.value for part in pair.elts if isinstance(part, ast.Constant)] for pair in pairs]
            return [str(value[1]) for value in values if len(value) == 2 and value[0] == app]
    return []


def ends(folder: Path) -> list[str]:
    """The migrations that no other of the same app depends on: one where the line is straight, none without any."""
    app = "unionhall_site" if folder.parent.name == "site" else folder.parent.name
    files = sorted(path for path in folder.glob("*.py") if path.name != "__init__.py")
    inner = {parent for path in files for parent in parents(path, app)}
    return [path.stem for path in files if path.stem not in inner]


def problems(root: Path = ROOT) -> list[str]:
    """What is wrong, one sentence each."""
    found = []
    for folder in folders(root):
        last, named = ends(folder), folder / NAME
        if len(last) > 1:
            found.append(f"{folder.relative_to(root)}: the line of migrations forks: {', '.join(last)}")
        elif last and (not named.exists() or named.read_text("utf-8").strip() != last[0]):
            found.append(f"{named.relative_to(root)} does not name {last[0]}: run make migrations")
    return found


def write(root: Path = ROOT) -> None:
    """Name the end of each line that does not fork."""
    for folder in folders(root):
        last = ends(folder)
        if len(last) == 1:
            (folder / NAME).write_text(f"{last[0]}\n", "utf-8")


if __name__ == "__main__":
    if "--write" in sys.argv[1:]:
        write()
    said = problems()
    sys.stdout.writelines(f"{line}\n" for line in said)
    sys.exit(bool(said))
