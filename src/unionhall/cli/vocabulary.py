"""`unionhall vocabulary`: what the local calls a worksite, a steward, an area."""

from __future__ import annotations

from typing import Annotated

import typer

from unionhall.cli.output import finish, note
from unionhall.cli.setup import setup_django

AsJson = Annotated[bool, typer.Option("--json", help="One JSON object on standard output.")]


def register(app: typer.Typer) -> None:
    """Hang the commands on the app."""
    group = typer.Typer(no_args_is_help=True, help="What the local calls things: packs of words, and its own.")
    group.command("list")(list_words)
    group.command("use")(use)
    group.command("say")(say)
    app.add_typer(group, name="vocabulary")


def list_words(as_json: AsJson = False) -> None:
    """Every word as the local says it now, and the packs there are."""
    _wake()
    from unionhall.foundation.vocabulary import vocabulary_packs, words

    found = {key: word.to_json() for key, word in words().items()}
    packs = {pack.code: pack.name.en for pack in vocabulary_packs}
    lines = [f"{key:<18}{word['en'][0]} | {word['es'][0]}" for key, word in found.items()]
    lines.append("Packs: " + ", ".join(f"{code} ({name})" for code, name in packs.items()))
    finish({"words": found, "packs": packs}, lines, as_json=as_json)


def use(pack: Annotated[str, typer.Argument(help="Such as school or transit.")], as_json: AsJson = False) -> None:
    """Say things as a pack does."""
    _wake()
    from unionhall.foundation.access import system_actor
    from unionhall.foundation.clock import now
    from unionhall.foundation.vocabulary import choose_vocabulary

    chosen = choose_vocabulary(pack=pack, actor=system_actor("command line"), at=now())
    finish({"pack": chosen.pack}, [f"The local now speaks as “{chosen.pack}”."], as_json=as_json)


def say(
    key: Annotated[str, typer.Argument(help="Such as steward; `vocabulary list` names them.")],
    english: Annotated[str, typer.Option("--en", help="One and many: “rep|reps”.")] = "",
    spanish: Annotated[str, typer.Option("--es", help="One and many: “representante|representantes”.")] = "",
    feminine: Annotated[bool, typer.Option("--feminine", help="The Spanish word takes “la”.")] = False,
    as_json: AsJson = False,
) -> None:
    """Say one thing otherwise; without words, as the pack says it again."""
    _wake()
    from unionhall.foundation.access import system_actor
    from unionhall.foundation.bilingual import Bilingual
    from unionhall.foundation.clock import now
    from unionhall.foundation.vocabulary import Word, say_word

    said = None
    if english or spanish:
        one, many = zip(_both(english, "--en"), _both(spanish, "--es"), strict=True)
        said = Word(one=Bilingual(*one), many=Bilingual(*many), gender="f" if feminine else "m")
    choice = say_word(key=key, said=said, actor=system_actor("command line"), at=now())
    finish({"own_words": choice.own_words}, [f"Written: {key}."], as_json=as_json)


def _both(text: str, option: str) -> tuple[str, str]:
    one, _bar, many = text.partition("|")
    if not one.strip() or not many.strip():
        raise typer.BadParameter("write one and many, as “rep|reps”, in both languages", param_hint=option)
    return one.strip(), many.strip()


def _wake() -> None:
    setup_django()
    from unionhall.cli.prepare import migrate

    migrate(note)
