"""Links that are mailed, work once and for a quarter of an hour: who opens one reads that mailbox."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from shop import clock
from shop.customers.tables import MailedLink
from shop.mail.links import digest_of, new_nonce, secret_of
from shop.mail.tables import Letter
from shop.web.cookies import ASKED, MINTED, AnyRequest, digest, token

SIGN_IN, PASSWORD, ORDERS = "sign in", "password", "orders"
# Kept as SIGN_IN, with the customer whose e-mail changes.
NEW_EMAIL = "new email"
LEADS_TO = {
    SIGN_IN: "/sign-in/{secret}",
    ORDERS: "/sign-in/{secret}",
    PASSWORD: "/password/{secret}",
    NEW_EMAIL: "/account/email/{secret}",
}
MINUTES = 15
LASTS = timedelta(minutes=MINUTES)
# As long as its page can say what became of it.
REMEMBERED = timedelta(days=1)
LONGEST = 300
# One statement has room for so many keys, however many links somebody asked for.
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Link:
    """`asked_here`: this browser asked for it. `works`: neither used nor too old."""

    kind: str
    email: str
    then: str
    asked_here: bool
    used: bool
    works: bool


async def make(
    kind: str, email: str, browser: str, then: str = "", customer: int | None = None
) -> tuple[str, dict[str, Any]]:
    """The key of the letter with the link in it, and what the letter must tell to have it.

    Inside the caller's transaction. `browser` is the digest of the cookie of whoever asked.
    """
    now, nonce = clock.now(), new_nonce()
    digest = digest_of(secret_of(nonce))
    await forget(MailedLink.expires_at <= now - REMEMBERED)
    await MailedLink.insert(
        MailedLink(
            {
                MailedLink.digest: digest,
                MailedLink.kind: SIGN_IN if kind == NEW_EMAIL else kind,
                MailedLink.customer: customer,
                MailedLink.email: email,
                MailedLink.browser: browser,
                MailedLink.then: then if len(then) <= LONGEST else "",
                MailedLink.created_at: now,
                MailedLink.expires_at: now + LASTS,
            }
        )
    )
    expires_at = (now + LASTS).isoformat()
    facts = {"nonce": nonce, "path": LEADS_TO[kind], "expires_at": expires_at, "minutes": MINUTES}
    return f"link:{digest}", facts


async def look(request: AnyRequest, secret: str, *kinds: str, customer: int | None = None) -> Link | None:
    """The link as it is now; nothing where there never was one, or so long ago that it is forgotten."""
    if not MINTED.fullmatch(secret):
        return None
    found = await MailedLink.objects().where(_meant(secret, kinds, customer)).first()
    if found is None:
        return None
    here, used = token(request, ASKED), found.used_at is not None
    return Link(
        found.kind,
        found.email,
        found.then,
        asked_here=here is not None and digest(here) == found.browser,
        used=used,
        works=not used and found.expires_at > clock.now(),
    )


async def use(secret: str, *kinds: str, customer: int | None = None) -> tuple[str, str] | None:
    """The e-mail and where to go on to; nothing where it does not work. Of two at once, one uses it.

    Inside the caller's transaction.
    """
    now = clock.now()
    used = (
        await MailedLink.update({MailedLink.used_at: now})
        .where(_meant(secret, kinds, customer) & MailedLink.used_at.is_null() & (MailedLink.expires_at > now))
        .returning(MailedLink.email, MailedLink.then)
    )
    return (used[0]["email"], used[0]["then"]) if used else None


async def end_all(email: str) -> None:
    """What was mailed before a password was changed opens nothing any more."""
    await MailedLink.update({MailedLink.used_at: clock.now()}).where(
        (MailedLink.email == email) & MailedLink.used_at.is_null()
    )


async def forget(which: Any) -> None:
    """The rows and the letters that carried them. Inside the caller's transaction."""
    gone = await MailedLink.delete().where(which).returning(MailedLink.digest)
    keys = [f"link:{row['digest']}{end}" for row in gone for end in ("", ":changed")]
    for start in range(0, len(keys), AT_ONCE):
        await Letter.delete().where(Letter.key.is_in(keys[start : start + AT_ONCE]))


async def asked_last(browser: str) -> tuple[str, str] | None:
    """Kind and e-mail of the link that this browser asked for last."""
    found = (
        await MailedLink.select(MailedLink.kind, MailedLink.email, MailedLink.customer)
        .where(MailedLink.browser == browser)
        .order_by(MailedLink.id, ascending=False)
        .first()
    )
    return (NEW_EMAIL if found["customer"] else found["kind"], found["email"]) if found else None


def _meant(secret: str, kinds: tuple[str, ...], customer: int | None) -> Any:
    """A link that changes an e-mail is that customer's alone, and signs nobody in."""
    whose = MailedLink.customer.is_null() if customer is None else MailedLink.customer == customer
    return (MailedLink.digest == digest_of(secret)) & MailedLink.kind.is_in(list(kinds)) & whose
