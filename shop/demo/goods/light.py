from shop.demo.goods.kinds import DemoCollection, DemoPicture, DemoProduct, DemoVariant

COLLECTION = DemoCollection(
    slug="light",
    title="Light",
    description="Lamps and candles for the end of the day. All of them are better than the ceiling light.",
)

LAMP_OAT = DemoPicture(
    "lamp-oat.svg",
    "An oat-coloured mushroom lamp, lit, throwing warm light on a dark table.",
)
LAMP_RUST = DemoPicture("lamp-rust.svg", "The mushroom lamp in rust red, lit, in front of a dusk-blue wall.")
CANDLESTICKS = DemoPicture(
    "candlesticks.svg",
    "A tall and a short brass candlestick with burning candles against a dusk-blue wall.",
)
PENDANT = DemoPicture(
    "pendant.svg",
    "A round paper lantern with bamboo ribs, glowing on its cord above a table.",
)
LANTERN = DemoPicture(
    "lantern.svg",
    "A brass and glass storm lantern with a carrying ring and a candle burning inside.",
)
CANDLES = DemoPicture(
    "candles.svg",
    "Three honey-coloured beeswax candles of different heights, all of them burning.",
)
CANDLES_CLOSE = DemoPicture(
    "candles-close.svg",
    "Two of the candles from close by, wax running down their sides.",
)

PRODUCTS: tuple[DemoProduct, ...] = (
    DemoProduct(
        slug="mushroom-lamp",
        title="Mushroom lamp",
        summary="A domed table lamp that lights the page and leaves the room in peace.",
        description=(
            "Spun steel with a satin lacquer, white inside the dome. A pull cord with a brass bead switches "
            "it on, so there is no fumbling along the cable.\n\n"
            "Small: 24 cm across, 28 cm high. Large: 34 cm across, 40 cm high. The linen-covered cable is "
            "1.8 m long. Takes one E14 bulb up to 6 W, which is in the box.\n\n"
            "Dust with a dry cloth when it is cold. For indoor use."
        ),
        collection="light",
        option_names=("Colour", "Size"),
        variants=(
            DemoVariant("LAMP-OAT-S", 7450, 15, ("Oat", "Small"), LAMP_OAT),
            DemoVariant("LAMP-OAT-L", 10980, 10, ("Oat", "Large"), LAMP_OAT),
            DemoVariant("LAMP-RUST-S", 7450, 13, ("Rust", "Small"), LAMP_RUST),
            DemoVariant("LAMP-RUST-L", 10980, 8, ("Rust", "Large"), LAMP_RUST),
        ),
        pictures=(LAMP_OAT, LAMP_RUST),
        featured=True,
    ),
    DemoProduct(
        slug="brass-candlesticks",
        title="Brass candlesticks, a pair",
        summary="One tall, one short, turned from solid brass and left to go dull in their own time.",
        description=(
            "Turned from solid brass rod on a broad foot, with felt underneath. They are not lacquered: the "
            "shine softens within a year, and a little polish brings it back.\n\n"
            "24 and 13 cm high, 7 cm across the foot. For ordinary dinner candles, 2.2 cm thick; the two in "
            "the picture are not included.\n\n"
            "Lift out old wax with hot water, never with a knife."
        ),
        collection="light",
        option_names=(),
        variants=(DemoVariant("STICKS-2", 4790, 24),),
        pictures=(CANDLESTICKS,),
    ),
    DemoProduct(
        slug="paper-lantern",
        title="Paper lantern",
        summary="Mulberry paper over bamboo hoops: a large, quiet moon for above the table.",
        description=(
            "Handmade mulberry paper on a frame of split bamboo. It arrives folded flat and opens with one "
            "wire. The fibres show when it is lit.\n\n"
            "45 cm across, 38 cm high. A black cord of 1.5 m and a plain ceiling cup come with it. Takes "
            "one E27 LED bulb up to 10 W, not included.\n\n"
            "Dust with a soft brush. Paper tears; a drop of rice glue and a scrap of paper mend it."
        ),
        collection="light",
        option_names=(),
        variants=(DemoVariant("LANTERN-PAPER", 5645, 19),),
        pictures=(PENDANT,),
    ),
    DemoProduct(
        slug="storm-lantern",
        title="Storm lantern",
        summary="A candle lantern for the garden step, with a glass you can lift out to clean.",
        description=(
            "Brass-plated steel around a cylinder of clear glass. The vented roof keeps rain out and lets "
            "the heat go; the ring stays upright by itself.\n\n"
            "18 cm across, 34 cm high with the ring. Takes a pillar candle up to 8 cm thick and 12 cm "
            "high.\n\n"
            "The glass goes in the dishwasher. Wipe the frame dry after a wet night, and never leave a "
            "flame alone."
        ),
        collection="light",
        option_names=(),
        variants=(DemoVariant("LANTERN-STORM", 4385, 20),),
        pictures=(LANTERN,),
    ),
    DemoProduct(
        slug="beeswax-candles",
        title="Beeswax candles, set of three",
        summary="Three pillars of pure beeswax that smell faintly of honey, lit or not.",
        description=(
            "Poured from filtered beeswax with a cotton wick, and nothing else. They burn slowly and hardly "
            "drip out of a draught.\n\n"
            "7 cm thick and 9, 15 and 21 cm high; about 30, 50 and 70 hours.\n\n"
            "Let the wax melt to the edge the first time, and trim the wick to half a centimetre. The pale "
            "bloom that appears with age wipes off with a soft cloth."
        ),
        collection="light",
        option_names=(),
        variants=(DemoVariant("CANDLES-3", 3890, 44),),
        pictures=(CANDLES, CANDLES_CLOSE),
    ),
)
