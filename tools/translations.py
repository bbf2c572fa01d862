"""Every text of every slice has its Spanish: there, not empty, not guessed, with the same placeholders."""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from pathlib import Path

from babel.messages.catalog import Message as Entry

from catalogues import ROOT, catalogue_path, load, messages, slices

PLACEHOLDER = re.compile(r"%\(\w+\)[sdf]|%%|%[sd]|\{\w*\}")

# The union says tú: "usted" anywhere, or a sentence that begins with one of its commonest orders.
_ORDERS = (
    "Abra|Agregue|Apruebe|Busque|Cambie|Congele|Consulte|Corrija|Diga|Deje|Elija|Encuentre|Envie|Escriba|Espere|Guarde|"
    "Haga|Indique|Intente|Lea|Llame|Marque|Mire|Pida|Ponga|Pregunte|Pruebe|Quite|Recoja|Revise|Saque|Toque|Traiga|Vuelva"
)
ACUTE = str.maketrans("áéíóúÁÉÍÓÚ", "aeiouAEIOU")
USTED = re.compile(rf"\b[Uu]sted(es)?\b|(?:^|[.:;?!] )(?:{_ORDERS})(?:lo|la|le|los|las|les|se)?\b")


def as_tuple(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """One text or several, as several."""
    return (text,) if isinstance(text, str) else tuple(text)


def placeholders(text: str) -> set[str]:
    """The places of a text that values are put into."""
    return set(PLACEHOLDER.findall(text))


def entry_problems(entry: Entry) -> list[str]:
    """What is wrong with one translated entry, in a few words each."""
    said, asked = as_tuple(entry.string), as_tuple(entry.id)
    if not all(part.strip() for part in said):
        return ["has no Spanish"]
    if entry.fuzzy:
        return ["is marked fuzzy: read it and remove the mark"]
    if any(USTED.search(part.translate(ACUTE)) for part in said):
        return ["says usted in Spanish: say tú"]
    needed = placeholders(asked[-1])
    if any(placeholders(part) - placeholders(asked[0]) - needed for part in said) or needed - placeholders(said[-1]):
        return [f"must hold {', '.join(sorted(needed)) or 'no placeholder'} in Spanish too"]
    return []


def problems(root: Path = ROOT) -> list[str]:
    """Every missing, empty, fuzzy, ill-fitting or contradicting translation, with its place."""
    found: list[str] = []
    spoken: dict[tuple[str, str | None], dict[str, str]] = defaultdict(dict)
    for folder in slices(root):
        catalogue = load(catalogue_path(folder))
        wanted = {message.key: message for message in messages(folder)}
        for (text, context), message in wanted.items():
            entry = catalogue.get(text, context)
            if entry is None:
                found.append(f"src/unionhall/{message.place}: “{text}” has no Spanish")
                continue
            found += [f"src/unionhall/{message.place}: “{text}” {what}" for what in entry_problems(entry)]
            spoken[text, context].setdefault(" | ".join(as_tuple(entry.string)), folder.name)
        stale = [entry.id for entry in catalogue if entry.id and (as_tuple(entry.id)[0], entry.context) not in wanted]
        found += [
            f"{folder.name}: “{as_tuple(text)[0]}” is translated and nowhere used: make messages" for text in stale
        ]
    for (text, _context), answers in spoken.items():
        if len(answers) > 1:
            both = ", ".join(f"{where}: “{answer}”" for answer, where in answers.items())
            found.append(f"“{text}” is said in two ways ({both}): agree, or give one a context")
    return found


if __name__ == "__main__":
    said = problems()
    sys.stdout.writelines(f"{line}\n" for line in said)
    sys.exit(bool(said))
