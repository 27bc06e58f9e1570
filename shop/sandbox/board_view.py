"""The dashboard's finished values: rows, and what may be done with each."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from shop.sandbox import totals
from shop.sandbox.pages import money
from shop.sandbox.rooms import Rooms
from shop.sandbox.shapes import Body
from shop.sandbox.store import Store

MOST = 25
GOOD = {"complete", "succeeded", "won", "delivered", "paid"}
BAD = {"failed", "expired", "canceled", "lost", "dropped", "given up", "needs_response"}


@dataclass(frozen=True)
class Hand:
    """A button: what it does, and what it says."""

    act: str
    label: str
    fields: dict[str, str] = field(default_factory=dict)
    asks_amount: bool = False


@dataclass(frozen=True)
class Row:
    id: str
    link: str
    when: str
    amount: str
    status: str
    about: str
    hands: list[Hand]

    @property
    def mood(self) -> str:
        return "good" if self.status in GOOD else "bad" if self.status in BAD else "plain"


@dataclass(frozen=True)
class Section:
    name: str
    empty: str
    rows: list[Row]


@dataclass(frozen=True)
class Board:
    sections: list[Section]
    sums: list[tuple[str, str]]
    now: str
    ahead: int
    endpoint: str | None
    problem: str | None
    requests: list[Body]


def of(rooms: Rooms, problem: str | None) -> Board:
    store = rooms.store
    endpoints = store.all("webhook_endpoint")
    return Board(
        sections=[
            Section(
                "Sessions", "No shop has made a session yet.", _rows(store, "checkout.session", _session)
            ),
            Section("Payments", "Nobody has paid yet.", _rows(store, "payment_intent", _payment)),
            Section("Refunds", "Nothing was returned yet.", _rows(store, "refund", _refund)),
            Section("Disputes", "Nobody has disputed a payment yet.", _rows(store, "dispute", _dispute)),
            Section("Deliveries", "No event was sent yet.", _rows(store, "delivery", _delivery)),
        ],
        sums=_sums(totals.of(store)),
        now=_time(rooms.now),
        ahead=round(rooms.sandbox.clock.ahead / 60),
        endpoint=", ".join(endpoint["url"] for endpoint in endpoints) or None,
        problem=problem,
        requests=store.all("journal", newest_first=True)[:MOST],
    )


def _rows(store: Store, kind: str, row: Callable[[Body], Row]) -> list[Row]:
    bodies = store.page(kind, limit=MOST, after=None, before=None)
    return [row(body) for body in bodies]


def _session(session: Body) -> Row:
    acts = [Hand("pay", "Pay"), Hand("pay", "Decline", {"outcome": "decline"})]
    acts += [Hand("pay", "Pay later", {"outcome": "delayed"})] if session["currency"] == "eur" else []
    acts += [Hand("expire", "Expire")]
    about = session["client_reference_id"] or ""
    link = session["url"] or f"/objects/checkout.session/{session['id']}"
    return _row(session, session["amount_total"], about, acts if session["status"] == "open" else [], link)


def _payment(intent: Body) -> Row:
    acts = {
        "processing": [Hand("succeed", "Let it succeed"), Hand("fail", "Let it fail")],
        "succeeded": [
            Hand("refund", "Refund", asks_amount=True),
            Hand("dispute", "Dispute"),
            Hand("dispute", "Inquire", {"reason": "inquiry"}),
        ],
    }
    problem = (intent["last_payment_error"] or {}).get("message", "")
    link = f"/payments/{intent['id']}"
    return _row(intent, intent["amount"], problem, acts.get(intent["status"], []), link)


def _refund(refund: Body) -> Row:
    acts = [Hand("finish-refund", "Let it arrive")] if refund["status"] == "pending" else []
    acts += [Hand("fail-refund", "Let it fail")] if refund["status"] in ("pending", "succeeded") else []
    return _row(
        refund, refund["amount"], refund["payment_intent"] or "", acts, f"/objects/refund/{refund['id']}"
    )


def _dispute(dispute: Body) -> Row:
    acts: list[Hand] = []
    if dispute["status"] in ("needs_response", "under_review"):
        acts = [Hand("win", "Let the shop win"), Hand("lose", "Let it lose")]
    elif dispute["status"].startswith("warning_") and dispute["status"] != "warning_closed":
        acts = [Hand("escalate", "Make it a dispute"), Hand("lose", "Close it")]
    return _row(dispute, dispute["amount"], dispute["reason"], acts, f"/objects/dispute/{dispute['id']}")


def _delivery(delivery: Body) -> Row:
    last = delivery["attempts"][-1] if delivery["attempts"] else {"status": None, "problem": "not tried yet"}
    tries = len(delivery["attempts"])
    about = f"{delivery['type']}: {last['status'] or last['problem']}" + (
        f", {tries} tries" if tries > 1 else ""
    )
    return Row(
        id=delivery["event"],
        link=f"/objects/event/{delivery['event']}",
        when=_time(delivery["created"]),
        amount="",
        status=delivery["state"],
        about=about,
        hands=[Hand("resend", "Send again")],
    )


def _row(body: Body, amount: int, about: str, acts: list[Hand], link: str) -> Row:
    shown = money(amount, body["currency"])
    subject = str(body["id"])
    return Row(subject, link, _time(body["created"]), shown, body["status"], about, acts)


def _sums(sums: Body) -> list[tuple[str, str]]:
    names = {
        "charged": "Charged",
        "refunded": "Refunded",
        "refunds_pending": "On its way back",
        "disputed": "Lost",
    }
    return [
        (label, " · ".join(money(amount, currency) for currency, amount in sums[name].items()) or "nothing")
        for name, label in names.items()
    ]


def _time(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%d %b, %H:%M:%S")
