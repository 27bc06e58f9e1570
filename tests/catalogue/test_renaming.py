"""An address may change; whoever kept the former one still arrives."""

from pathlib import Path

import pytest

from shop.catalogue.tables import Collection, FormerAddress
from tests.support.goods import Goods
from tests.support.operator import tell
from tests.support.shoppers import Shopper


@pytest.fixture(autouse=True)
def _here(environment: None) -> None:
    """The settings and the database of a shop."""


async def bring_in(folder: Path, text: str) -> tuple[str, ...]:
    file = folder / "goods.csv"
    file.write_text(text)
    return (await tell("products", "import", str(file), "--by", "the merchant", "--yes")).lines


async def test_a_product_that_is_brought_in_under_another_address_is_found_by_the_former_one_too(
    tmp_path: Path, ada: Shopper, goods: Goods
) -> None:
    await goods("mug", choices={"blue": 1, "red": 1})
    told = await bring_in(tmp_path, "product,sku\ncup,MUG-BLUE\n,MUG-RED\n")
    assert told[0] == '~ cup changed: product "mug" → "cup"'
    await bring_in(tmp_path, "product,sku\nbeaker,MUG-BLUE\nbeaker,MUG-RED\n")
    for former in ("mug", "cup"):
        answer = await ada.get(f"/products/{former}?variant=MUG-RED")
        assert answer.status_code == 301
        assert answer.headers["location"] == "/products/beaker?variant=MUG-RED"
    assert (await ada.get("/de/products/mug")).headers["location"] == "/de/products/beaker"
    assert (await ada.open("/products/mug")).text("h1") == "Mug"


async def test_an_address_that_is_used_again_leads_to_what_has_it_now(
    tmp_path: Path, ada: Shopper, goods: Goods
) -> None:
    await goods("mug")
    await bring_in(tmp_path, "product,sku\ncup,MUG\n")
    await goods("mug", title="Another mug", sku="OTHER")
    assert (await ada.open("/products/mug")).text("h1") == "Another mug"
    await bring_in(tmp_path, "product,sku\njar,OTHER\n")
    assert (await ada.get("/products/mug")).headers["location"] == "/products/jar"
    await bring_in(tmp_path, "product,sku\nmug,MUG\n")
    assert (await ada.open("/products/mug")).text("h1") == "Mug"
    assert (await ada.get("/products/cup")).headers["location"] == "/products/mug"


@pytest.mark.parametrize(
    "rows", ["cup,MUG-BLUE", "cup,MUG-BLUE\ncup,MUG-RED\nmug,MUG-GREEN", "cup,MUG-BLUE\ncup,MUG-RED\ncup,CAN"]
)
async def test_only_a_whole_product_moves(rows: str, tmp_path: Path, goods: Goods) -> None:
    await goods("mug", choices={"blue": 1, "red": 1})
    await goods("can")
    told = await bring_in(tmp_path, f"product,sku\n{rows}\n")
    assert "stays there" in " ".join(told)
    assert not await FormerAddress.exists()


async def test_a_collection_is_found_by_its_former_address(ada: Shopper) -> None:
    kitchen = Collection(slug="kitchen", title="Kitchen", description="")
    await kitchen.save()
    await FormerAddress(path="/collections/cooking", collection=kitchen.id).save()
    assert (await ada.open("/collections/cooking")).text("h1") == "Kitchen"
