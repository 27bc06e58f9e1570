"""The commands about those who work in the shop."""

from shop.serving.commands.kinds import Command, Option

CREATE = Command(
    "staff create",
    "Lets somebody work in the back office. The password is asked for, or read from standard input; it never"
    " stands in the command. Whoever was retired comes back with the new password.",
    "python -m shop staff create merchant@example.com",
    "shop.serving.staff:create",
    (Option("EMAIL", "with which they sign in"),),
    answers=True,
)
LIST = Command(
    "staff list",
    "Lists who works in the shop.",
    "python -m shop staff list --json",
    "shop.serving.staff:show",
    answers=True,
)
RETIRE = Command(
    "staff retire",
    "Shuts the back office to somebody. The rows that name them stay.",
    "python -m shop staff retire merchant@example.com",
    "shop.serving.staff:retire",
    (Option("EMAIL", "with which they sign in"),),
    answers=True,
)
COMMANDS = (CREATE, LIST, RETIRE)
