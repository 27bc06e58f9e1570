"""The outbox: letters are written in the transaction that causes them and sent afterwards."""

from piccolo.columns import JSONB, BigSerial, Integer, Timestamptz, Varchar
from piccolo.table import Table


class Letter(Table, tablename="outbox"):
    """One letter to one person, known by a key that says what it is about: at most one letter per key.

    It names nothing by foreign key, so that it outlives what it tells about.
    """

    id = BigSerial(primary_key=True)
    key = Varchar(length=200, unique=True, null=False)
    kind = Varchar(length=50, null=False)
    recipient = Varchar(length=254, null=False)
    locale = Varchar(length=20, null=False)
    facts = JSONB(null=False, default="{}")
    written_at = Timestamptz(null=False)
    send_after = Timestamptz(null=False, index=True)
    tries = Integer(null=False, default=0)
    problem = Varchar(length=500, null=True, default=None)
    sent_at = Timestamptz(null=True, default=None)
    given_up_at = Timestamptz(null=True, default=None)
