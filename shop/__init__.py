"""A hypermedia-driven shop: Litestar, htmx, Piccolo and Stripe's hosted Checkout."""

import os

# Piccolo finds its engine and its apps through this module, also for the `piccolo` command.
os.environ.setdefault("PICCOLO_CONF", "piccolo_conf")
