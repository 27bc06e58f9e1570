"""The commands for the merchant's own goods."""

from shop.serving.commands.kinds import BY, Command, Option

IMPORT = Command(
    "products import",
    "Brings products, variants, prices and pictures in from a CSV file, known by their SKU. Without --yes"
    " it only says what it would do; with it, all of the file is taken, or nothing. A second time changes"
    " nothing. docs/products.md describes the columns.",
    "python -m shop products import goods.csv --pictures photos --yes",
    "shop.serving.products:bring_in",
    (
        Option("FILE", "a CSV file in UTF-8 with commas or semicolons; - reads standard input"),
        Option("--pictures", "the folder in which the pictures lie that the file names"),
        Option("--yes", "write it; without this it is a try", switch=True),
        Option("--stock", "also set `on_hand` of SKUs that the shop knows; a row says who", switch=True),
        Option("--retire-missing", "stop selling every SKU that the file does not name", switch=True),
        BY,
    ),
    answers=True,
)
EXPORT = Command(
    "products export",
    "Writes all products and variants into a CSV file. Brought in again it changes nothing.",
    "python -m shop products export goods.csv",
    "shop.serving.products:bring_out",
    (Option("FILE", "where to; - writes to standard output"),),
    answers=True,
)
SET = Command(
    "stock set",
    "Says how many pieces of a SKU there are, counted. Never below what orders have been promised.",
    'python -m shop stock set MUG-BLUE 12 --why "counted on Friday"',
    "shop.serving.stock:count",
    (
        Option("SKU", "the article number"),
        Option("N", "how many lie in the shop, promised ones included"),
        Option("--why", "the reason, for the books", needed=True),
        BY,
    ),
    answers=True,
)
ADD = Command(
    "stock add",
    "Adds pieces of a SKU, or takes some away. Never below what orders have been promised. Not to be repeated"
    " for the same parcel: it adds each time.",
    'python -m shop stock add MUG-BLUE 24 --why "a parcel from the pottery"',
    "shop.serving.stock:add",
    (
        Option("SKU", "the article number"),
        Option("N", "how many more; -2 for two fewer"),
        Option("--why", "the reason, for the books", needed=True),
        BY,
    ),
    answers=True,
)
LIST = Command(
    "stock list",
    "Lists what lies in the shop, what of it is promised to orders, and what is free. With a SKU: each count"
    " of it, the latest first.",
    "python -m shop stock list --below 3",
    "shop.serving.stock:show",
    (
        Option("--sku", "one article number"),
        Option("--below", "only where fewer than so many are free"),
    ),
    answers=True,
)
COMMANDS = (IMPORT, EXPORT, SET, ADD, LIST)
