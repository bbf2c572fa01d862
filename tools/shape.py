"""The shape of our code: lengths, types, docstrings, cycles, one row a slice, as `docs/reference/shape.md` prints it.

`python tools/shape.py` prints the table, then each broken budget of `[tool.unionhall.shape]` with its place, and exits
with 1 where there is one. `--check` leaves the table out.
"""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = "unionhall"
FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef
DOORS = ("views", "tasks", "receivers", "feeds")
HEAD = (
    "| part | files | file length med / p90 / max | function med / p90 / max | return-typed | docstrings "
    "| packages in an import cycle |\n|---|---|---|---|---|---|---|"
)


@dataclass(frozen=True, slots=True)
class Function:
    """One function or method: where it stands, how many lines it has from `def` to its end, what it declares.

    body: its lines without the docstring. public: neither it nor anything around it starts with an underscore.
    """

    file: Path
    line: int
    name: str
    length: int
    body: int
    typed: bool
    documented: bool
    public: bool


@dataclass(frozen=True, slots=True)
class Class:
    """One class: where it stands, whether it says what it is."""

    file: Path
    line: int
    name: str
    documented: bool
    public: bool


@dataclass(slots=True)
class Part:
    """What one row of the table counts."""

    name: str
    files: dict[Path, int] = field(default_factory=dict)
    functions: list[Function] = field(default_factory=list)
    classes: list[Class] = field(default_factory=list)
    cyclic: int = 0
    packages: int = 0

    def add(self, other: Part) -> None:
        """Count another part too."""
        self.files |= other.files
        self.functions += other.functions
        self.classes += other.classes

    def row(self) -> str:
        """The line of the table."""
        lengths = [function.length for function in self.functions]
        typed = share([function.typed for function in self.functions])
        public = [item for item in (*self.functions, *self.classes) if item.public]
        documented = share([item.documented for item in public])
        cycle = f"{self.cyclic} of {self.packages}" if self.packages else "–"
        sizes = f"{len(self.files)} | {spread(self.files.values())} | {spread(lengths)}"
        return f"| {self.name} | {sizes} | {typed} | {documented} | {cycle} |"


def spread(numbers: Iterable[int]) -> str:
    """Median, 90th percentile and maximum, as the table prints them."""
    ordered = sorted(numbers)
    if not ordered:
        return "–"
    return f"{percentile(ordered, 50)} / {percentile(ordered, 90)} / {ordered[-1]}"


