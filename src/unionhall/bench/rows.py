"""One line of the table of benchmarks, and the table."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any, Final

HEAD: Final = ("#", "work", "reference in the same run", "ours", "ratio", "goal", "")


@dataclass(frozen=True, slots=True)
class Row:
    """One work measured. met: whether the goal is reached; None where no goal is set."""

    name: str
    work: str
    reference: str
    ours: str
    ratio: str
    goal: str
    met: bool | None = None

    def told(self) -> dict[str, Any]:
        """For `--json`."""
        return asdict(self)

    def cells(self) -> tuple[str, ...]:
        """The line of the table."""
        verdict = {True: "met", False: "**missed**", None: ""}[self.met]
        return (self.name, self.work, self.reference, self.ours, self.ratio, self.goal, verdict)


def table(rows: Sequence[Row]) -> str:
    """The rows as a Markdown table."""
    lines = [HEAD, tuple("---" for _ in HEAD), *(row.cells() for row in rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"


def alternate(first: Callable[[], float], second: Callable[[], float], *, slots: int) -> tuple[float, float]:
    """The medians of two measures taken in turn, so that a busy neighbor disturbs both alike."""
    pairs = [(first(), second()) for _ in range(slots)]
    return median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)
