"""What `make slice name=grievances storey=contract` runs: the next slice, as a folder that passes every check.

Copies `tools/skeleton/`, writing the slice's name for NAME (in files and in their names), and adds the three lines that
a slice costs outside its own folders: in `config/slices.py`, and in `.importlinter` its storey and its floors.
"""

from __future__ import annotations

import argparse
import keyword
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SKELETON = Path(__file__).resolve().parent / "skeleton"
FORBIDDEN = {"utils", "helpers", "common", "core", "misc", "rulebook", "config", "cli", "tests"}


class CannotAdd(Exception):
    """Why there can be no slice of that name there."""


def check_name(name: str, root: Path) -> None:
    """Raise CannotAdd unless the name is a fresh plain English noun."""
    if not re.fullmatch(r"[a-z][a-z_]*", name) or keyword.iskeyword(name):
        raise CannotAdd("Name the slice with one lower-case word: make slice name=grievances")
    if name in FORBIDDEN:
        raise CannotAdd(f"“{name}” says nothing: name the slice after what the campaign does.")
    if (root / "src/unionhall" / name).exists():
        raise CannotAdd(f"There is a slice named {name} already: docs/slices/{name}.md")


def with_storey(contracts: str, name: str, storey: str) -> str:
    """The contracts with the slice on a storey: its own place where one is kept for it, beside `storey`, or on top.

    storey: the name of a slice that it shall stand beside. Raises CannotAdd where no such storey exists.
    """
    reserved = re.compile(rf"\({name}\)")
    section, rest = contracts.split("[importlinter:contract:floors]")
    if not storey and reserved.search(section):
        return reserved.sub(name, section, count=1) + "[importlinter:contract:floors]" + rest
    section = re.sub(rf" \| \({name}\)|\({name}\) \| |^ *\({name}\)\n", "", section, flags=re.MULTILINE)
    lines = section.split("\n")
    start = lines.index("layers =") + 1
    beside = [i for i, line in enumerate(lines) if i >= start and storey in re.findall(r"\w+", line)]
    if storey and not beside:
        raise CannotAdd(f"There is no storey with {storey}. The storeys stand in .importlinter.")
    if storey:
        lines[beside[0]] = re.sub(rf"\(?\b{storey}\b\)?", rf"\g<0> | {name}", lines[beside[0]], count=1)
    else:
        lines.insert(next(i for i, line in enumerate(lines) if line.strip() == "demo") + 1, f"    {name}")
    return "\n".join(lines) + "[importlinter:contract:floors]" + rest


def with_floors(contracts: str, name: str) -> str:
    """The contracts with the slice among those whose floors are held."""
    head, rest = contracts.split("[importlinter:contract:floors]")
    rest = rest.replace("    unionhall.demo\n", f"    unionhall.{name}\n    unionhall.demo\n", 1)
    return f"{head}[importlinter:contract:floors]{rest}"


def with_slice(source: str, name: str, contracts: str) -> str:
    """config/slices.py with the slice in the place that its storey has among the others."""
    order = list(reversed(storeys(contracts)))
    listed = re.findall(r'Slice\("(\w+)"', source)
    above = next(other for other in listed if other in order and order.index(other) > order.index(name))
    return source.replace(f'    Slice("{above}"', f'    Slice("{name}"),\n    Slice("{above}"', 1)


def storeys(contracts: str) -> list[str]:
    """The names on the storeys that are built, from the top down."""
    section = contracts.split("[importlinter:contract:storeys]")[1].split("\n\n")[0]
    body = re.sub(r"\(\w+\)", "", section.split("layers =")[1])
    return re.findall(r"\w+", body)


def copy_skeleton(name: str, root: Path) -> list[Path]:
    """Write every file of the skeleton in its place; give them."""
    written = []
    for path in sorted(SKELETON.rglob("*")):
        if path.is_file():
            relative = str(path.relative_to(SKELETON)).replace("NAME", name)
            relative = relative.replace(".py.txt", ".py")
            target = root / relative
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(fill(path.read_text("utf-8"), name), "utf-8")
            written.append(target)
    return written


def fill(text: str, name: str) -> str:
    """The text with the name in its forms: grievances, Grievance, grievance, as a class, as words."""
    singular = re.sub(r"ies$", "y", name) if name.endswith("ies") else name.removesuffix("s")
    words = name.replace("_", " ")
    forms = {
        "NAME_WORDS": words,
        "SINGULAR_WORDS": singular.replace("_", " "),
        "CamelWords": words.capitalize(),
        "CamelName": camel(name),
        "Singular": camel(singular),
        "SINGULAR": singular,
        "singular_id": f"{singular}_id",
        "NAME": name,
    }
    return re.sub("|".join(forms), lambda found: forms[found[0]], text)


def camel(name: str) -> str:
    """A class name: chapter_meeting as ChapterMeeting."""
    return "".join(word.capitalize() for word in name.split("_"))


def add(name: str, *, storey: str, root: Path = ROOT) -> list[Path]:
    """Make the slice; give the files that are new. Raises CannotAdd before anything is written."""
    check_name(name, root)
    plan, list_ = root / ".importlinter", root / "src/unionhall/config/slices.py"
    contracts = with_floors(with_storey(plan.read_text("utf-8"), name, storey), name)
    source = with_slice(list_.read_text("utf-8"), name, contracts)
    plan.write_text(contracts, "utf-8")
    list_.write_text(source, "utf-8")
    return copy_skeleton(name, root)


def tidy(written: list[Path], root: Path = ROOT) -> None:
    """Sort the imports, whose order hangs on the name, and format."""
    files = [str(path) for path in written if path.suffix == ".py"]
    for command in (["check", "--select", "I", "--fix"], ["format"]):
        subprocess.run([sys.executable, "-m", "ruff", *command, "--quiet", "--no-cache", *files], cwd=root, check=True)


def main(arguments: list[str]) -> int:
    """Make the slice and say what comes next; 1 with a sentence where it cannot be."""
    parser = argparse.ArgumentParser(prog="make slice", description=__doc__)
    parser.add_argument("name")
    parser.add_argument("--storey", default="", help="the slice beside which it shall stand")
    options = parser.parse_args(arguments)
    try:
        written = add(options.name, storey=options.storey)
    except CannotAdd as error:
        print(error, file=sys.stderr)
        return 1
    tidy(written)
    print("\n".join(str(path.relative_to(ROOT)) for path in written))
    print(f"{options.name} stands in config/slices.py and .importlinter. Next: docs/slices/{options.name}.md.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
