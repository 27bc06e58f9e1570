"""What can happen, drawn by chance and told in a sentence; any part of a history is a history."""

import random
from dataclasses import dataclass, replace

# Two browsers are ada's: she begins at one and goes on at the other.
BROWSERS = {"ada": "ada", "ada elsewhere": "ada", "ben": "ben"}

WEIGHTS = {
    # Shoppers.
    "adds": 18, "changes": 4, "looks_and_pays": 22, "pays_what_was_looked_at": 4, "looks": 2,
    "pays_in_two_tabs": 3, "continues": 5, "reopens": 6, "comes_back": 8, "opens_an_order": 4,
    "looks_at_the_cart": 3,
    # Customers.
    "registers": 4, "signs_in": 9, "signs_out": 5, "looks_at_the_account": 2,
    # Stripe.
    "pays_at_stripe": 28, "a_session_ends": 3, "a_debit_settles": 5, "stripe_refunds": 2, "a_refund_ends": 2,
    "a_dispute_begins": 1, "a_dispute_ends": 1, "news_arrives": 24, "old_news_arrives": 4,
    "stripe_fails": 5, "stripe_is_away": 1, "stripe_works": 6,
    # The merchant, the shop itself, and time.
    "staff_refunds": 8, "staff_refunds_again": 6, "staff_cancels": 3, "reconciler": 8, "the_shop_gives_up": 5,
    "time_passes": 4,
}  # fmt: skip
# How many of the shop's named steps these come past: it is worth lying in wait there.
COMES_PAST = {
    "looks_and_pays": 4, "pays_what_was_looked_at": 4, "pays_in_two_tabs": 4, "continues": 3, "reopens": 4,
    "comes_back": 3, "news_arrives": 3, "reconciler": 3, "staff_refunds": 6, "staff_refunds_again": 1,
    "staff_cancels": 5,
}  # fmt: skip
OPENING = (
    ("ada", "registers", 0.5), ("ada", "adds", 0.8), ("ada", "looks_and_pays", 0.6),
    ("ada elsewhere", "adds", 0.5), ("ada elsewhere", "looks_and_pays", 0.25),
    ("ada elsewhere", "adds", 0.25), ("ada elsewhere", "signs_in", 0.4),
    ("ben", "registers", 0.4), ("ben", "adds", 0.8), ("ben", "looks_and_pays", 0.6),
)  # fmt: skip
# What is worth doing while somebody else is in the middle of something.
CROSSES = [
    deed
    for deed in WEIGHTS
    if not deed.startswith("looks_at_") and deed not in {"looks", "opens_an_order", "pays_in_two_tabs"}
]
OFTEN, CROSSED = 0.45, 0.6
ALWAYS = {"adds", "looks_and_pays", "pays_at_stripe", "news_arrives"}
PRESENT = (("ada", "ada elsewhere", "ben"), ("ada", "ada elsewhere"), ("ada", "ben"), ("ada",))


@dataclass(frozen=True)
class Step:
    """`a`, `b`, `c` are whatever the deed makes of them.

    With `at` an interruption lies in wait from this step on: whoever comes past that many more of the shop's
    named steps meets a rival there, who does all of their own meanwhile, or is a process that dies.
    """

    deed: str
    who: str = "ada"
    a: int = 0
    b: int = 0
    c: int = 0
    at: int | None = None
    rival: "Step | None" = None

    def __str__(self) -> str:
        said = f"{self.who}: {self.deed.replace('_', ' ')} ({self.a}, {self.b}, {self.c})"
        if self.at is None:
            return said
        what = f"[{self.rival}] comes between" if self.rival else "the process dies"
        return f"{said}; from here on at named step {self.at}: {what}"


def drawn(seed: int) -> list[Step]:
    chance = random.Random(seed)
    chances = _Chances(chance)
    opening = [
        Step(deed, who, chance.randrange(4), 1, 1) for who, deed, often in OPENING if chance.random() < often
    ]
    middle = [chances.step() for _ in range(chance.randint(8, 44))]
    # In the end the shop catches up, and what lies in wait still does so then.
    return [*opening, *middle, Step("stripe_works"), Step("reconciler"), Step("reconciler")]


class _Chances:
    """Each history has a character: some things happen in it often, and others never."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        moods = {deed: chance.choice((1, 1, 3) if deed in ALWAYS else (0, 1, 1, 4)) for deed in WEIGHTS}
        self._weights = {deed: weight * moods[deed] for deed, weight in WEIGHTS.items()}
        self._crosses = {deed: self._weights[deed] for deed in CROSSES}
        self._browsers = chance.choice(PRESENT)

    def step(self) -> Step:
        step = self._simple(self._weights)
        if step.deed not in COMES_PAST or self._chance.random() > OFTEN:
            return step
        rival = self._simple(self._crosses) if self._chance.random() < CROSSED else None
        return replace(step, at=self._chance.randrange(COMES_PAST[step.deed]), rival=rival)

    def _simple(self, weights: dict[str, int]) -> Step:
        [deed] = self._chance.choices(list(weights), list(weights.values()))
        a, b, c = [self._chance.randrange(1000) for _ in range(3)]
        return Step(deed, self._chance.choice(self._browsers), a, b, c)
