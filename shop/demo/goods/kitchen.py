from shop.demo.goods.kinds import DemoCollection, DemoPicture, DemoProduct, DemoVariant

COLLECTION = DemoCollection(
    slug="kitchen",
    title="Kitchen",
    description="Pots, boards and tools that stay out on the worktop because they are always in use.",
)

KETTLE_CREAM = DemoPicture(
    "kettle-cream.svg",
    "A cream enamel kettle with a swan-neck spout and an oak grip on its wire handle.",
)
KETTLE_INK = DemoPicture(
    "kettle-ink.svg",
    "The same enamel kettle in ink blue, its lid edged with a pale line.",
)
BOARD = DemoPicture(
    "board.svg",
    "Two oak chopping boards, one large and one small, leaning on a sage-green wall.",
)
BOARD_CLOSE = DemoPicture(
    "board-close.svg",
    "The neck of each board from close by, one with a hole and one with a leather loop.",
)
MORTAR = DemoPicture(
    "mortar.svg",
    "A veined white marble mortar on a round foot, its pestle resting against the rim.",
)
CASSEROLE_RUST = DemoPicture(
    "casserole-rust.svg",
    "A rust-red lidded casserole with two loop handles and a turned brass knob.",
)
CASSEROLE_OCHRE = DemoPicture(
    "casserole-ochre.svg",
    "The lidded casserole in ochre yellow, closed, on a pale kitchen worktop.",
)
SPOONS = DemoPicture(
    "spoons.svg",
    "Two cherry-wood spoons and a slotted spatula standing in a pot dipped in blue glaze.",
)

PRODUCTS: tuple[DemoProduct, ...] = (
    DemoProduct(
        slug="enamel-kettle",
        title="Enamel kettle",
        summary="A two-litre kettle for the hob, with a spout that pours a thin, steady stream.",
        description=(
            "Vitreous enamel on steel, fired twice, with an oak grip that stays cool enough to hold. The "
            "lid sits deep, so it does not slip when the kettle is tilted for the last cup.\n\n"
            "22 cm across the base, 27 cm high with the handle up; holds 2 litres. For gas, electric and "
            "induction hobs.\n\n"
            "Wash by hand and dry straight away. A knock on a stone floor will chip the enamel; a chip on "
            "the outside does no harm."
        ),
        collection="kitchen",
        option_names=("Colour",),
        variants=(
            DemoVariant("KETTLE-CREAM", 5890, 18, ("Cream",), KETTLE_CREAM),
            DemoVariant("KETTLE-INK", 5890, 11, ("Ink",), KETTLE_INK),
        ),
        pictures=(KETTLE_CREAM, KETTLE_INK),
    ),
    DemoProduct(
        slug="oak-board",
        title="Oak chopping board",
        summary="One plank of European oak, with a neck to hold it by and a hole to hang it from.",
        description=(
            "Cut from a single plank, so there is no glue line to open. Oiled once in the workshop; the "
            "grain and the knots are different on every board.\n\n"
            "Small: 20 × 33 cm. Large: 26 × 45 cm. Both are 2 cm thick. The leather loop comes with either "
            "size.\n\n"
            "Rinse, wipe and let it dry standing up. Rub in a spoonful of linseed oil when it looks pale, "
            "about three times a year. Keep it out of the dishwasher."
        ),
        collection="kitchen",
        option_names=("Size",),
        variants=(
            DemoVariant("BOARD-S", 2850, 34, ("Small",), BOARD),
            DemoVariant("BOARD-L", 4620, 21, ("Large",), BOARD),
        ),
        pictures=(BOARD, BOARD_CLOSE),
    ),
    DemoProduct(
        slug="marble-mortar",
        title="Marble mortar",
        summary="A heavy mortar and its pestle, turned from one block and left rough inside.",
        description=(
            "White marble with grey veins. The outside is honed smooth; the bowl is left rough, which is "
            "what breaks a peppercorn. At 3.4 kg it stays where you put it.\n\n"
            "17 cm across, 13 cm high; the pestle is 18 cm long.\n\n"
            "Grind a handful of dry rice before the first use and throw it away. Wash in warm water without "
            "soap. Lemon and vinegar dull the polish."
        ),
        collection="kitchen",
        option_names=(),
        variants=(DemoVariant("MORTAR", 5475, 3),),
        pictures=(MORTAR,),
    ),
    DemoProduct(
        slug="lidded-casserole",
        title="Lidded casserole",
        summary="Cast iron under enamel, for stews that start on the hob and end in the oven.",
        description=(
            "Cast iron, enamelled inside in cream so you can see how the onions are doing. The lid is heavy "
            "and drips back what rises. The brass knob is safe in the oven.\n\n"
            "20 cm holds 2.6 litres and feeds three. 24 cm holds 4.2 litres and feeds five. They weigh 3.9 "
            "and 5.1 kg with the lid.\n\n"
            "For every hob and for ovens up to 250 °C. Let it cool before washing, and use wood rather than "
            "metal inside."
        ),
        collection="kitchen",
        option_names=("Colour", "Size"),
        variants=(
            DemoVariant("POT-RUST-20", 8900, 14, ("Rust", "20 cm"), CASSEROLE_RUST),
            DemoVariant("POT-RUST-24", 11450, 9, ("Rust", "24 cm"), CASSEROLE_RUST),
            DemoVariant("POT-OCHRE-20", 8900, 12, ("Ochre", "20 cm"), CASSEROLE_OCHRE),
            DemoVariant("POT-OCHRE-24", 11450, 8, ("Ochre", "24 cm"), CASSEROLE_OCHRE),
        ),
        pictures=(CASSEROLE_RUST, CASSEROLE_OCHRE),
        featured=True,
    ),
    DemoProduct(
        slug="cherry-spoons",
        title="Cherry spoons in a pot",
        summary="Two spoons and a slotted spatula in cherry wood, with the stoneware pot they stand in.",
        description=(
            "Carved from cherry wood offcuts and finished with a knife, so you can still feel the facets in "
            "the handles. The pot is speckled stoneware, its rim dipped in blue glaze.\n\n"
            "The tools are 28 to 32 cm long; the pot is 12 cm across and 14 cm high.\n\n"
            "The pot may go in the dishwasher. The wood may not: rinse it, dry it, and oil it now and then."
        ),
        collection="kitchen",
        option_names=(),
        variants=(DemoVariant("SPOONS-POT", 3640, 26),),
        pictures=(SPOONS,),
    ),
)
