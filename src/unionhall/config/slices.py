"""The one list of slices, lowest storey first.

Installed apps, addresses, language catalogues and the documentation's navigation are derived from it; a test compares
it with the storeys of `.importlinter`. To add a slice: `make slice name=...`, then one line here.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Slice:
    """One Django app of ours.

    name: the package below `unionhall`. demo_only: whether it exists in demo mode alone. Its addresses stand in
    `<name>/urls.py`: `urlpatterns` as they are, `localized_urlpatterns` below /en/ and /es/.
    """

    name: str
    demo_only: bool = False

    @property
    def app(self) -> str:
        """The dotted path for INSTALLED_APPS."""
        return f"unionhall.{self.name}"


SLICES: tuple[Slice, ...] = (
    Slice("foundation"),
    Slice("ui"),
    Slice("accounts"),
    Slice("roster"),
    Slice("campaigns"),
    Slice("site"),
    Slice("demo", demo_only=True),
    Slice("bench"),
)


def slices(*, demo: bool) -> list[Slice]:
    """The slices that exist in this mode, lowest storey first."""
    return [item for item in SLICES if demo or not item.demo_only]


def installed_apps(*, demo: bool) -> list[str]:
    """Our apps for INSTALLED_APPS, highest storey first, so that a higher slice may override a lower one's template."""
    return [item.app for item in reversed(slices(demo=demo))]
