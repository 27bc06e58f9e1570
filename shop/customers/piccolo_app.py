"""The Piccolo app `customers`."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

from shop.customers.tables import Customer, MailedLink, SignIn, SignInTries, Staff

APP_CONFIG = AppConfig(
    app_name="customers",
    migrations_folder_path=str(Path(__file__).parent / "piccolo_migrations"),
    table_classes=[Customer, MailedLink, SignIn, SignInTries, Staff],
    migration_dependencies=[],
)
