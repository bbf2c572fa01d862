"""Finding pages by the words somebody types."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from unionhall.rulebook.searching import Document, Piece, build, root, search, snippet

PAGES = build(
    [
        Document(1, "Piquetes en tu escuela", "Los piquetes informativos no son huelga. Ven antes de entrar."),
        Document(2, "Are we on strike?", "No. An informational picket is not a strike, and nobody has called one."),
        Document(3, "Julio cleans eleven classrooms", "He starts when the last bell rings. Classrooms need people."),
        Document(4, "Salarios justos", "Sueldos que alcanzan: la educación empieza con quien enseña. Huelga no hay."),
    ]
)
words = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=40)


def found(question: str) -> list[int]:
    return [hit.key for hit in search(PAGES, question, most=10)]


def test_accents_capitals_and_plurals_make_no_difference():
    assert found("EDUCACION") == found("educación") == [4]
    assert found("piquete") == found("PIQUETES") == [1]
    assert found("classroom") == [3]


def test_a_mistyped_word_is_forgiven_and_a_short_one_taken_as_it_is():
    assert found("clasrooms") == found("classrooom") == [3]
    assert found("picekt") == [2]
    assert found("xyz") == []


def test_the_beginning_of_a_word_is_enough():
    assert found("inform") == [1, 2] or found("inform") == [2, 1]


def test_a_page_named_so_stands_before_one_that_says_so():
    assert found("strike")[0] == 2
    assert found("huelga") == [1, 4] or found("huelga") == [4, 1]


def test_pages_with_every_word_come_first():
    assert found("salarios huelga")[0] == 4


def test_small_words_count_only_alone():
    assert found("the classrooms of the") == [3]
    assert 2 in found("is a")


def test_questions_without_words_find_nothing():
    assert found("") == found("?!…") == []
    assert search(build([]), "strike", most=5) == []


def test_snippet_shows_the_words_where_they_stand_thickest():
    text = "Nothing here at all. " * 20 + "An informational picket is not a strike. " + "And nothing here. " * 20
    hit = search(build([Document(1, "", text)]), "picket strike", most=1)[0]

    pieces = snippet(text, hit.words, width=80)

    assert [piece.text for piece in pieces if piece.found] == ["picket", "strike"]
    assert pieces[0] == Piece("… ", False)
    assert pieces[-1] == Piece(" …", False)


def test_snippet_without_the_words_is_the_beginning():
    assert snippet("Short and whole.", frozenset({"other"})) == (Piece("Short and whole.", False),)


@given(words)
def test_root_twice_is_root_once_or_shorter_and_never_fails(word):
    assert len(root(root(word))) <= len(root(word))


@given(st.lists(st.tuples(words, words), max_size=5), words, st.integers(1, 3))
@settings(max_examples=60)
def test_any_text_can_be_asked_and_hits_are_of_the_documents(rows, question, most):
    index = build([Document(number, title, text) for number, (title, text) in enumerate(rows)])

    hits = search(index, question, most=most)

    assert len(hits) <= most
    assert len({hit.key for hit in hits}) == len(hits)
    assert all(0 <= hit.key < len(rows) and hit.score >= 0 for hit in hits)


@given(words.filter(lambda word: len(root(word)) > 2 and " " not in word and root(word).isalnum()))
@settings(max_examples=60)
def test_a_word_of_a_page_finds_the_page(word):
    assert [hit.key for hit in search(build([Document(7, "", f"before {word} after")]), word, most=1)] == [7]


@given(words, words, st.integers(20, 60))
@settings(max_examples=60)
def test_snippets_are_cut_from_the_text_and_keep_their_width(text, question, width):
    chosen = frozenset(root(word) for word in question.split())

    pieces = snippet(text, chosen, width=width)

    said = "".join(piece.text for piece in pieces).removeprefix("… ").removesuffix(" …")
    assert said in text
    assert len(said) <= max(width, len(text) if len(text) <= width else width)
