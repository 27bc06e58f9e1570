"""Words as search compares them: small letters without accents, and nothing between them but spaces.

The same table folds what is typed (here) and what is kept (in SQL, by triggers that a migration has made).
Where it changes, a migration must make the triggers and the index again.
"""

import re
from collections.abc import Iterator

LETTERS = {
    "a": "àáâãäåāăąǎạảấầẩẫậắằẳẵặ",
    "c": "çćĉċč",
    "d": "ďđð",
    "e": "èéêëēĕėęěẹẻẽếềểễệ",
    "g": "ĝğġģ",
    "h": "ĥħ",
    "i": "ìíîïĩīĭįıİỉị",
    "j": "ĵ",
    "k": "ķĸ",
    "l": "ĺļľŀł",
    "n": "ñńņňŋ",
    "o": "òóôõöøōŏőơǒọỏốồổỗộớờởỡợ",
    "r": "ŕŗř",
    "s": "śŝşšșſ",
    "t": "ţťŧț",
    "u": "ùúûüũūŭůűųưǔụủứừửữự",
    "w": "ŵẁẃẅ",
    "y": "ýÿŷỳỵỷỹ",
    "z": "źżž",
    "α": "ά",
    "ε": "έ",
    "η": "ή",
    "ι": "ίϊΐ",
    "ο": "ό",
    "σ": "ς",
    "υ": "ύϋΰ",
    "ω": "ώ",
    "е": "ё",
}
SEVERAL = {"æ": "ae", "œ": "oe", "ß": "ss", "þ": "th", "ĳ": "ij"}
# Databases may know small letters of ASCII only.
CAPITALS = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯІЇЄҐ"
# Accents that stand behind their letter, apostrophes, and what is not seen.
NOTHING = (
    "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u0309\u030a\u030b\u030c\u031b\u0323\u0327\u0328"
    "'’‘`´\u00ad\u200b\u200c\u200d"
)
BETWEEN = '\t\n\r\u00a0\u2009\u202f!"#$%&()*+,-./:;<=>?@[\\]^_{|}~¡¿«»‹›“”„‚–—‑…·•×™®©°'

SINGLE = (
    {accented: plain for plain, all_of_it in LETTERS.items() for accented in all_of_it}
    | {
        accented.upper(): plain
        for plain, all_of_it in LETTERS.items()
        for accented in all_of_it
        if len(accented.upper()) == 1 and accented.upper() != accented and not accented.upper().isascii()
    }
    | {capital: capital.lower() for capital in CAPITALS}
    | dict.fromkeys(BETWEEN, " ")
)
MANY = SEVERAL | {one.upper(): many for one, many in SEVERAL.items() if len(one.upper()) == 1}
TABLE = {ord(sign): folded for sign, folded in (SINGLE | MANY | dict.fromkeys(NOTHING, "")).items()}
WORD = re.compile(r"\S+")


def fold(text: str) -> str:
    return text.translate(TABLE).lower()


def words(text: str) -> list[str]:
    return fold(text).split()


def words_with_places(text: str) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """Each folded word, with the place in `text` of each of its letters: accents belong to their letter."""
    folded: list[str] = []
    places: list[tuple[int, int]] = []
    for at, sign in enumerate(text):
        plain = fold(sign)
        if not plain and places:
            places[-1] = (places[-1][0], at + 1)
        folded += plain
        places += [(at, at + 1)] * len(plain)
    for found in WORD.finditer("".join(folded)):
        yield found[0], places[found.start() : found.end()]
