"""How alike two words are, and where a text has what was looked for."""

import re
from collections.abc import Callable, Iterator

from shop.catalogue import folding
from shop.catalogue.matching import Word
from shop.catalogue.search_views import Part

# From here on a word is what was meant, misspelt; below LEAST it is another one, and says nothing.
CLOSE, LEAST = 0.75, 0.72
# A title says what a product is; its options and its collection say it less, and so does a part of a word.
OF_NAMES, OF_A_PART = 0.97, 0.95
# Fast fingers press neighbouring keys the wrong way round: of three letters that is still the same word.
SWAPPED, SWAPS = 0.7, 5
TWICE = re.compile(r"(.)\1+")
SOUNDS = str.maketrans({"c": "k", "q": "k", "z": "s", "y": "i", "v": "w"})
EXCERPT = 120

IsHit = Callable[[str], tuple[int, int] | None]


def sound(word: str) -> str:
    """Spelt as it may be heard: "kaffe" and "cafe" are the same."""
    return TWICE.sub(r"\1", word.replace("ph", "f").translate(SOUNDS))


def spellings(words: list[str]) -> list[str]:
    """What the same words could look like in the index; their trigrams are looked for."""
    single = [TWICE.sub(r"\1", word) for word in words]
    other = [word.replace("k", "c") if "k" in word else word.replace("c", "k") for word in single]
    swapped = [
        word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        for word in words
        for at in range(len(word) - 1 if len(word) <= SWAPS else 0)
    ]
    return list(dict.fromkeys([*words, *single, *other, *swapped]))


class Likeness:
    """How alike the words of many texts are to the typed ones; each pair is compared once."""

    def __init__(self, typed: list[str]) -> None:
        self._typed = [sound(word) for word in typed]
        self._known: dict[str, list[float]] = {}

    def of(self, title: list[str], names: list[str]) -> float:
        """From 0 to 1: of each typed word the best there is, and the mean of them."""
        told = [(1.0, self.of_word(word)) for word in title] + [
            (OF_NAMES, self.of_word(word)) for word in names
        ]
        best = [
            max((weight * each[at] for weight, each in told), default=0.0) for at in range(len(self._typed))
        ]
        return sum(each for each in best if each >= LEAST) / len(best)

    def of_word(self, word: str) -> list[float]:
        """To each of the typed words: the whole word, or as much of it as is typed already."""
        if word not in self._known:
            heard = sound(word)
            self._known[word] = [_alike_so_far(typed, heard) for typed in self._typed]
        return self._known[word]


def _alike_so_far(typed: str, heard: str) -> float:
    whole = _alike(typed, heard)
    if len(heard) <= len(typed) or len(typed) < 4:
        return whole
    return max(whole, OF_A_PART * _alike(typed, heard[: len(typed)]))


def _alike(one: str, other: str) -> float:
    """The share of letters that stay when one is corrected into the other."""
    longer = max(len(one), len(other))
    letters = set(one)
    # Counting slips takes its time, and most words have hardly a letter in common.
    if min(len(one), len(other)) < LEAST * longer or len(letters.intersection(other)) < LEAST * len(letters):
        return 0.0
    return 1 - (_slips(one, other) + _begins_otherwise(one, other)) / longer


def _begins_otherwise(one: str, other: str) -> bool:
    """Hardly anybody mistypes the first letter: a pillow is no willow."""
    return one[0] not in other[:2] and other[0] not in one[:2]


def _slips(one: str, other: str) -> float:
    """Letters too many, missing or wrong, and neighbours that changed places."""
    before: list[float] = []
    above: list[float] = [*range(len(other) + 1)]
    for row, letter in enumerate(one, 1):
        here: list[float] = [row]
        for column, against in enumerate(other, 1):
            fewest = min(above[column] + 1, here[-1] + 1, above[column - 1] + (letter != against))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == against:
                fewest = min(fewest, before[column - 2] + SWAPPED)
            here.append(fewest)
        before, above = above, here
    return above[-1]


def containing(typed: list[Word]) -> IsHit:
    """Marks the words as they were found: see `matching`."""

    def place(word: str) -> tuple[int, int] | None:
        for each in sorted(typed, key=lambda one: -len(one.text)):
            at = word.find(each.text, 0, len(each.text) if each.is_short else None)
            if at >= 0:
                return at, at + len(each.text)
            form = next((form for form in each.forms if word.endswith(form)), None)
            if form:
                return len(word) - len(form), len(word)
        return None

    return place


def resembling(likeness: Likeness) -> IsHit:
    return lambda word: (0, len(word)) if max(likeness.of_word(word)) >= CLOSE else None


def marked(text: str, is_hit: IsHit) -> tuple[Part, ...]:
    """`text` in pieces, which put together are `text` again."""
    parts, end = [], 0
    for first, last in _hits(text, is_hit):
        parts += [Part(text[end:first], hit=False), Part(text[first:last], hit=True)]
        end = last
    return tuple(part for part in (*parts, Part(text[end:], hit=False)) if part.text)


def excerpt(texts: tuple[str, ...], is_hit: IsHit) -> tuple[Part, ...]:
    """A few words around the first that begins with a hit, from the first of the texts that has one."""

    def begins(word: str) -> tuple[int, int] | None:
        found = is_hit(word)
        return found if found and found[0] == 0 else None

    for text in texts:
        first = next((first for first, _ in _hits(text, begins)), None)
        if first is not None:
            begin = 0 if first < EXCERPT // 2 else text.rfind(" ", 0, first - EXCERPT // 3) + 1
            end = len(text) if len(text) < begin + EXCERPT else text.rfind(" ", first, begin + EXCERPT)
            cut = text[begin : end if end > first else begin + EXCERPT]
            return marked(("… " if begin else "") + cut + ("" if text.endswith(cut) else " …"), begins)
    return ()


def _hits(text: str, is_hit: IsHit) -> Iterator[tuple[int, int]]:
    for word, places in folding.words_with_places(text):
        found = is_hit(word)
        if found is not None:
            yield places[found[0]][0], places[found[1] - 1][1]
