"""The rows behind the sign-in cookie: a new one at every sign-in, none after sign-out."""

from datetime import timedelta

from shop import clock
from shop.customers import mailed_links
from shop.customers.tables import Customer, SignIn
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


@repeatable
async def replace_password(customer: int, hashed: str) -> None:
    """Whoever came in with the former one is out, and links that were mailed before open nothing any more."""
    async with transaction():
        changed = (
            await Customer.update({Customer.password_hash: hashed})
            .where(Customer.id == customer)
            .returning(Customer.email)
        )
        await SignIn.delete().where(SignIn.customer == customer)
        await mailed_links.end_all(changed[0]["email"])
