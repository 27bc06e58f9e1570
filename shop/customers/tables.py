"""Shoppers with an account, the browsers in which they are signed in, and wrong tries."""

from piccolo.columns import BigSerial, ForeignKey, Integer, OnDelete, Timestamptz, Varchar
from piccolo.constraints import Check
from piccolo.table import Table


class Customer(Table, tablename="customer"):
    """`email` is kept as it is compared: trimmed and in lower case. `confirmed_at`: a mailed link came back.

    An empty `password_hash` fits no password: such a customer signs in by mailed links only.
    """

    id = BigSerial(primary_key=True)
    email = Varchar(length=254, unique=True, null=False)
    password_hash = Varchar(length=200, null=False)
    created_at = Timestamptz(null=False)
    confirmed_at = Timestamptz(null=True, default=None)
    anonymised_at = Timestamptz(null=True, default=None)

    customer_email_is_normal = Check('"email" = lower("email") AND "email" <> \'\'')


class SignIn(Table, tablename="sign_in"):
    """One signed-in browser. `digest` is the SHA-256 of its cookie, which only the browser has."""

    id = BigSerial(primary_key=True)
    digest = Varchar(length=64, unique=True, null=False)
    customer = ForeignKey(Customer, on_delete=OnDelete.restrict, null=False, index=True)
    created_at = Timestamptz(null=False)
    expires_at = Timestamptz(null=False, index=True)


class SignInTries(Table, tablename="sign_in_tries"):
    """How often a wrong password came lately. `key` is a digest of whose it should be, or from where."""

    id = BigSerial(primary_key=True)
    key = Varchar(length=64, unique=True, null=False)
    tries = Integer(null=False, default=1)
    until = Timestamptz(null=False, index=True)


class MailedLink(Table, tablename="mailed_link"):
    """A link that was mailed and works once. `digest` is the SHA-256 of its secret, `browser` that of the
    cookie of the browser which asked for it. With a `customer` it makes `email` that customer's.
    """

    id = BigSerial(primary_key=True)
    digest = Varchar(length=64, unique=True, null=False)
    kind = Varchar(length=20, null=False)
    email = Varchar(length=254, null=False, index=True)
    browser = Varchar(length=64, null=True, default=None)
    then = Varchar(length=300, null=False, default="")
    created_at = Timestamptz(null=False)
    expires_at = Timestamptz(null=False, index=True)
    used_at = Timestamptz(null=True, default=None)
    customer = ForeignKey(Customer, on_delete=OnDelete.restrict, null=True, default=None)

    mailed_link_kind_is_known = Check("\"kind\" IN ('sign in', 'password', 'orders')")


class Staff(Table, tablename="staff"):
    """Somebody who works in the shop."""

    id = BigSerial(primary_key=True)
    email = Varchar(length=254, unique=True, null=False)
    password_hash = Varchar(length=200, null=False)
    created_at = Timestamptz(null=False)
    retired_at = Timestamptz(null=True, default=None)

    staff_email_is_normal = Check('"email" = lower("email") AND "email" <> \'\'')
