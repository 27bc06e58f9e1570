"""The command about letters."""

from shop.serving.commands.kinds import Command, Option

MAIL = Command(
    "mail",
    "Lists the letters that wait to be sent and those that were given up, without what they say; the running"
    " shop sends them. Exit code 1: one was given up, or has waited for more than an hour.",
    "python -m shop mail --retry",
    "shop.serving.mail:main",
    (Option("--retry", "let those that were given up be tried again, from now on", switch=True),),
    answers=True,
)
