"""The customer of the demo shop, shown on its sign-in page and made by `shop/demo/customer.py`."""

DEMO_EMAIL = "ada@example.com"
DEMO_PASSWORD = "oak-table-for-six"  # noqa: S105  # it is meant to be read
