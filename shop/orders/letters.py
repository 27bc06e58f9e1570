"""What an order's fate writes to its shopper."""

from shop.mail import outbox


async def tell_paid(number: str, email: str) -> None:
    await outbox.write(f"order:{number}:paid", "paid", email, {"order": number})
