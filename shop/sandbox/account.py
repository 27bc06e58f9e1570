from shop.sandbox import ids
from shop.sandbox.sandbox import Act, Sandbox
from shop.sandbox.shapes import Body, shape


def configure(sandbox: Sandbox) -> None:
    """Made once: a shop may remember which account its database belongs to."""
    with sandbox.act() as act:
        if not act.store.all("account"):
            act.store.add("account", _account(act))


def retrieve(act: Act, _: Body) -> Body:
    return act.store.all("account")[0]


def _account(act: Act) -> Body:
    return shape(
        "account",
        id=ids.new("acct_1", 15),
        business_profile=shape("account.BusinessProfile", name="Sandbox"),
        capabilities={"card_payments": "active", "sepa_debit_payments": "active", "transfers": "active"},
        charges_enabled=True,
        controller={"type": "account"},
        country="DE",
        created=act.now,
        default_currency="eur",
        details_submitted=True,
        email="sandbox@example.com",
        metadata={},
        payouts_enabled=True,
        type="standard",
    )
