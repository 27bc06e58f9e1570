"""What stands in one cell: read into a value, and written so that it is read again as the same."""

import re
import unicodedata

YES = frozenset({"yes", "y", "true", "1", "x", "ja"})
NO = frozenset({"no", "n", "false", "0", "", "nein"})
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
UE = {"ü": "ue"}  # codespell:ignore ue
# As German and Danish write them without their dots and rings.
UMLAUTS = str.maketrans(dict.fromkeys("äæ", "ae") | dict.fromkeys("öø", "oe") | UE | {"ß": "ss", "å": "aa"})
