"""The account numbers that Stripe publishes for tests of SEPA debits, the sandbox's delayed way to pay."""

import re
from dataclasses import dataclass

SOON, LATER = 10, 180


@dataclass(frozen=True)
class BankAccount:
    """`after` None: the money comes, or not, when somebody says so."""

    iban: str
    does: str
    succeeds: bool = True
    after: int | None = SOON
    dispute: str | None = None

    @property
    def last4(self) -> str:
        return self.iban[-4:]


BANK_ACCOUNTS = {
    account.iban: account
    for account in (
        BankAccount("AT611904300234573201", "pays after ten seconds"),
        BankAccount("AT321904300235473204", "pays after three minutes", after=LATER),
        BankAccount("AT861904300235473202", "fails after ten seconds", succeeds=False),
        BankAccount("AT591904300235473203", "fails after three minutes", succeeds=False, after=LATER),
        BankAccount("AT051904300235473205", "pays, then is disputed", dispute="fraudulent"),
    )
}
# Not Stripe's: it waits until the dashboard or a test decides.
UNDECIDED = BankAccount("AT861904300235473299", "waits until you decide", after=None)


def find(iban: str) -> BankAccount | None:
    normal = re.sub(r"\s", "", iban).upper()
    return UNDECIDED if normal == UNDECIDED.iban else BANK_ACCOUNTS.get(normal)


def passes_checksum(iban: str) -> bool:
    normal = re.sub(r"\s", "", iban).upper()
    if not re.fullmatch(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}", normal):
        return False
    turned = normal[4:] + normal[:4]
    return int("".join(str(int(character, 36)) for character in turned)) % 97 == 1
