"""What `make messages` runs: collects the texts of each slice into its Spanish file and compiles all.

New texts come in empty, for a person to translate (nothing is guessed); texts nobody asks for any more go. The header
never changes, so that a file changes only where a text did.
"""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from catalogues import LANGUAGE, ROOT, Message, catalogue_path, compile_all, load, messages, slices

HEADER = """# Spanish of {name}. Collected by `make messages`, translated by people.
msgid ""
msgstr ""
"Language: es\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


def collected(folder: Path) -> Catalog:
    """The catalogue of a slice as it should be now: texts in the order met, with the Spanish that is there already."""
    old = load(catalogue_path(folder))
    new = Catalog(locale=LANGUAGE)
    for message in messages(folder):
        add(new, old, message)
    return new


def add(new: Catalog, old: Catalog, message: Message) -> None:
    """Take one text over, with what is known of it."""
    text, context = message.key
    known = old.get(text, context)
    same_form = known is not None and isinstance(known.id, str) == isinstance(message.id, str)
    said = known.string if known is not None and same_form else ""
    flags = known.flags if known is not None and same_form else ()
    comments = known.user_comments if known is not None else ()
    where = [(message.place.rsplit(":", 1)[0], 0)]
    new.add(message.id, said, locations=where, flags=flags, user_comments=comments, context=context)


def write(folder: Path) -> int:
    """Write a slice's file where it says something; give how many texts wait for their Spanish."""
    catalogue = collected(folder)
    if not len(catalogue):
        return 0
    path = catalogue_path(folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as target:
        target.write(HEADER.format(name=folder.name).encode())
        write_po(target, catalogue, omit_header=True, include_lineno=False, width=120)
    return sum(1 for entry in catalogue if entry.id and not all(entry.string if entry.pluralizable else [entry.string]))


if __name__ == "__main__":
    for slice_folder in slices(ROOT):
        waiting = write(slice_folder)
        if waiting:
            sys.stdout.write(f"{slice_folder.name}: {waiting} texts wait for their Spanish\n")
    sys.stdout.write(f"{compile_all()} catalogues compiled\n")
