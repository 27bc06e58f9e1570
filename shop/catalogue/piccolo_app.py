"""The Piccolo app `catalogue`."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

from shop.catalogue.tables import (
    Collection,
    FormerAddress,
    PastPrice,
    Picture,
    Product,
    StockMovement,
    Variant,
)

APP_CONFIG = AppConfig(
    app_name="catalogue",
    migrations_folder_path=str(Path(__file__).parent / "piccolo_migrations"),
    table_classes=[Collection, FormerAddress, PastPrice, Picture, Product, StockMovement, Variant],
    migration_dependencies=[],
)
