"""What people type, made harmless before anything looks at it."""

import re

from litestar.datastructures import UploadFile
from litestar.exceptions import ClientException

from shop.web.cookies import AnyRequest
from shop.web.words import later

LONGEST = 2000
NO_EMAIL = later("Enter an e-mail address such as name@example.com.")
EMAIL = re.compile(
    r"[^@\s,;<>\"]{1,64}@(?=.{3,189}$)[A-Za-z0-9\u0080-\uffff](?:[A-Za-z0-9.\-\u0080-\uffff]*[A-Za-z0-9\u0080-\uffff])?\.[A-Za-z0-9\u0080-\uffff\-]{2,63}"
)


async def form(request: AnyRequest) -> dict[str, str]:
    """The fields of a form: text only, the last one of a repeated field, no NULs, bounded in length."""
    fields: dict[str, str] = {}
    try:
        received = await request.form()
    except (ValueError, LookupError) as problem:
        raise ClientException("the form cannot be read") from problem
    for name, value in received.multi_items():
        if not isinstance(value, UploadFile):
            fields[name] = clean(str(value))
    return fields


def query(request: AnyRequest, name: str) -> str:
    """One parameter of the address, or an empty text."""
    return clean(str(request.query_params.get(name) or ""))


def clean(text: str) -> str:
    """PostgreSQL stores no NUL, and no encoding stores half of a surrogate pair."""
    return text.replace("\x00", "")[:LONGEST].encode("utf-8", "replace").decode()


def one_line(text: str, longest: int) -> str:
    """Without what moves a printer or a terminal: it is read there, too."""
    printable = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(printable.split())[:longest].strip()


def whole_number(text: str, least: int, most: int) -> int | None:
    """`text` as a number within the range, or nothing: digits only, so no `1e9`, `-1` or `1.0`."""
    digits = text.strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 18):
        return None
    number = int(digits)
    return number if least <= number <= most else None


def email(text: str) -> str | None:
    """An e-mail address as it is kept and compared, or nothing where it cannot be one."""
    address = text.strip().lower()
    usable = EMAIL.fullmatch(address) and ".." not in address and address.isprintable()
    return address if usable else None
