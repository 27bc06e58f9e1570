"""The Piccolo app `delivery`."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

from shop.delivery.tables import Address

APP_CONFIG = AppConfig(
    app_name="delivery",
    migrations_folder_path=str(Path(__file__).parent / "piccolo_migrations"),
    table_classes=[Address],
    migration_dependencies=["shop.customers.piccolo_app"],
)
