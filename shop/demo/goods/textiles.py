from shop.demo.goods.kinds import DemoCollection, DemoPicture, DemoProduct, DemoVariant

COLLECTION = DemoCollection(
    slug="textiles",
    title="Textiles",
    description="Linen, wool and cotton that soften with washing, in colours that get on together.",
)

CUSHION_OCHRE = DemoPicture(
    "cushion-ochre.svg",
    "A square ochre linen cushion with piped edges, propped up in soft daylight.",
)
CUSHION_RUST = DemoPicture("cushion-rust.svg", "The piped linen cushion in rust red.")
CUSHION_OAT = DemoPicture(
    "cushion-oat.svg",
    "The piped linen cushion in oat, woven with three pairs of slate-blue stripes.",
)
THROW = DemoPicture(
    "throw.svg",
    "A moss-green herringbone wool throw, folded, one fringed end hanging over the front.",
)
THROW_DETAIL = DemoPicture(
    "throw-detail.svg",
    "The corner of the herringbone throw close to, showing its weave and twisted fringe.",
)
TEA_TOWELS = DemoPicture(
    "tea-towels.svg",
    "A red-striped and a blue-checked tea towel hanging side by side from a brass rail.",
)
BATH_TOWELS = DemoPicture(
    "bath-towels.svg",
    "Three folded waffle towels in rose, oat and slate, with a sprig of green on top.",
)
NAPKINS = DemoPicture(
    "napkins.svg",
    "A cream napkin drawn through a wooden ring, on a stack of green, oat and rust ones.",
)

PRODUCTS: tuple[DemoProduct, ...] = (
    DemoProduct(
        slug="linen-cushion",
        title="Linen cushion",
        summary="A square linen cushion, piped all round, with a feather pad that takes a punch.",
        description=(
            "The cover is washed European linen, piped in the same cloth and closed with a hidden zip. The "
            "pad is duck feather in cotton. The oat cover has slate stripes woven in, not printed.\n\n"
            "Two sizes: 40 × 40 cm and 50 × 50 cm. Linen gives a centimetre either way.\n\n"
            "Wash the cover at 40 °C and iron it damp, or don’t. Air the pad outdoors on a dry day."
        ),
        collection="textiles",
        option_names=("Colour", "Size"),
        variants=(
            DemoVariant("CUSH-OCHRE-40", 3450, 28, ("Ochre", "40 × 40 cm"), CUSHION_OCHRE),
            DemoVariant("CUSH-OCHRE-50", 4275, 17, ("Ochre", "50 × 50 cm"), CUSHION_OCHRE),
            DemoVariant("CUSH-RUST-40", 3450, 22, ("Rust", "40 × 40 cm"), CUSHION_RUST),
            DemoVariant("CUSH-RUST-50", 4275, 14, ("Rust", "50 × 50 cm"), CUSHION_RUST),
            DemoVariant("CUSH-OAT-40", 3690, 31, ("Oat stripe", "40 × 40 cm"), CUSHION_OAT),
            DemoVariant("CUSH-OAT-50", 4515, 19, ("Oat stripe", "50 × 50 cm"), CUSHION_OAT),
        ),
        pictures=(CUSHION_OCHRE, CUSHION_RUST, CUSHION_OAT),
    ),
    DemoProduct(
        slug="herringbone-throw",
        title="Herringbone throw",
        summary="Lambswool in moss and cream, wide enough for two people who like each other.",
        description=(
            "Woven from lambswool spun and dyed before weaving, then washed and brushed on one side. The "
            "fringe is twisted by hand and does not come undone.\n\n"
            "135 × 190 cm with the fringe; 1.1 kg.\n\n"
            "Air it rather than wash it. When you must, use cold water and wool soap, and dry it flat."
        ),
        collection="textiles",
        option_names=(),
        variants=(DemoVariant("THROW-MOSS", 9840, 12),),
        pictures=(THROW, THROW_DETAIL),
        featured=True,
    ),
    DemoProduct(
        slug="tea-towels",
        title="Tea towels, set of two",
        summary="One striped, one checked; half linen, half cotton, and dry again by lunch.",
        description=(
            "The linen drinks, the cotton keeps it soft. Hemmed with mitred corners, and a tape loop to "
            "hang them by. The stripes are woven, so both sides are the right side.\n\n"
            "Each 50 × 70 cm.\n\n"
            "Wash at 60 °C. They dry glasses properly from the third wash on."
        ),
        collection="textiles",
        option_names=(),
        variants=(DemoVariant("TEATOWEL-2", 1980, 52),),
        pictures=(TEA_TOWELS,),
    ),
    DemoProduct(
        slug="waffle-towels",
        title="Waffle towels, set of three",
        summary="Light cotton towels with a deep waffle, in rose, oat and slate.",
        description=(
            "Combed cotton in a weave of small squares that dries you quickly and then dries itself. "
            "Lighter than terry, and half the size in the cupboard.\n\n"
            "Each 70 × 130 cm, before the first wash; they draw in by about 5 cm, which deepens the "
            "waffle.\n\n"
            "Wash at 60 °C without softener. Tumble dry low, or on the line."
        ),
        collection="textiles",
        option_names=(),
        variants=(DemoVariant("TOWELS-3", 5725, 33),),
        pictures=(BATH_TOWELS,),
    ),
    DemoProduct(
        slug="linen-napkins",
        title="Linen napkins, set of four",
        summary="Four napkins in four colours, so that everyone knows which is theirs tomorrow.",
        description=(
            "Stonewashed linen in cream, moss green, oat and rust, with a narrow hem. The cream one has a "
            "rust line along the edge. One oak ring comes with the set.\n\n"
            "Each 42 × 42 cm.\n\n"
            "Wash at 60 °C, and treat red wine with salt at once. No ironing needed if you fold them damp."
        ),
        collection="textiles",
        option_names=(),
        variants=(DemoVariant("NAPKIN-4", 3160, 27),),
        pictures=(NAPKINS,),
    ),
)
