from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DemoPicture:
    file: str
    alt: str


@dataclass(frozen=True, slots=True)
class DemoVariant:
    sku: str
    price: int
    on_hand: int
    options: tuple[str, ...] = ()
    picture: DemoPicture | None = None


@dataclass(frozen=True, slots=True)
class DemoProduct:
    slug: str
    title: str
    summary: str
    description: str
    collection: str
    option_names: tuple[str, ...]
    variants: tuple[DemoVariant, ...]
    pictures: tuple[DemoPicture, ...]
    featured: bool = False


@dataclass(frozen=True, slots=True)
class DemoCollection:
    slug: str
    title: str
    description: str
