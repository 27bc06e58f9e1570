"""Which passwords may be chosen: long enough, and none that is tried first. What they are made of is free."""

import gzip
from functools import cache
from pathlib import Path

from shop.settings import settings
from shop.web.words import gettext as _

LEAST, MOST = 8, 1000
COMMON = Path(__file__).parent / "common" / "passwords.txt.gz"


def complaint(password: str, email: str) -> str | None:
    """What is wrong with a new password and what to do about it, or nothing."""
    if not password:
        return _("Choose a password of at least %(least)s characters.") % {"least": LEAST}
    if len(password) < LEAST:
        return _("Make it longer: a password has at least %(least)s characters.") % {"least": LEAST}
    if len(password) > MOST:
        return _("Make it shorter: a password has at most %(most)s characters.") % {"most": MOST}
    # The whole password is compared: a common word within a long sentence does no harm.
    tried = password.strip().casefold()
    if tried in (email, email.partition("@")[0], settings().name.casefold()):
        return _("Choose another one: your e-mail and the shop’s name are guessed first.")
    if tried in _common():
        return _("Choose another one: this password is among the most common, and those are guessed first.")
    return None


@cache
def _common() -> frozenset[str]:
    return frozenset(gzip.decompress(COMMON.read_bytes()).decode().split("\n"))
