from shop.demo.goods import kitchen, light, storage, table, textiles
from shop.demo.goods.kinds import DemoCollection, DemoPicture, DemoProduct, DemoVariant

__all__ = [
    "COLLECTIONS",
    "PRODUCTS",
    "SHOP_NAME",
    "DemoCollection",
    "DemoPicture",
    "DemoProduct",
    "DemoVariant",
]

SHOP_NAME = "Withy"

COLLECTIONS: tuple[DemoCollection, ...] = (
    kitchen.COLLECTION,
    table.COLLECTION,
    light.COLLECTION,
    textiles.COLLECTION,
    storage.COLLECTION,
)

PRODUCTS: tuple[DemoProduct, ...] = (
    *kitchen.PRODUCTS,
    *table.PRODUCTS,
    *light.PRODUCTS,
    *textiles.PRODUCTS,
    *storage.PRODUCTS,
)
