"""Who is asking: a customer by the sign-in cookie, a guest by the cart cookie, or nobody yet."""

from dataclasses import dataclass
from typing import Any

from shop import clock
from shop.customers.tables import SignIn
from shop.web import cookies
from shop.web.cookies import CART, SIGNED_IN, AnyRequest


@dataclass(frozen=True, slots=True)
class Shopper:
    """`customer` is a row's id and never leaves the server; `guest_key` is a digest of the cart cookie.

    `confirmed`: a mailed link has shown that the e-mail is theirs.
    """

    customer: int | None = None
    email: str = ""
    guest_key: str | None = None
    confirmed: bool = False
    has_password: bool = False

    @property
    def signed_in(self) -> bool:
        return self.customer is not None


async def who(request: AnyRequest) -> Shopper:
    guest = cookies.token(request, CART)
    guest_key = cookies.digest(guest) if guest else None
    signed_in = cookies.token(request, SIGNED_IN)
    if signed_in:
        found = await _customer(signed_in)
        if found:
            return Shopper(
                found["customer"],
                found["customer.email"],
                guest_key,
                confirmed=found["customer.confirmed_at"] is not None,
                has_password=found["customer.password_hash"] != "",
            )
    return Shopper(guest_key=guest_key)


async def _customer(token: str) -> dict[str, Any] | None:
    return (
        await SignIn.select(
            SignIn.customer,
            SignIn.customer.email,
            SignIn.customer.confirmed_at,
            SignIn.customer.password_hash,
        )
        .where((SignIn.digest == cookies.digest(token)) & (SignIn.expires_at > clock.now()))
        .first()
    )
