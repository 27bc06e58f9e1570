"""The commands that run the shop itself."""

from shop.serving.commands.kinds import Command, Option

RUN = Command(
    "run",
    "Brings the database up to date, fills the demo shop on its first start, and serves it until Ctrl-C."
    " Without Stripe keys it also starts a Stripe sandbox on the next port.",
    "SHOP_PORT=8080 SHOP_WORKERS=2 python -m shop run",
    "shop.serving.run:main",
)
MIGRATE = Command(
    "migrate",
    "Brings the database up to date. Safe to repeat; two that start together wait for each other.",
    "DATABASE_URL=postgres://shop:secret@db.example/shop python -m shop migrate",
    "shop.serving.migrate:main",
)
DEMO = Command(
    "demo",
    "Puts the demonstration catalogue into a database that has no products, in demo mode or not;"
    " any other database stays as it is.",
    "DATABASE_URL=sqlite:///var/try.sqlite python -m shop demo",
    "shop.serving.demo:main",
)
RECONCILE = Command(
    "reconcile",
    "Asks Stripe about every payment that has not come to an end and makes the orders agree. Safe to"
    " repeat and to run beside the shop, which does the same by itself. Exit code 1: ask again later.",
    "python -m shop reconcile",
    "shop.serving.reconcile:main",
)
AUDIT = Command(
    "audit",
    "Compares the books with Stripe's, both ways, and prints only what differs. Exit code 1: something"
    " does; 3: Stripe did not answer.",
    "python -m shop audit --days 7",
    "shop.serving.audit:main",
    (Option("--days", "how far back (7)", "7"),),
)
SANDBOX = Command(
    "sandbox",
    "Serves a Stripe sandbox on this machine, for a shop that is started with a key that begins with"
    " sk_test_ and with STRIPE_API_BASE=http://127.0.0.1:PORT.",
    "python -m shop sandbox --webhook http://localhost:8000/webhooks/stripe --secret whsec_abc",
    "shop.serving.sandbox:main",
    (
        Option("--port", "where it listens (12111)", "12111"),
        Option("--webhook", "the address that events are delivered to"),
        Option("--secret", "signs the events; begins with whsec_; without one it is made and said"),
        Option("--state", "the file that keeps its state; without one it forgets when it stops"),
    ),
)
