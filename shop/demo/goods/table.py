from shop.demo.goods.kinds import DemoCollection, DemoPicture, DemoProduct, DemoVariant

COLLECTION = DemoCollection(
    slug="table",
    title="Table",
    description="Stoneware and glass for breakfast, for guests, and for the hour in between.",
)

MUG_CLAY = DemoPicture(
    "mug-clay.svg",
    "A clay-red stoneware mug with a looped handle and a bare, unglazed foot.",
)
MUG_OAT = DemoPicture(
    "mug-oat.svg",
    "The stoneware mug in speckled oat glaze above a band of bare brown clay.",
)
MUG_MOSS = DemoPicture(
    "mug-moss.svg",
    "The stoneware mug in moss-green glaze above a band of bare brown clay.",
)
MUG_TEA = DemoPicture(
    "mug-tea.svg",
    "The oat mug filled with black tea, steam rising in front of a pink wall.",
)
TEAPOT = DemoPicture("teapot.svg", "A round slate-blue teapot with a cane handle arching over its lid.")
TEAPOT_CUPS = DemoPicture(
    "teapot-cups.svg",
    "The slate-blue teapot on a wooden tray with two small cups of tea beside it.",
)
BOWLS = DemoPicture(
    "bowls.svg",
    "Three stoneware bowls nested in one another: ochre within cream within moss green.",
)
BOWLS_CLOSE = DemoPicture(
    "bowls-close.svg",
    "The three bowls from close by: their thick rims, and speckles in the cream one.",
)
CARAFE = DemoPicture(
    "carafe.svg",
    "A glass carafe half full of water, a tumbler turned over its neck as a lid.",
)
JUG = DemoPicture("jug.svg", "A cream jug with three blue bands, holding a few sprigs of olive.")

PRODUCTS: tuple[DemoProduct, ...] = (
    DemoProduct(
        slug="potters-mug",
        title="Potter’s mug",
        summary="A stoneware mug with room for three fingers in the handle and a foot left bare.",
        description=(
            "Thrown on the wheel from speckled stoneware and dipped by hand, so the glaze ends in a "
            "different line on each mug. The bare foot is sanded smooth and will not scratch the table.\n\n"
            "9 cm across, 11 cm high; holds 380 ml to a finger below the rim.\n\n"
            "Safe in the dishwasher and the microwave. The bare clay darkens a little over the years."
        ),
        collection="table",
        option_names=("Glaze",),
        variants=(
            DemoVariant("MUG-CLAY", 1850, 42, ("Clay",), MUG_CLAY),
            DemoVariant("MUG-OAT", 1850, 60, ("Oat",), MUG_OAT),
            DemoVariant("MUG-MOSS", 1850, 37, ("Moss",), MUG_MOSS),
        ),
        pictures=(MUG_CLAY, MUG_OAT, MUG_MOSS, MUG_TEA),
        featured=True,
    ),
    DemoProduct(
        slug="cane-handled-teapot",
        title="Cane-handled teapot",
        summary="A round pot for four cups, with a bound cane handle and a spout that does not drip.",
        description=(
            "Stoneware in slate-blue glaze, flecked where the iron in the clay comes through. The strainer "
            "is part of the body: nothing to lose, nothing to rust. The cane handle folds flat to one "
            "side.\n\n"
            "19 cm wide without the spout, 15 cm high without the handle; holds 1.1 litres.\n\n"
            "Rinse with hot water and let it dry with the lid off. Keep the cane out of the dishwasher."
        ),
        collection="table",
        option_names=(),
        variants=(DemoVariant("TEAPOT-SLATE", 6825, 16),),
        pictures=(TEAPOT, TEAPOT_CUPS),
        featured=True,
    ),
    DemoProduct(
        slug="nesting-bowls",
        title="Nesting bowls, set of three",
        summary="For the salad, the berries and the dressing; they put away in the space of one.",
        description=(
            "Three stoneware bowls that sit inside one another without sticking: moss outside, then cream, "
            "then ochre. The rims are thick enough to hold while you whisk.\n\n"
            "25, 20 and 16 cm across; the largest is 12 cm high and holds 2.8 litres.\n\n"
            "Safe in the dishwasher, the microwave and the oven up to 220 °C."
        ),
        collection="table",
        option_names=(),
        variants=(DemoVariant("BOWLS-3", 5460, 23),),
        pictures=(BOWLS, BOWLS_CLOSE),
    ),
    DemoProduct(
        slug="bedside-carafe",
        title="Carafe and tumbler",
        summary="A water carafe that wears its own glass, for the bedside or a small table.",
        description=(
            "Blown from borosilicate glass, thin and light. The tumbler turns over to keep dust out of the "
            "water and does not rattle when you pour.\n\n"
            "The carafe is 11 cm across and 18 cm high and holds 750 ml; the tumbler holds 180 ml.\n\n"
            "Takes hot water as well as cold. Safe in the dishwasher, if the tumbler stands by itself."
        ),
        collection="table",
        option_names=(),
        variants=(DemoVariant("CARAFE", 3234, 29),),
        pictures=(CARAFE,),
    ),
    DemoProduct(
        slug="banded-jug",
        title="Banded jug",
        summary="A litre jug with three blue bands, for milk, custard or whatever is in flower.",
        description=(
            "Cream-glazed earthenware. The bands are painted by hand while the jug turns, and end where "
            "they began with a small overlap that you can find if you look for it.\n\n"
            "15 cm at the widest, 17 cm high; holds 1 litre.\n\n"
            "Safe in the dishwasher. Earthenware chips more easily than stoneware, so mind the tap."
        ),
        collection="table",
        option_names=(),
        variants=(DemoVariant("JUG-BAND", 3415, 0),),
        pictures=(JUG,),
    ),
)
