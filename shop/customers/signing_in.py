"""The rows behind the sign-in cookie: a new one at every sign-in, none after sign-out."""

from datetime import timedelta

from shop import clock
from shop.customers.tables import SignIn
from shop.database import repeatable, transaction
from shop.web.cookies import LIVES, SIGNED_IN, digest, mint

LASTS = timedelta(seconds=LIVES[SIGNED_IN])


@repeatable
async def sign_in(customer: int, instead_of: str | None) -> str:
    """A token for the cookie; the one that the browser had before is worth nothing from now on."""
    token, now = mint(), clock.now()
    async with transaction():
        await SignIn.delete().where((SignIn.expires_at <= now) | (SignIn.digest == digest(instead_of or "")))
        await SignIn.insert(
            SignIn(
                {
                    SignIn.digest: digest(token),
                    SignIn.customer: customer,
                    SignIn.created_at: now,
                    SignIn.expires_at: now + LASTS,
                }
            )
        )
    return token


async def sign_out(token: str) -> None:
    await SignIn.delete().where(SignIn.digest == digest(token))
