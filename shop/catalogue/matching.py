"""Which rows of `product_search` have the words that were typed, and how well each of them goes by them.

A word stands anywhere in the title and the names, or begins a word of the prose; of one or two letters it
begins a word of title or names. Another form of it ends a word there. Where PostgreSQL has no trigrams, it is
whole words and beginnings of words that are found.
"""

from dataclasses import dataclass

from shop.catalogue.search_index import Index

IN_NAMES = '(s."title" || s."names") LIKE {}'
IN_PROSE = 's."prose" LIKE {}'
IN_WORDS = """s."words" @@ to_tsquery('simple', {})"""
IN_TRIGRAMS = 's."product_search" MATCH {}'


@dataclass(frozen=True, slots=True)
class Word:
    """A folded word as it was typed, and other forms of it."""

    text: str
    forms: tuple[str, ...] = ()

    @property
    def is_short(self) -> bool:
        """No trigram is as short as this."""
        return len(self.text) < 3


@dataclass(frozen=True, slots=True)
class Query:
    sql: str
    values: list[object]


def all_of(words: list[Word], index: Index) -> Query:
    """A condition on a row `s`."""
    match index:
        case Index.FTS5:
            return _in_trigrams(words)
        case Index.WORDS:
            return Query(IN_WORDS, [" & ".join(map(_beginnings, words))])
        case Index.TRIGRAMS:
            return _every(
                [_either([_full_text(word), *([] if word.is_short else _parts(word))]) for word in words]
            )
        case Index.NONE:
            return _every([_either([*_parts(word), *_begins_prose(word)]) for word in words])


def rank(words: list[Word]) -> Query:
    """A word of the title counts more than the beginning of one, and that more than what stands elsewhere.

    Several words that stand there one after the other are an article number, or a title: nothing counts more.
    Counted like this on every database, so that a shopper sees the same order on each.
    """
    ranks = [_rank(word) for word in words]
    if len(words) > 1:
        in_a_row = f"% {' '.join(word.text for word in words)} %"
        ranks.append(Query(f"CASE WHEN {IN_NAMES} THEN {4 * len(words)} ELSE 0 END", [in_a_row]))
    return Query(
        f"({' + '.join(each.sql for each in ranks)})", [value for each in ranks for value in each.values]
    )


def quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _rank(word: Word) -> Query:
    whole = [f"% {each} %" for each in (word.text, *word.forms)]
    ends = [f"%{each} %" for each in word.forms]
    steps = (
        ("title", whole, 4),
        ("title", [f"% {word.text}%"], 3),
        ("title", [f"%{word.text}%", *ends], 2),
        ("names", [f"% {word.text}%", *whole[1:]], 1),
    )
    cases = [
        "WHEN " + " OR ".join([f's."{column}" LIKE {{}}'] * len(likes)) + f" THEN {worth}"
        for column, likes, worth in steps
    ]
    return Query(f"CASE {' '.join(cases)} ELSE 0 END", [like for _, likes, _ in steps for like in likes])


def _in_trigrams(words: list[Word]) -> Query:
    """No word of less than three letters is a trigram, but the space before two letters makes one."""
    found = [_any_trigram(word) for word in words if len(word.text) > 1]
    letters = [_either(_parts(word)) for word in words if len(word.text) == 1]
    return _every([*([Query(IN_TRIGRAMS, [" AND ".join(found)])] if found else []), *letters])


def _any_trigram(word: Word) -> str:
    beginning = quoted(f" {word.text}")
    if word.is_short:
        return f"{{title names}} : {beginning}"
    ends = [quoted(f"{form} ") for form in word.forms]
    return f"({{title names}} : ({' OR '.join([quoted(word.text), *ends])}) OR {{prose}} : {beginning})"


def _parts(word: Word) -> list[Query]:
    if word.is_short:
        return [Query(IN_NAMES, [f"% {word.text}%"])]
    return [Query(IN_NAMES, [like]) for like in (f"%{word.text}%", *(f"%{form} %" for form in word.forms))]


def _begins_prose(word: Word) -> list[Query]:
    return [] if word.is_short else [Query(IN_PROSE, [f"% {word.text}%"])]


def _full_text(word: Word) -> Query:
    return Query(IN_WORDS, [_beginnings(word)])


def _beginnings(word: Word) -> str:
    """For `to_tsquery`; A are the words of the title, B the names."""
    if word.is_short:
        return f"'{word.text}':*AB"
    return "(" + " | ".join([f"'{word.text}':*", *(f"'{form}':AB" for form in word.forms)]) + ")"


def _every(queries: list[Query]) -> Query:
    return _joined(" AND ", queries)


def _either(queries: list[Query]) -> Query:
    return _joined(" OR ", queries)


def _joined(by: str, queries: list[Query]) -> Query:
    return Query(
        f"({by.join(each.sql for each in queries)})", [value for each in queries for value in each.values]
    )
