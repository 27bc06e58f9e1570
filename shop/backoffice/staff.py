"""Who works in the shop: added with a password, retired, never deleted, for the books name them."""

from shop import clock
from shop.customers import passwords
from shop.customers.tables import Staff


async def add(email: str, password: str) -> bool:
    """Whoever was retired comes back with this password; False where somebody works here already."""
    hashed = await passwords.hashed(password)
    new = Staff({Staff.email: email, Staff.password_hash: hashed, Staff.created_at: clock.now()})
    if await Staff.insert(new).on_conflict(action="DO NOTHING").returning(Staff.id):
        return True
    back = (
        await Staff.update({Staff.password_hash: hashed, Staff.retired_at: None})
        .where((Staff.email == email) & Staff.retired_at.is_not_null())
        .returning(Staff.id)
    )
    return bool(back)


async def retire(email: str) -> bool:
    """False where nobody of that address works here."""
    retired = (
        await Staff.update({Staff.retired_at: clock.now()})
        .where((Staff.email == email) & Staff.retired_at.is_null())
        .returning(Staff.id)
    )
    return bool(retired)
