"""What stands beside prices: whether tax is in them, and that delivery comes on top."""

from shop.settings import settings
from shop.site import site
from shop.web.words import gettext as _


def price_note() -> str:
    """Nothing where the merchant has written down no taxes and sends nothing, or sends it for nothing."""
    costs = bool(settings().ships_to) and any(way.price for way in site().ways)
    if not site().taxes:
        return _("plus delivery") if costs else ""
    if site().prices_include_tax:
        return _("incl. VAT, plus delivery") if costs else _("incl. VAT")
    return _("plus tax and delivery") if costs else _("plus tax")