def percentile(ordered: list[int], share_of_100: int) -> int:
    """The smallest number that at least that share of the ordered numbers does not exceed; 0 for none."""
    return ordered[max(0, -(-len(ordered) * share_of_100 // 100) - 1)] if ordered else 0


def share(flags: list[bool]) -> str:
    """The share of true flags in whole percent, rounded down, so that 100 % means all."""
    return f"{100 * sum(flags) // len(flags)} %" if flags else "–"


def measure(name: str, files: Iterable[Path]) -> Part:
    """Count the Python files, without migrations and without empty ones."""
    part = Part(name)
    for path in sorted(files):
        if "migrations" in path.parts:
            continue
        text = path.read_text("utf-8")
        if text.strip():
            part.files[path] = len(text.splitlines())
            visit(part, path, ast.parse(text), public=True)
    return part


def visit(part: Part, path: Path, node: ast.AST, *, public: bool) -> None:
    """Count every function and class below a node; what stands inside a function or in Meta is nobody's interface."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.ClassDef):
            open_ = public and not child.name.startswith("_") and child.name != "Meta"
            part.classes.append(Class(path, child.lineno, child.name, bool(ast.get_docstring(child)), open_))
            visit(part, path, child, public=open_)
        elif isinstance(child, FunctionNode):
            part.functions.append(function(path, child, public=public))
            visit(part, path, child, public=False)
        else:
            visit(part, path, child, public=public)


def function(path: Path, node: FunctionNode, *, public: bool) -> Function:
    """The measures of one function."""
    length = (node.end_lineno or node.lineno) - node.lineno + 1
    docstring = ast.get_docstring(node)
    first = node.body[0]
    said = (first.end_lineno or first.lineno) - first.lineno + 1 if docstring else 0
    return Function(
        file=path,
        line=node.lineno,
        name=node.name,
        length=length,
        body=length - said,
        typed=node.returns is not None,
        documented=bool(docstring),
        public=public and not node.name.startswith("_"),
    )


def imports(path: Path, known: set[str]) -> Iterator[str]:
    """The packages directly below unionhall that a file imports."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        for name in names:
            parts = name.split(".")
            if parts[0] == PACKAGE and len(parts) > 1 and parts[1] in known:
                yield parts[1]


def reachable(graph: dict[str, set[str]], start: str) -> set[str]:
    """Every package that one imports, directly or through others."""
    seen: set[str] = set()
    waiting = list(graph[start])
    while waiting:
        name = waiting.pop()
        if name not in seen:
            seen.add(name)
            waiting += graph[name]
    return seen


def in_cycles(parts: list[Part]) -> list[str]:
    """The packages that import themselves through others."""
    known = {part.name for part in parts}
    graph = {part.name: {name for path in part.files for name in imports(path, known)} for part in parts}
    for name, targets in graph.items():
        targets.discard(name)
    return [name for name in graph if name in reachable(graph, name)]


def our_parts(source: Path) -> list[Part]:
    """One part a package below unionhall, in the order of the alphabet, and the verifier where there is one."""
    packages = [path for path in sorted((source / PACKAGE).iterdir()) if (path / "__init__.py").exists()]
    parts = [measure(path.name, path.rglob("*.py")) for path in packages]
    verifier = source / "unionhall_verify"
    if verifier.exists():
        parts.append(measure(verifier.name, verifier.rglob("*.py")))
    return [part for part in parts if part.files]


def table(root: Path) -> tuple[str, list[Part], list[str]]:
    """The table as Markdown, its rows, and the packages in cycles."""
    parts = our_parts(root / "src")
    total = Part("**all of src**")
    for part in parts:
        total.add(part)
    cyclic = in_cycles(parts)
    total.cyclic, total.packages = len(cyclic), len(parts)
    beside = [measure("tests", (root / "tests").rglob("*.py")), measure("tools", (root / "tools").glob("*.py"))]
    rows = "\n".join(part.row() for part in [*parts, total, *beside])
    return f"{HEAD}\n{rows}\n", [*parts, total, *beside], cyclic


def breaches(root: Path, parts: list[Part], cyclic: list[str]) -> list[str]:
    """Every budget that is broken, each with its place and its number."""
    budget = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["tool"]["unionhall"]["shape"]
    ours = [part for part in parts if part.name != "tests"]
    total = next(part for part in parts if part.name.startswith("**"))
    found = [f"src/{PACKAGE}/{name}: stands in an import cycle" for name in cyclic]
    for part in ours:
        if part is not total:
            found += too_long(root, part, budget)
            found += undocumented(root, part, budget["documented"])
    found += over_p90(root, total, budget)
    return found


def too_long(root: Path, part: Part, budget: dict[str, int]) -> list[str]:
    """Files and functions over their maximum; doors over theirs."""
    found = [
        f"{path.relative_to(root)}: {length} lines, at most {budget['file_max']}"
        for path, length in part.files.items()
        if length > budget["file_max"]
    ]
    for item in part.functions:
        door = item.file.stem in DOORS or item.file.parent.name in DOORS
        if item.length > budget["function_max"]:
            found.append(f"{place(root, item)} has {item.length} lines, at most {budget['function_max']}")
        elif door and item.body > budget["view_max"]:
            found.append(f"{place(root, item)} is a door of {item.body} lines, at most {budget['view_max']}")
    return found


def undocumented(root: Path, part: Part, floors: list[str]) -> list[str]:
    """Public functions and classes without a docstring on the floors where each must have one."""
    return [
        f"{place(root, item)} says nothing: write its docstring"
        for item in (*part.functions, *part.classes)
        if item.public and not item.documented and floors_of(item.file).intersection(floors)
    ]


def floors_of(path: Path) -> set[str]:
    """The names by which a file may be meant: its own and those of its folders."""
    return {path.stem, *path.parts[path.parts.index("src") + 1 : -1]} if "src" in path.parts else {path.stem}


def over_p90(root: Path, total: Part, budget: dict[str, int]) -> list[str]:
    """Whether the tenth that is longest reaches too low, with the three longest of each kind."""
    found = []
    files = sorted(total.files.values())
    if percentile(files, 90) > budget["file_p90"]:
        longest = sorted(total.files, key=lambda path: -total.files[path])[:3]
        names = ", ".join(str(path.relative_to(root)) for path in longest)
        found.append(f"files: p90 is {percentile(files, 90)} lines, at most {budget['file_p90']}; longest: {names}")
    lengths = sorted(item.length for item in total.functions)
    if percentile(lengths, 90) > budget["function_p90"]:
        longest_functions = sorted(total.functions, key=lambda item: -item.length)[:3]
        names = ", ".join(place(root, item) for item in longest_functions)
        found.append(f"functions: p90 is {percentile(lengths, 90)}, at most {budget['function_p90']}; longest: {names}")
    return found


def place(root: Path, item: Function | Class) -> str:
    """Where a function or class stands, as an editor opens it."""
    return f"{item.file.relative_to(root)}:{item.line}: {item.name}"


def page(root: Path = ROOT) -> str:
    """The text of docs/reference/shape.md."""
    return (
        "# The shape of the code\n\n"
        "Written by `make docs`, compared by `make check`. Lengths are lines, comments and docstrings included;\n"
        "docstrings are those of public functions and classes; migrations and empty files are left out. The budgets\n"
        "stand in `[tool.unionhall.shape]` of `pyproject.toml`.\n\n" + table(root)[0]
    )


def main(arguments: list[str]) -> int:
    """Print; 1 where a budget is broken."""
    text, parts, cyclic = table(ROOT)
    if "--check" not in arguments:
        sys.stdout.write(text)
    found = breaches(ROOT, parts, cyclic)
    sys.stdout.writelines(f"{line}\n" for line in found)
    return bool(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
