"""What static/js/shop.js and htmx do with a change of the cart, for shoppers without a browser."""

import re

from tests.support.pages import Form, Page
from tests.support.shoppers import HTMX, Shopper


async def swap(shopper: Shopper, button: str, *, line: str = "", **filled_in: object) -> Page:
    """Sends a form of the cart's page, `line` being its line's token, and what the page shows already."""
    form = next(each for each in shopper.page.forms() if each.button(button) and line in each.address)
    told = form.fields(button) | {name: str(value) for name, value in filled_in.items()}
    return Page(await shopper.post(form.address, told, headers=HTMX | drawn(shopper.page, form)))


def drawn(page: Page, form: Form) -> dict[str, str]:
    token = re.search(r"/cart/lines/(.+)", form.address)
    lines = [f"line-{token[1]}"] if token else []
    lines += [str(node.id) for node in page.all(".line:has(.line__said)") if node.id not in lines]
    numbers = [
        f"{line.removeprefix('line-')}:{page.one(f'#{line}').attributes['data-drawn']}" for line in lines
    ]
    return {"Cart-Drawn": " ".join([str(page.one("#cart-totals").attributes["data-drawn"]), *numbers])}


def is_small(answer: Page) -> bool:
    return not answer.has("#cart")


def swapped(page: Page, answer: Page) -> str:
    """The cart as it is on the screen once htmx has put the answer into the page."""
    if not is_small(answer):
        return shown(answer)
    for part in answer.all("hx-partial"):
        target = page.one(str(part.attributes["data-hx-target"]))
        match part.attributes["data-hx-swap"]:
            case "delete":
                target.decompose()
            case "beforeend":
                target.insert_child(part.css("*")[1])
            case "outerMorph":
                target.replace_with(part.css("*")[1])
    return shown(page)


def shown(page: Page) -> str:
    return re.sub(r"\s+", " ", re.sub(r"\s*(<|>)\s*", r"\1", page.one("#cart").html or ""))
