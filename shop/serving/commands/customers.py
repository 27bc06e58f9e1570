"""The commands about those who buy."""

from shop.serving.commands.kinds import BY, Command, Option

EXPORT = Command(
    "customers export",
    "Writes all that is kept about the person behind an e-mail, as JSON: account, addresses, orders with"
    " their lines and payments, withdrawals, sign-ins, letters. Orders count by the account or, for guests,"
    " by the e-mail.",
    "python -m shop customers export ada@example.com --to ada.json",
    "shop.serving.customers:export",
    (Option("EMAIL", "whose"), Option("--to", "the file to write it to; without it, standard output")),
    answers=True,
)
ERASE = Command(
    "customers erase",
    "Erases what names the person behind an e-mail; without --yes it only says what it would do. Account,"
    " addresses, sign-ins, carts and letters go. Orders keep number, lines, amounts, dates, country and"
    " Stripe's ids, for the books; name, address and e-mail go 60 days after an order was paid and sent, with"
    " --now at once. Refused while an order waits for its payment. It cannot be undone; export first what"
    " must be kept elsewhere.",
    "python -m shop customers erase ada@example.com --yes",
    "shop.serving.customers:erase",
    (
        Option("EMAIL", "whose"),
        Option("--yes", "do it; without this it is a try", switch=True),
        Option("--now", "recent orders too", switch=True),
        BY,
    ),
    answers=True,
)
COMMANDS = (EXPORT, ERASE)
