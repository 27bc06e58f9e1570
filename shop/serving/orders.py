"""`python -m shop orders list`, `show` and `ship`."""

from argparse import Namespace
from dataclasses import asdict
from datetime import datetime
from zoneinfo import ZoneInfo

from shop.backoffice import orders, shipping
from shop.backoffice.slip import slip
from shop.environment import BadSetting
from shop.errors import NotFound, NotToBeSent
from shop.orders.tables import Order
from shop.serving import order_text
from shop.serving.commands.carrying_out import actor
from shop.serving.commands.kinds import LOOK, Answer, Refused
from shop.settings import settings

LONGEST = {"carrier": 100, "tracking": 100, "tracking_url": 500}


async def show_all(chosen: Namespace) -> Answer:
    found = await orders.seen(chosen.status, _day(chosen.since))
    if chosen.to_ship:
        found = tuple(order for order in found if order.waits_to_be_sent)
    data = {"orders": [asdict(order) | {"to_ship": order.waits_to_be_sent} for order in found]}
    return Answer(data, tuple(map(order_text.line, found)) or ("No order was placed yet, or none fits.",))


async def show(chosen: Namespace) -> Answer:
    told = await orders.everything(await order_of(chosen))
    if chosen.slip:
        text = slip(told)
        return Answer({"number": told["number"], "slip": text}, text)
    return Answer(told, order_text.everything(told))


async def ship(chosen: Namespace) -> Answer:
    order = await order_of(chosen)
    parcel = {name: str(getattr(chosen, name)).strip() for name in LONGEST}
    for name, text in parcel.items():
        if len(text) > LONGEST[name] or not text.isprintable():
            raise BadSetting(
                f"--{name.replace('_', '-')} has room for {LONGEST[name]} characters in one line."
            )
    if parcel["tracking_url"] and not parcel["tracking_url"].startswith(("https://", "http://")):
        raise BadSetting("--tracking-url must begin with https:// or http://.")
    try:
        before = await shipping.ship(order, parcel, actor(chosen), anyway=chosen.anyway)
    except NotToBeSent as problem:
        hint = (
            ""
            if chosen.anyway or order.status != "paid" or order.review
            else " --anyway sends it all the same."
        )
        raise Refused(f"Order {order.number} was not sent: {problem}.{hint}") from None
    data = {"number": order.number, **parcel, "new": before is None}
    if before is None:
        return Answer(data, (f"Order {order.number} is on its way; {order.email} gets a letter.",))
    was = {name: getattr(before, name) for name in LONGEST}
    sentence = f"Order {order.number} was sent on {order_text.moment(before.sent_at)} already"
    if any(parcel.values()) and parcel != was:
        known = " ".join(filter(None, was.values())) or "nothing"
        return Answer(data | was, (), LOOK, f"{sentence}, with {known} about the parcel; that stays.")
    return Answer(data | was, (f"{sentence}; nothing was to be done.",))


async def order_of(chosen: Namespace) -> Order:
    try:
        return await orders.by_number(chosen.number)
    except NotFound:
        raise Refused(
            f"There is no order {chosen.number}; `python -m shop orders list` lists them."
        ) from None


def _day(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        day = datetime.strptime(text, "%Y-%m-%d")  # noqa: DTZ007 - the shop's own zone comes next
    except ValueError:
        raise BadSetting(f"--since must be a day such as 2026-11-24, not {text!r}.") from None
    return day.replace(tzinfo=ZoneInfo(settings().timezone))
