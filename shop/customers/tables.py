"""Shoppers with an account, the browsers in which they are signed in, and wrong tries."""

from piccolo.columns import BigSerial, ForeignKey, Integer, OnDelete, Timestamptz, Varchar
from piccolo.constraints import Check
from piccolo.table import Table


class Customer(Table, tablename="customer"):
    """`email` is kept as it is compared: trimmed and in lower case."""

    id = BigSerial(primary_key=True)
    email = Varchar(length=254, unique=True, null=False)
    password_hash = Varchar(length=200, null=False)
    created_at = Timestamptz(null=False)
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
