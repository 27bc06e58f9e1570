import secrets
import string

LETTERS = string.ascii_letters + string.digits


def new(prefix: str, length: int = 24) -> str:
    return prefix + "".join(secrets.choice(LETTERS) for _ in range(length))
