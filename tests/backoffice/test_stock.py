"""`python -m shop stock …`: the merchant counts."""

import json

import pytest

from shop.catalogue.tables import Variant
from shop.environment import BadSetting
from shop.serving.commands.carrying_out import show
from tests.support.goods import Goods
from tests.support.operator import tell


async def test_counted_filled_up_and_listed(goods: Goods) -> None:
    await goods("mug", stock=5)
    await goods("jug", stock=1)
    counted = await tell("stock", "set", "MUG", "12", "--why", "counted", "--by", "the merchant")
    assert counted.lines == ("MUG: 5 → 12 on hand.",)
    fewer = await tell("stock", "add", "MUG", "-2", "--why", "two were broken", "--by", "the merchant")
    assert fewer.data == {"sku": "MUG", "before": 12, "on_hand": 10, "reserved": 0, "change": -2}
    same = await tell("stock", "set", "MUG", "10", "--why", "counted again")
    assert same.lines == ("MUG: 10 on hand, as the books say.",)
    told = await tell("stock", "list", "--sku", "MUG")
    assert [(row["change"], row["on_hand"], row["actor"]) for row in told.data["movements"]] == [
        (-2, 10, "staff:the merchant"),
        (7, 12, "staff:the merchant"),
    ]
    few = await tell("stock", "list", "--below", "3")
    assert [row["sku"] for row in few.data["stock"]] == ["JUG"]
    assert len((await tell("stock", "list")).lines) == 3


async def test_what_is_promised_stays_and_the_refusal_says_so(goods: Goods) -> None:
    mug = await goods("mug", stock=5)
    await Variant.update({Variant.reserved: 3}).where(Variant.id == mug.id)
    refused = await tell("stock", "set", "MUG", "2", "--why", "counted")
    assert refused.code == 1
    assert "3 of them are promised" in refused.problem
    assert (await tell("stock", "set", "CUP", "2", "--why", "counted")).code == 1
    assert (await tell("stock", "list", "--sku", "CUP")).code == 1


@pytest.mark.parametrize("words", [("set", "MUG", "-1"), ("set", "MUG", "1e3"), ("add", "MUG", "many")])
async def test_what_is_no_number_is_not_counted(words: tuple[str, ...], goods: Goods) -> None:
    await goods("mug", stock=5)
    with pytest.raises(BadSetting):
        await tell("stock", *words, "--why", "counted")


async def test_with_json_nothing_else_is_said(goods: Goods, capsys: pytest.CaptureFixture[str]) -> None:
    await goods("mug", stock=5)
    show(await tell("stock", "set", "MUG", "12", "--why", "counted", "--json"), as_json=True)
    assert json.loads(capsys.readouterr().out)["on_hand"] == 12
    show(await tell("stock", "set", "CUP", "12", "--why", "counted", "--json"), as_json=True)
    said = capsys.readouterr()
    assert json.loads(said.out)["problem"].startswith("There is no SKU")
    assert said.err == ""
