"""What the `piccolo` command reads: the engine from the settings, and the apps with tables."""

from piccolo.conf.apps import AppRegistry

from shop.database import engine
from shop.settings import settings

DB = engine(settings().database_url)

APP_REGISTRY = AppRegistry(
    apps=[
        "shop.mail.piccolo_app",
        "shop.customers.piccolo_app",
        "shop.catalogue.piccolo_app",
        "shop.delivery.piccolo_app",
        "shop.orders.piccolo_app",
        "shop.payments.piccolo_app",
    ]
)
