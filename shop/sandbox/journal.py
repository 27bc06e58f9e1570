"""Every request to the API and its answer, the newest thousand."""

from shop.sandbox.sandbox import Sandbox
from shop.sandbox.shapes import Body

KEPT = 1000
LONGEST = 20_000


def write(sandbox: Sandbox, entry: Body) -> None:
    entry["answer"] = entry["answer"][:LONGEST]
    entry["parameters"] = entry["parameters"][:LONGEST]
    with sandbox.store.transaction():
        sandbox.store.add("journal", entry)
        sandbox.store.keep_newest("journal", KEPT)
