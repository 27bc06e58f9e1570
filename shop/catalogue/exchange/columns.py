"""The columns of the file. A column that the file leaves out is left alone in the shop."""

OF_PRODUCT = (
    "title", "summary", "description", "collection", "tax_class", "sent", "featured", "position",
    "option1", "option2", "option3", "pictures", "alt",
)  # fmt: skip
OF_VARIANT = (
    "sku", "value1", "value2", "value3", "price", "compare_at", "on_hand",
    "variant_pictures", "variant_alt", "retired",
)  # fmt: skip
COLUMNS = ("product", *OF_PRODUCT, *OF_VARIANT)
# A column of the merchant's own, such as "# supplier".
NOTE = "#"

LONGEST = {
    "product": 100, "title": 200, "summary": 300, "description": 20_000, "collection": 200, "tax_class": 30,
    "option1": 50, "option2": 50, "option3": 50, "sku": 100, "value1": 100, "value2": 100, "value3": 100,
}  # fmt: skip
LONGEST_ALT = 300
LONGEST_NAME = 200
