"""Requests that another site makes a shopper's browser send are refused, whatever they ask for."""

import pytest

from tests.journeys.steps import the_order
from tests.support.goods import Goods
from tests.support.shoppers import Shopper

pytestmark = pytest.mark.one_database

FORMS = [
    "/cart/lines",
    "/checkout",
    "/sign-in",
    "/register",
    "/sign-out",
    "/orders/x/reopen",
    "/orders/x/payment",
]


@pytest.mark.parametrize("address", FORMS)
@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "null"},
        {"Origin": "https://evil.example"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "OWN"},
    ],
    ids=lambda headers: " ".join(headers.values()),
)
async def test_a_form_of_another_site_is_refused(address: str, headers: dict[str, str], ada: Shopper) -> None:
    own = str(ada.client.base_url).rstrip("/")
    sent = {name: value.replace("OWN", own) for name, value in headers.items()}
    answer = await ada.post(address, {"variant": "MUG"}, headers=sent)
    assert answer.status_code == 403
    assert "text/html" in answer.headers["content-type"]
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "headers", [{}, {"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}, {"Origin": "OWN"}], ids=str
)
async def test_a_form_of_ours_and_a_program_s_get_through(
    headers: dict[str, str], ada: Shopper, goods: Goods
) -> None:
    await goods("mug")
    own = str(ada.client.base_url).rstrip("/")
    sent = {name: value.replace("OWN", own) for name, value in headers.items()}
    answer = await ada.post("/cart/lines", {"variant": "MUG"}, headers=sent)
    assert answer.status_code == 303
    assert (await the_order()).status == "cart"


@pytest.mark.parametrize("kind", ["application/json", "text/plain", "application/xml", "", "nonsense"])
async def test_what_is_no_form_is_refused(kind: str, ada: Shopper, goods: Goods) -> None:
    await goods("mug")
    answer = await ada.client.post(
        "/cart/lines", content=b'{"variant": "MUG"}', headers={"Content-Type": kind}
    )
    assert answer.status_code == 415
    assert "text/html" in answer.headers["content-type"]


async def test_a_form_in_parts_is_a_form(ada: Shopper, goods: Goods) -> None:
    await goods("mug")
    parts = {"variant": (None, "MUG"), "quantity": (None, "2")}
    assert (await ada.client.post("/cart/lines", files=parts)).status_code == 303


async def test_a_file_where_a_text_should_be_is_no_field(ada: Shopper, goods: Goods) -> None:
    await goods("mug")
    parts = {"variant": ("x.txt", b"MUG")}
    assert (await ada.client.post("/cart/lines", files=parts)).status_code == 404


async def test_a_form_that_is_too_large_is_refused(ada: Shopper) -> None:
    answer = await ada.post("/cart/lines", {"variant": "x" * 100_000})
    assert answer.status_code == 413
    assert "That is too much" in answer.text


@pytest.mark.parametrize(
    "body",
    [b"variant", b"=&=&", b"%", b"variant=%ff%fe", b"&" * 5000, b"variant=" + b"%00" * 50, b"\xff\xfe"],
)
async def test_broken_forms_are_never_our_mistake(body: bytes, ada: Shopper) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    for address in FORMS:
        answer = await ada.client.post(address, content=body, headers=headers)
        assert answer.status_code < 500, (address, answer.text)


@pytest.mark.parametrize(
    "kind", ["multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=x"]
)
async def test_broken_parts_are_never_our_mistake(kind: str, ada: Shopper) -> None:
    answer = await ada.client.post("/cart/lines", content=b"--x\r\nnonsense", headers={"Content-Type": kind})
    assert 400 <= answer.status_code < 500
