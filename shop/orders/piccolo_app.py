"""The Piccolo app `orders`."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

from shop.orders.tables import Line, Log, Order, PolicyVersion, Shipment, Withdrawal

APP_CONFIG = AppConfig(
    app_name="orders",
    migrations_folder_path=str(Path(__file__).parent / "piccolo_migrations"),
    table_classes=[Line, Log, Order, PolicyVersion, Shipment, Withdrawal],
    migration_dependencies=["shop.catalogue.piccolo_app", "shop.customers.piccolo_app"],
)
