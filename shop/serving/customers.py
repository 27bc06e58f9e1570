"""`python -m shop customers …`."""

import json
from argparse import Namespace
from pathlib import Path

from shop.backoffice import erasing
from shop.backoffice.belonging import RECENT
from shop.backoffice.erasing import Erasure
from shop.backoffice.exporting import exported
from shop.environment import BadSetting
from shop.errors import OrderMoved
from shop.serving.commands.carrying_out import actor
from shop.serving.commands.kinds import Answer, Refused
from shop.web import forms


async def export(chosen: Namespace) -> Answer:
    data = await exported(_email(chosen))
    text = json.dumps(data, ensure_ascii=False, indent=2, default=str)
    if chosen.to is None:
        return Answer(data, (text,))
    try:
        Path(chosen.to).write_text(text + "\n", encoding="utf-8")
    except OSError as problem:
        raise BadSetting(f"{chosen.to} cannot be written: {problem.strerror}.") from None
    counts = ", ".join(f"{len(data[name])} {name}" for name in ("orders", "addresses", "letters"))
    return Answer({"email": data["email"], "file": chosen.to}, (f"{chosen.to} has {counts}.",))


async def erase(chosen: Namespace) -> Answer:
    email = _email(chosen)
    try:
        if chosen.yes:
            done = await erasing.erase(email, actor(chosen), everything=chosen.now)
        else:
            done = await erasing.look(email, everything=chosen.now)
    except OrderMoved as problem:
        raise Refused(f"Nothing was erased. {problem}") from None
    return _told(email, done, written=chosen.yes)


def _told(email: str, done: Erasure, *, written: bool) -> Answer:
    data = {
        "email": email,
        "written": written,
        "customer": done.customer,
        "carts": done.carts,
        "orders": done.orders,
        "kept": done.kept,
        "kept_until": done.kept_until.isoformat() if done.kept_until else None,
    }
    if done.nothing:
        return Answer(data, (f"Nothing is kept about {email}.",))
    verb = "Erased" if written else "Would be erased"
    lines = [f"{verb}: {_things(done)}."] if done.customer or done.carts or done.orders else []
    if done.kept_until:
        lines.append(
            f"Kept: e-mail and address of {', '.join(done.kept)}, until {done.kept_until:%Y-%m-%d}, when they"
            f" are {RECENT.days} days old. Repeat the command then, or say --now."
        )
    if not written:
        lines.append("Nothing was changed. Say --yes to do it; it cannot be undone.")
    return Answer(data, tuple(lines))


def _things(done: Erasure) -> str:
    things = ["the account"] if done.customer else []
    things += [f"{done.carts} unfinished {'cart' if done.carts == 1 else 'carts'}"] if done.carts else []
    things += [f"what names the shopper in {', '.join(done.orders)}"] if done.orders else []
    return ", ".join(things)


def _email(chosen: Namespace) -> str:
    email = forms.email(chosen.email)
    if email is None:
        raise BadSetting(f"EMAIL must be an address such as ada@example.com, not {chosen.email!r}.")
    return email
