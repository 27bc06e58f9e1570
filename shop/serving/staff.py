"""`python -m shop staff …`."""

import getpass
import sys
from argparse import Namespace
from datetime import datetime

from shop.backoffice import staff
from shop.customers.password_rules import complaint
from shop.customers.tables import Staff
from shop.environment import BadSetting
from shop.serving.commands.kinds import LOOK, Answer, Refused
from shop.web import forms


async def create(chosen: Namespace) -> Answer:
    email = _email(chosen)
    password = _password()
    objection = complaint(password, email)
    if objection:
        raise Refused(objection)
    if not await staff.add(email, password):
        return Answer(
            {"email": email}, code=LOOK, problem=f"{email} works here already; nothing was changed."
        )
    return Answer({"email": email}, (f"{email} works here now.",))


async def show(_: Namespace) -> Answer:
    rows = await Staff.select(Staff.email, Staff.created_at, Staff.retired_at).order_by(Staff.email)
    lines = [f"{row['email']}  since {row['created_at']:%Y-%m-%d}{_until(row['retired_at'])}" for row in rows]
    return Answer(
        {"staff": rows}, tuple(lines or ["Nobody yet; `python -m shop staff create EMAIL` adds one."])
    )


async def retire(chosen: Namespace) -> Answer:
    email = _email(chosen)
    if await staff.retire(email):
        return Answer({"email": email}, (f"{email} works here no longer.",))
    if await Staff.exists().where(Staff.email == email):
        return Answer({"email": email}, (f"{email} worked here no longer already.",))
    raise Refused(f"Nobody here is called {email}.")


def _until(retired: datetime | None) -> str:
    return f", until {retired:%Y-%m-%d}" if retired else ""


def _email(chosen: Namespace) -> str:
    email = forms.email(chosen.email)
    if email is None:
        raise BadSetting(f"EMAIL must be an address such as merchant@example.com, not {chosen.email!r}.")
    return email


def _password() -> str:
    """Arguments of a command can be read by everybody on the machine; what is typed here cannot."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass.getpass("Password: ")
    if getpass.getpass("The same again: ") != password:
        raise Refused("The two passwords are not the same; nothing was changed.")
    return password
