"""The Piccolo app `payments`."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

from shop.payments.tables import Attempt, Dispute, Installation, Lease, Payment, Refund, StripeEvent

APP_CONFIG = AppConfig(
    app_name="payments",
    migrations_folder_path=str(Path(__file__).parent / "piccolo_migrations"),
    table_classes=[Attempt, Dispute, Installation, Lease, Payment, Refund, StripeEvent],
    migration_dependencies=["shop.orders.piccolo_app"],
)
