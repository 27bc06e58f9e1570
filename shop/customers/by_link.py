"""Coming in by a mailed link: whoever has it reads the mailbox, so the e-mail is theirs."""

from typing import Literal

from shop import clock
from shop.customers import mailed_links
from shop.customers.mailed_links import ORDERS, PASSWORD, SIGN_IN
from shop.customers.tables import Customer, SignIn
from shop.database import repeatable, transaction
from shop.mail import outbox
from shop.mail.links import digest_of


@repeatable
async def sign_in(secret: str, here: int | None) -> tuple[int, str] | None:
    """The customer and where they wanted to go; nothing where the link does not work.

    `here` is the customer who is signed in in this browser. An e-mail without an account gets one.
    """
    async with transaction():
        used = await mailed_links.use(secret, SIGN_IN, ORDERS)
        if used is None:
            return None
        email, then = used
        return await _confirmed(email, here), then


@repeatable
async def choose_password(secret: str, hashed: str) -> int | None:
    """The customer, now with this password and signed in nowhere; nothing where the link does not work."""
    async with transaction():
        used = await mailed_links.use(secret, PASSWORD)
        changed = used and (
            await Customer.update({Customer.password_hash: hashed, Customer.confirmed_at: clock.now()})
            .where(Customer.email == used[0])
            .returning(Customer.id)
        )
        if not used or not changed:
            return None
        customer = int(changed[0]["id"])
        await SignIn.delete().where(SignIn.customer == customer)
        await mailed_links.end_all(used[0])
        return customer


@repeatable
async def change_email(secret: str, customer: int) -> Literal["changed", "taken", "over"]:
    """`taken`: somebody has an account with that e-mail. `over`: the link does not work."""
    async with transaction():
        used = await mailed_links.use(secret, SIGN_IN, customer=customer)
        if used is None:
            return "over"
        if await Customer.exists().where(Customer.email == used[0]):
            return "taken"
        before = await Customer.select(Customer.email).where(Customer.id == customer).first()
        await Customer.update({Customer.email: used[0], Customer.confirmed_at: clock.now()}).where(
            Customer.id == customer
        )
        if before:
            await mailed_links.end_all(before["email"])
            # Whoever knows the password must not change it behind the owner's back.
            key = f"link:{digest_of(secret)}:changed"
            await outbox.write(key, "email changed", before["email"], {"email": used[0]})
        return "changed"


async def ends_a_password(email: str, here: int | None) -> bool:
    """Whether signing in by a link here ends a password that was chosen before the e-mail was confirmed."""
    found = await _unproven(email)
    return found is not None and found.password_hash != "" and found.id != here


async def _confirmed(email: str, here: int | None) -> int:
    now = clock.now()
    new = Customer(email=email, password_hash="", created_at=now, confirmed_at=now)
    await Customer.insert(new).on_conflict(action="DO NOTHING")
    unproven = await _unproven(email)
    if unproven is not None:
        await Customer.update({Customer.confirmed_at: now}).where(Customer.id == unproven.id)
        if unproven.id != here:
            await _end_what_was_before(unproven.id)
    known = await Customer.select(Customer.id).where(Customer.email == email).first()
    assert known is not None
    return int(known["id"])


async def _unproven(email: str) -> Customer | None:
    """A customer who has typed this e-mail, and may have typed somebody else's."""
    return await Customer.objects().where((Customer.email == email) & Customer.confirmed_at.is_null()).first()


async def _end_what_was_before(customer: int) -> None:
    # Whoever registered with somebody else's e-mail and waited must not read what its owner does now.
    await Customer.update({Customer.password_hash: ""}).where(Customer.id == customer)
    await SignIn.delete().where(SignIn.customer == customer)
