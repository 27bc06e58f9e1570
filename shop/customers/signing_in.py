"""The rows behind the sign-in cookie: a new one at every sign-in, none after sign-out."""

from datetime import timedelta

from shop import clock
from shop.customers import mailed_links
from shop.customers.tables import Customer, SignIn
from shop.database import repeatable, transaction
from shop.web.cookies import LIVES, SIGNED_IN, digest, mint

LASTS = timedelta(seconds=LIVES[SIGNED_IN])


@repeatable
async def sign_in(customer: int, instead_of: str | None, password_hash: str | None = None) -> str | None:
    """A token for the cookie; the one that the browser had before is worth nothing from now on.

    None where the password with this hash, by which somebody comes in, was ended or changed meanwhile.
    """
    token, now = mint(), clock.now()
    async with transaction():
        if password_hash is not None and not await _replaced(customer, password_hash, password_hash):
            return None
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
async def replace_password(customer: int, old: str, new: str) -> bool:
    """Whoever came in with the former one is out, and links that were mailed before open nothing any more.

    False where the password is not `old` any more. Both are hashes.
    """
    async with transaction():
        email = await _replaced(customer, old, new)
        if email is None:
            return False
        await SignIn.delete().where(SignIn.customer == customer)
        await mailed_links.end_all(email)
        return True


async def _replaced(customer: int, old: str, new: str) -> str | None:
    """The customer's e-mail; nobody else changes the password until the caller's transaction ends."""
    changed = (
        await Customer.update({Customer.password_hash: new})
        .where((Customer.id == customer) & (Customer.password_hash == old))
        .returning(Customer.email)
    )
    return str(changed[0]["email"]) if changed else None
