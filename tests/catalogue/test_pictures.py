"""Pictures from the merchant's folder: made anew in sizes and formats that browsers choose from."""

import asyncio
import io
from pathlib import Path

import pytest
from PIL import Image
from playwright.async_api import Page, Route, expect

from shop.catalogue.tables import Picture
from shop.serving.commands.kinds import Answer
from shop.settings import settings
from tests.support.browser import with_javascript
from tests.support.operator import tell
from tests.support.shoppers import Shopper

HEAD = "product;title;option1;value1;sku;price;pictures;alt;variant_pictures\n"
MUG = f"{HEAD}mug;Mug;;;MUG;12;mug.jpg;A blue mug;\n"


@pytest.fixture(autouse=True)
def _here(environment: None) -> None:
    """The settings and the database of a shop."""


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    return folder


def photo(
    file: Path, size: tuple[int, int] = (700, 350), colour: str = "red", *, turned: bool = False
) -> None:
    image = Image.new("RGB", size, colour)
    told = Image.Exif()
    told[0x010F] = "Secret Cameras"
    if turned:
        told[0x0112] = 6
    image.save(file, exif=told)


async def bring_in(photos: Path | None, text: str) -> Answer:
    file = settings().media.parent / "goods.csv"
    file.write_text(text)
    folder = ("--pictures", str(photos)) if photos else ()
    return await tell("products", "import", str(file), "--yes", *folder)


def kept() -> set[str]:
    return {file.name for file in settings().media.iterdir()}


async def test_browsers_choose_among_widths_and_formats(photos: Path, ada: Shopper) -> None:
    photo(photos / "mug.jpg")
    await bring_in(photos, MUG)
    page = await ada.open("/products/mug")
    avif, webp = page.all(".product__picture source")
    for source, kind in ((avif, "image/avif"), (webp, "image/webp")):
        assert source.attributes["type"] == kind
        assert [each.split()[1] for each in (source.attributes["srcset"] or "").split(", ")] == [
            "320w", "640w", "700w",
        ]  # fmt: skip
    shown = page.one(".product__picture img").attributes
    assert (shown["width"], shown["height"], shown["alt"]) == ("700", "350", "A blue mug")
    for address in (shown["src"], (avif.attributes["srcset"] or "").split()[0]):
        answer = await ada.client.get(f"{settings().url}{address}")
        assert "immutable" in answer.headers["cache-control"]
        with Image.open(io.BytesIO(answer.content)) as image:
            assert image.width in (320, 700)
    preview = page.one('meta[property="og:image"]').attributes["content"]
    assert preview == f"{settings().url}{shown['src']}"
    assert preview.endswith(".webp")
    assert (await ada.open("/")).has(".card__picture source")
    await tell("stock", "add", "MUG", "1", "--why", "a parcel came")
    await ada.open("/products/mug")
    await ada.submit("Add to cart")
    assert (await ada.open("/cart")).has(".line__picture source")


async def test_nothing_but_the_pixels_is_kept_and_they_stand_upright(photos: Path) -> None:
    photo(photos / "mug.jpg", turned=True)
    await bring_in(photos, MUG)
    [picture] = await Picture.objects()
    assert (picture.width, picture.height) == (350, 700)
    for name in kept():
        content = (settings().media / name).read_bytes()
        assert b"Secret" not in content
        assert not Image.open(io.BytesIO(content)).getexif()


async def test_a_picture_is_made_once_and_again_where_its_file_differs(photos: Path) -> None:
    photo(photos / "mug.jpg")
    await bring_in(photos, MUG)
    before = kept()
    written = {name: (settings().media / name).stat().st_mtime_ns for name in before}
    assert "Nothing differs" in (await bring_in(photos, MUG)).lines[-1]
    # A name that the shop knows needs no file.
    assert "Nothing differs" in (await bring_in(None, MUG)).lines[-1]
    assert {name: (settings().media / name).stat().st_mtime_ns for name in kept()} == written
    other = await bring_in(None, f"{HEAD}mug;;;;MUG;12;mug.jpg;A red mug;\n")
    assert other.lines[-1] == "Written: 1 product changed."
    photo(photos / "mug.jpg", colour="blue")
    await bring_in(photos, MUG)
    assert len(kept()) == 2 * len(before)
    [picture] = await Picture.objects()
    assert (picture.name, picture.alt) == ("mug.jpg", "A blue mug")
    await bring_in(None, f"{HEAD}mug;;;;MUG;12;;;\n")
    assert not await Picture.exists()


