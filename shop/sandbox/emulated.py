from collections.abc import Collection

from shop.sandbox import errors
from shop.sandbox.shapes import Body


def only(params: Body, emulated: Collection[str], within: str = "") -> None:
    """What Stripe would heed and the sandbox would not is refused, unless it is turned off anyway."""
    for name, value in params.items():
        is_off = not value or (isinstance(value, dict) and value.get("enabled") is False)
        if name not in emulated and not is_off:
            raise errors.not_emulated(f"{within}[{name}]" if within else name)
