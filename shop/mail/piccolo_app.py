"""The Piccolo app `mail`."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

from shop.mail.tables import Letter

APP_CONFIG = AppConfig(
    app_name="mail",
    migrations_folder_path=str(Path(__file__).parent / "piccolo_migrations"),
    table_classes=[Letter],
    migration_dependencies=[],
)
