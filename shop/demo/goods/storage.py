from shop.demo.goods.kinds import DemoCollection, DemoPicture, DemoProduct, DemoVariant

COLLECTION = DemoCollection(
    slug="storage",
    title="Storage",
    description="Baskets, jars and hooks: a place for the things that have been lying about.",
)

BASKET = DemoPicture("basket.svg", "A round basket of brown willow with a tall bound handle, empty.")
BASKET_BREAD = DemoPicture(
    "basket-bread.svg",
    "The willow basket carrying two loaves and a sprig, lined with a white cloth.",
)
JARS = DemoPicture(
    "jars.svg",
    "Three speckled stoneware jars with oak lids, in a small, a medium and a large size.",
)
JARS_CLOSE = DemoPicture(
    "jars-close.svg",
    "The small and the middle jar from close by, each with an oak lid and a bare foot.",
)
PEG_RAIL = DemoPicture(
    "peg-rail.svg",
    "An oak rail with five pegs on an ochre wall, holding a linen bag and a brush.",
)
CRATE = DemoPicture(
    "crate.svg",
    "Two slatted wooden crates, one upon the other, with rolled cloths in the upper one.",
)

PRODUCTS: tuple[DemoProduct, ...] = (
    DemoProduct(
        slug="willow-basket",
        title="Willow basket",
        summary="A round basket with a handle for the crook of your arm, woven from brown willow.",
        description=(
            "Woven from whole willow rods, steamed in the bark, which gives the brown. The handle is one "
            "rod as thick as a thumb, bound where the hand goes and carried down to the base.\n\n"
            "34 cm across, 24 cm high to the rim, 42 cm to the top of the handle. Carries 8 kg.\n\n"
            "Once a year, leave it out in light rain and let it dry in the shade: dry willow cracks."
        ),
        collection="storage",
        option_names=(),
        variants=(DemoVariant("BASKET-34", 6250, 18),),
        pictures=(BASKET, BASKET_BREAD),
        featured=True,
    ),
    DemoProduct(
        slug="storage-jar",
        title="Storage jar",
        summary="Speckled stoneware with an oak lid that closes on a ring of natural rubber.",
        description=(
            "For flour, coffee or the biscuits. The glaze stops short of the foot, and the oak lid is "
            "turned to fit its own jar. Sold singly; the picture shows all three sizes.\n\n"
            "Small: 9 cm across, 12 cm high, 0.4 litres. Medium: 12 cm across, 18 cm high, 1.1 litres. "
            "Large: 14 cm across, 24 cm high, 2.3 litres.\n\n"
            "The jar may go in the dishwasher; wipe the lid with a damp cloth."
        ),
        collection="storage",
        option_names=("Size",),
        variants=(
            DemoVariant("JAR-S", 1640, 48, ("Small",), JARS),
            DemoVariant("JAR-M", 2395, 36, ("Medium",), JARS),
            DemoVariant("JAR-L", 3270, 25, ("Large",), JARS),
        ),
        pictures=(JARS, JARS_CLOSE),
    ),
    DemoProduct(
        slug="peg-rail",
        title="Peg rail",
        summary="Five turned pegs on a length of oak, for the hall or the back of a door.",
        description=(
            "Solid oak with a hard-wax finish. The pegs lean up a little, so that coats stay on. Two screws "
            "and plugs come with it, behind oak caps.\n\n"
            "90 cm long, 9 cm high; the pegs stand out 7 cm and are 17 cm apart. Holds 5 kg on each peg, in "
            "a sound wall. The bag and the brush are not included.\n\n"
            "Wipe with a damp cloth."
        ),
        collection="storage",
        option_names=(),
        variants=(DemoVariant("RAIL-5", 4980, 15),),
        pictures=(PEG_RAIL,),
    ),
    DemoProduct(
        slug="stacking-crate",
        title="Stacking crate",
        summary="A slatted pine crate with two hand holes; one stands firmly on the next.",
        description=(
            "Pine slats on corner battens, screwed rather than stapled, and sanded where hands go. Battens "
            "below the base keep a stack from sliding. Sold singly, without the cloths.\n\n"
            "44 × 30 cm, 20 cm high. Carries 15 kg; stack no more than four.\n\n"
            "The wood is untreated: oil it, paint it, or let it grow old."
        ),
        collection="storage",
        option_names=(),
        variants=(DemoVariant("CRATE-44", 2765, 40),),
        pictures=(CRATE,),
    ),
)
