"""The commands for what was sold."""

from shop.serving.commands.kinds import BY, Command, Option

NUMBER = Option("NUMBER", "the order's number, as the shopper and Stripe know it")
WHY = Option("--why", "the reason, for the books; with a refund the shopper reads it, too", needed=True)

LIST = Command(
    "orders list",
    "Lists placed orders, the newest first.",
    "python -m shop orders list --to-ship",
    "shop.serving.orders:show_all",
    (
        Option("--status", "only these", choices=("pending", "processing", "paid", "cancelled")),
        Option("--to-ship", "only those that are paid and wait to be sent", switch=True),
        Option("--since", "only those placed on or after a day, such as 2026-11-24"),
    ),
    answers=True,
)
SHOW = Command(
    "orders show",
    "Shows one order: what, for whom, where to, what was paid and given back, and all that happened.",
    "python -m shop orders show K7QM2X9P --slip",
    "shop.serving.orders:show",
    (NUMBER, Option("--slip", "the packing slip instead: address and pieces, no prices", switch=True)),
    answers=True,
)
SHIP = Command(
    "orders ship",
    "Says that a paid order is on its way, or was handed over; the shopper gets a letter. Said again, nothing"
    " happens. Refused for what is not paid, was given back, is disputed or withdrawn from.",
    "python -m shop orders ship K7QM2X9P --carrier DHL --tracking 00340434161094042557",
    "shop.serving.orders:ship",
    (
        NUMBER,
        Option("--carrier", "who brings it", ""),
        Option("--tracking", "the carrier's number for the parcel", ""),
        Option("--tracking-url", "where the shopper can follow it", ""),
        Option("--anyway", "also what was given back, is disputed or withdrawn from", switch=True),
        BY,
    ),
    answers=True,
)
REFUND = Command(
    "orders refund",
    "Gives money back: all that is left, or an amount. The same amount twice within ten minutes is taken for"
    " a mistake and refused without --again. Exit code 3: Stripe did not answer; the reconciler goes on.",
    'python -m shop orders refund K7QM2X9P --amount 5.00 --why "the handle was chipped"',
    "shop.serving.giving_back:refund",
    (
        NUMBER,
        WHY,
        Option("--amount", "such as 5.00; without it, all that is left"),
        Option("--again", "once more, although the same was given back just now", switch=True),
        Option("--request", "a key of your own: with the same key the money goes back once"),
        BY,
    ),
    answers=True,
)
CANCEL = Command(
    "orders cancel",
    "Cancels an order that is not paid: its page at Stripe is closed first. If it was paid meanwhile, it is"
    " paid. Exit code 3: Stripe did not answer; the wish stands and the reconciler goes on.",
    'python -m shop orders cancel K7QM2X9P --why "the shopper called"',
    "shop.serving.giving_back:cancel",
    (NUMBER, WHY, BY),
    answers=True,
)
COMMANDS = (LIST, SHOW, SHIP, REFUND, CANCEL)