async def test_a_variant_has_pictures_of_its_own_and_one_file_may_serve_twice(
    photos: Path, ada: Shopper
) -> None:
    photo(photos / "mug.jpg")
    photo(photos / "white mug.jpg", colour="white")
    await bring_in(
        photos,
        f"{HEAD}mug;Mug;Colour;Blue;B;12;mug.jpg;A mug;\n;;;White;W;12;;;white mug.jpg | mug.jpg\n",
    )
    page = await ada.open("/products/mug?variant=W")
    assert [node.attributes["alt"] for node in page.all(".product__picture img")] == ["Mug", "Mug"]
    page = await ada.open("/products/mug?variant=B")
    assert [node.attributes["alt"] for node in page.all(".product__picture img")] == ["A mug"]
    file = settings().media.parent / "out.csv"
    await tell("products", "export", str(file))
    assert "Nothing differs" in (await tell("products", "import", str(file))).lines[-1]


@with_javascript
@pytest.mark.one_database
async def test_the_former_picture_stays_until_the_next_one_is_there(photos: Path, page: Page) -> None:
    photo(photos / "mug.jpg")
    photo(photos / "white.jpg", colour="white")
    rows = ";Colour;Blue;B;12;mug.jpg;A mug;\n;;;White;W;12;;;white.jpg\n"
    await bring_in(photos, f"{HEAD}mug;Mug{rows}")
    await page.goto("/products/mug?variant=B")
    arrived = asyncio.Event()

    async def slowly(route: Route) -> None:
        await arrived.wait()
        await route.continue_()

    await page.route("**/media/*", slowly)
    await page.get_by_role("link", name="White").click()
    place = page.locator(".product__picture").first
    await expect(place.locator("canvas")).to_be_visible()
    seen = "(canvas) => [...canvas.getContext('2d').getImageData(9, 9, 1, 1).data]"
    red, green, *_ = await place.locator("canvas").evaluate(seen)
    assert red > 200
    assert green < 50
    arrived.set()
    await expect(place.locator("canvas")).to_have_count(0)
    assert await place.locator("img").evaluate("(image) => image.complete && image.naturalWidth > 0")


def _bomb() -> bytes:
    """A few bytes that say they are as large as a house."""
    honest = io.BytesIO()
    Image.new("1", (8, 8)).save(honest, "PNG")
    header = bytearray(honest.getvalue())
    header[16:24] = (60_000).to_bytes(4, "big") * 2
    return bytes(header)


async def test_what_is_no_picture_or_too_much_of_one_is_refused(photos: Path) -> None:
    (photos / "drawing.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>')
    (photos / "text.jpg").write_text("hello")
    (photos / "bomb.png").write_bytes(_bomb())
    photo(photos / "cut.jpg", (900, 900))
    (photos / "cut.jpg").write_bytes((photos / "cut.jpg").read_bytes()[:2000])
    (photos.parent / "outside.jpg").write_bytes(b"")
    for name in ("drawing.svg", "text.jpg", "bomb.png", "cut.jpg", "none.jpg", "../outside.jpg", "ä" * 150):
        answer = await bring_in(photos, MUG.replace("mug.jpg", name))
        assert answer.code == 1, name
        assert [problem["column"] for problem in answer.data["problems"]] == ["pictures"]
        assert name in answer.data["problems"][0]["sentence"] or "SVG" in answer.lines[0]
    assert not await Picture.exists()
    assert not list(settings().media.glob("*"))
