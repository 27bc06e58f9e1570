"""The payment page's finished values."""

from dataclasses import dataclass

from shop.sandbox import bank_accounts, cards, language, sentences
from shop.sandbox.page_form import PageForm
from shop.sandbox.pages import money
from shop.sandbox.shapes import Body
from shop.sandbox.store import Store


@dataclass(frozen=True)
class Line:
    description: str
    quantity: int
    unit: str
    total: str


@dataclass(frozen=True)
class Way:
    """A way to deliver."""

    rate: str
    name: str
    price: str
    is_chosen: bool


@dataclass(frozen=True)
class PageView:
    session: Body
    lines: list[Line]
    ways: list[Way]
    total: str
    subtotal: str
    shipping: str | None
    delivery: str
    method: str
    methods: list[str]
    form: PageForm
    problem: str | None
    cards: list[cards.Card]
    accounts: list[bank_accounts.BankAccount]


def of(store: Store, form: PageForm, problem: Body | None) -> PageView:
    session = form.session
    currency = session["currency"]
    wanted = form.text("method")
    shipped, spoken = session["shipping_cost"], language.of(session)
    ways = _ways(store, session, spoken)
    return PageView(
        session=session,
        lines=_lines(store, session, spoken),
        ways=ways,
        total=money(session["amount_total"], currency, spoken),
        subtotal=money(session["amount_subtotal"], currency, spoken),
        shipping=money(shipped["amount_total"], currency, spoken) if shipped else None,
        delivery=next((way.name for way in ways if way.is_chosen), ""),
        method=wanted if wanted in session["payment_method_types"] else session["payment_method_types"][0],
        methods=session["payment_method_types"],
        form=form,
        problem=form.say(sentences.why(problem)) if problem else None,
        cards=list(cards.CARDS.values()),
        accounts=[*bank_accounts.BANK_ACCOUNTS.values(), bank_accounts.UNDECIDED],
    )


def success_url(session: Body) -> str:
    return str(session["success_url"]).replace("{CHECKOUT_SESSION_ID}", session["id"])


def _lines(store: Store, session: Body, spoken: str) -> list[Line]:
    details = store.find("session_details", session["id"]) or {"lines": []}
    return [
        Line(
            description=line["description"] or "",
            quantity=line["quantity"],
            unit=money(line["price"]["unit_amount"] or 0, line["currency"], spoken),
            total=money(line["amount_total"], line["currency"], spoken),
        )
        for line in details["lines"]
    ]


def _ways(store: Store, session: Body, spoken: str) -> list[Way]:
    chosen = (session["shipping_cost"] or {}).get("shipping_rate")
    ways = []
    for option in session["shipping_options"]:
        rate = store.find("shipping_rate", option["shipping_rate"]) or {
            "display_name": option["shipping_rate"]
        }
        price = money(option["shipping_amount"], session["currency"], spoken)
        ways.append(
            Way(option["shipping_rate"], rate["display_name"], price, option["shipping_rate"] == chosen)
        )
    return ways
