"""A page as a shopper reads it: by what it says, its links and its forms."""

from urllib.parse import urljoin

import httpx
from selectolax.lexbor import LexborHTMLParser, LexborNode

Fields = dict[str, str]


class Page:
    """One answer. Selectors are CSS; what a test asks for and the page lacks is a failed test."""

    def __init__(self, response: httpx.Response) -> None:
        self.response = response
        self.status = response.status_code
        self.url = str(response.url)
        self.path = response.url.raw_path.decode()
        self.headers = response.headers
        self._tree = LexborHTMLParser(response.text or "<!doctype html>")

    def all(self, selector: str) -> list[LexborNode]:
        return list(self._tree.css(selector))

    def one(self, selector: str) -> LexborNode:
        found = self.all(selector)
        assert len(found) == 1, (
            f"{len(found)} of {selector!r} on {self.path} ({self.status}): {self.says()[:500]}"
        )
        return found[0]

    def has(self, selector: str) -> bool:
        return bool(self.all(selector))

    def text(self, selector: str) -> str:
        """What stands there, with every run of white space as one space."""
        return squeezed(self.one(selector))

    def texts(self, selector: str) -> list[str]:
        return [squeezed(node) for node in self.all(selector)]

    def says(self) -> str:
        """All that can be read on the page."""
        return squeezed(self._tree.body) if self._tree.body else self.response.text

    @property
    def title(self) -> str:
        return self.text("title")

    def link(self, text: str) -> str:
        """The address behind the first link with this text in it or in its label."""
        for node in self.all("a[href]"):
            if text.lower() in (squeezed(node) + " " + (node.attributes.get("aria-label") or "")).lower():
                return urljoin(self.url, node.attributes["href"] or "")
        raise AssertionError(f"no link {text!r} on {self.path}: {self.texts('a[href]')}")

    def forms(self) -> "list[Form]":
        return [Form(self, node) for node in self.all("form")]

    def form(self, button: str | None = None, *, action: str | None = None) -> "Form":
        """The first form with a button that says so, or whose action ends so; both where both are given."""
        for form in self.forms():
            says = button is None or form.button(button) is not None
            leads = action is None or form.address.split("?")[0].endswith(action)
            if says and leads:
                return form
        told = [(form.address, form.buttons()) for form in self.forms()]
        raise AssertionError(f"no form {button or action!r} on {self.path} ({self.status}): {told}")


class Form:
    def __init__(self, page: Page, node: LexborNode) -> None:
        self._page = page
        self._node = node
        self.method = (node.attributes.get("method") or "get").lower()
        self.address = urljoin(page.url, node.attributes.get("action") or page.url)

    def buttons(self) -> list[str]:
        return [label(node) for node in self._controls("button, input") if _submits(node)]

    def button(self, text: str) -> LexborNode | None:
        for node in self._controls("button, input"):
            if _submits(node) and text.lower() in label(node).lower():
                return node
        return None

    def target(self, button: str | None = None) -> str:
        """Where it is sent: a button may say something else than the form."""
        pressed = self.button(button) if button else None
        given = pressed.attributes.get("formaction") if pressed else None
        return urljoin(self._page.url, given) if given else self.address

    def fields(self, button: str | None = None) -> Fields:
        """What a browser would send if nothing more were filled in."""
        values: Fields = {}
        for node in self._controls("input, select, textarea"):
            name, value = node.attributes.get("name"), _value(node)
            if name and value is not None and "disabled" not in node.attributes:
                values[name] = value
        pressed = self.button(button) if button else None
        if pressed is not None and pressed.attributes.get("name"):
            values[pressed.attributes["name"] or ""] = pressed.attributes.get("value") or ""
        return values

    def names(self) -> set[str]:
        return {
            name
            for node in self._controls("input, select, textarea, button")
            if (name := node.attributes.get("name"))
        }

    def _controls(self, selector: str) -> list[LexborNode]:
        """Its own, and those elsewhere on the page that name it."""
        inside = [node for node in self._node.css(selector) if not node.attributes.get("form")]
        own_id = self._node.attributes.get("id")
        outside = [
            node for node in self._page.all(selector) if own_id and node.attributes.get("form") == own_id
        ]
        return inside + outside


def label(node: LexborNode) -> str:
    said = [squeezed(node), node.attributes.get("aria-label"), node.attributes.get("title")]
    if node.tag == "input":
        said.append(node.attributes.get("value"))
    return " ".join(part for part in said if part)


def squeezed(node: LexborNode) -> str:
    return " ".join(node.text(separator=" ").split())


def _submits(node: LexborNode) -> bool:
    kind = (node.attributes.get("type") or "").lower()
    return kind in {"submit", "image"} if node.tag == "input" else kind in {"", "submit"}


def _value(node: LexborNode) -> str | None:
    kind = (node.attributes.get("type") or "").lower()
    if node.tag == "textarea":
        return node.text()
    if node.tag == "select":
        options = node.css("option")
        chosen = [option for option in options if "selected" in option.attributes] or options[:1]
        return (chosen[0].attributes.get("value") or squeezed(chosen[0])) if chosen else None
    if kind in {"submit", "image", "button", "reset", "file"}:
        return None
    if kind in {"radio", "checkbox"} and "checked" not in node.attributes:
        return None
    default = "on" if kind in {"radio", "checkbox"} else ""
    return node.attributes.get("value") or default
