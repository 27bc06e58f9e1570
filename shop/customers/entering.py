"""Who may come in: a new customer, or a known one with the right password."""

from dataclasses import dataclass

from anyio import CapacityLimiter

from shop import clock
from shop.customers import brakes, passwords, tries
from shop.customers.password_rules import complaint
from shop.customers.signing_in import replace_password
from shop.customers.tables import Customer
from shop.web import forms
from shop.web.forms import NO_EMAIL
from shop.web.words import gettext as _
from shop.web.words import later

EMPTY = later("Enter your password.")
NOT_TOGETHER = later("This e-mail and this password do not go together. Check both and try again.")
NOT_YOURS = later("This is not your password. Check it and try again.")
TAKEN = later(
    "This e-mail cannot be used for a new account. If it is yours, sign in with the password you have,"
    " or have a link mailed to you."
)
# Counted tries are looked up in here, so that a burst cannot outrun its own count.
DOOR = CapacityLimiter(2)


@dataclass(frozen=True, slots=True)
class Refused:
    """Nobody came in: what to say at which field, and for how many seconds not to try again."""

    email: str | None = None
    password: str | None = None
    new: str | None = None
    wait: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """A customer whose password was shown, and how it was kept at that moment."""

    customer: int
    password_hash: str


async def register(typed: str, password: str, address: str) -> Known | Refused:
    """The new customer; the known one where somebody registers again with the right password."""
    email = forms.email(typed)
    objection = complaint(password, email or "")
    if email is None or objection:
        return Refused(None if email else _(NO_EMAIL), objection)
    seconds = await brakes.press(brakes.accounts_from(address)) if address else 0
    if seconds:
        return Refused(email=brakes.sentence(seconds), wait=seconds)
    added = await add(email, password)
    return added if added is not None else await _prove(email, password, address, Refused(email=_(TAKEN)))


async def recognise(typed: str, password: str, address: str) -> Known | Refused:
    """The customer with this e-mail and password; `address` is where the request came from."""
    email = forms.email(typed)
    if email is None or not password:
        return Refused(None if email else _(NO_EMAIL), None if password else _(EMPTY))
    return await _prove(email, password, address, Refused(password=_(NOT_TOGETHER)))


async def show_again(email: str, password: str, address: str) -> Known | Refused:
    """Whoever is signed in shows the password once more, before something that could lock its owner out."""
    if not password:
        return Refused(password=_(EMPTY))
    return await _prove(email, password, address, Refused(password=_(NOT_YOURS)))


async def change_password(email: str, current: str, new: str, address: str) -> Known | Refused:
    """The customer, now with the new password and signed in nowhere."""
    objection = complaint(new, email)
    if not current or objection:
        return Refused(new=objection, password=None if current else _(EMPTY))
    known = await show_again(email, current, address)
    if isinstance(known, Refused):
        return known
    hashed = await passwords.hashed(new)
    replaced = await replace_password(known.customer, known.password_hash, hashed)
    return Known(known.customer, hashed) if replaced else Refused(password=_(NOT_YOURS))


async def add(email: str, password: str) -> Known | None:
    """A new customer, or nothing where the e-mail is known; of two at once, one is added."""
    if await Customer.exists().where(Customer.email == email):
        return None
    hashed = await passwords.hashed(password)
    new = Customer({Customer.email: email, Customer.password_hash: hashed, Customer.created_at: clock.now()})
    added = await Customer.insert(new).on_conflict(action="DO NOTHING").returning(Customer.id)
    return Known(added[0]["id"], hashed) if added else None


async def _prove(email: str, password: str, address: str, otherwise: Refused) -> Known | Refused:
    async with DOOR:
        seconds = await tries.wait(email, address)
        if seconds:
            return Refused(password=brakes.sentence(seconds), wait=seconds)
        known = await Customer.objects().where(Customer.email == email).first()
        right = await passwords.agrees(password, known.password_hash if known else None)
        if known is None or not right:
            await tries.note(email, address)
            return otherwise
    await tries.forget(email, address)
    return Known(known.id, await _renewed(known, password))


async def _renewed(customer: Customer, password: str) -> str:
    old: str = customer.password_hash
    if not passwords.outdated(old):
        return old
    hashed = await passwords.hashed(password)
    # Not where it was changed meanwhile.
    await Customer.update({Customer.password_hash: hashed}).where(
        (Customer.id == customer.id) & (Customer.password_hash == old)
    )
    return hashed
