"""All commands, as data. What one of them needs is imported when it runs, so that --help answers at once."""

from shop.serving.commands import customers, goods, mailing, people, running, selling
from shop.serving.commands.kinds import Command

COMMANDS: tuple[Command, ...] = (
    running.RUN,
    running.MIGRATE,
    running.DEMO,
    running.RECONCILE,
    running.AUDIT,
    running.SANDBOX,
    *goods.COMMANDS,
    *selling.COMMANDS,
    *customers.COMMANDS,
    *people.COMMANDS,
    mailing.MAIL,
)
# The first word of commands that have two, and what they are about.
GROUPS: dict[str, str] = {
    "products": "Brings the merchant's own goods in and out",
    "stock": "Counts what lies in the shop",
    "orders": "Shows what was sold, sends it, gives money back",
    "customers": "Tells what is kept about somebody, and erases it",
    "staff": "Says who works in the shop",
}
