"""The plain text of a letter, made from its HTML, so that there is one template for both.

It knows what letters are made of: headings, paragraphs, lists, links, rules, and tables whose cells are
written in columns (those of class "amount" to the right).
"""

import re
import textwrap
from dataclasses import dataclass, field
from html.parser import HTMLParser

WIDTH = 72
BLOCKS = {"p", "h1", "h2", "h3", "li", "div", "address", "blockquote"}
SILENT = {"style", "script", "title"}
# Spaces that keep an amount together are kept.
SPACES = re.compile(r"[ \t\r\n]+")


@dataclass(slots=True)
class Cell:
    text: str = ""
    right: bool = False


@dataclass(slots=True)
class Walked:
    """`blocks` are paragraphs and tables as text, `links` where the letter leads."""

    title: str = ""
    blocks: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n\n".join(self.blocks) + "\n"


def walk(html: str) -> Walked:
    walker = _Walker()
    walker.feed(html)
    walker.close()
    walker.end_block()
    return walker.walked


class _Walker(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.walked = Walked()
        self._text = ""
        self._silent = ""
        self._link: tuple[str, int] | None = None
        self._rows: list[list[Cell]] | None = None
        self._bullet = ""
        self._items, self._numbered = 0, False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag in SILENT:
            self._silent = tag
        elif tag == "br":
            self._text += "\n"
        elif tag == "hr":
            self.end_block()
            self.walked.blocks.append("-" * WIDTH)
        elif tag == "a":
            self._link = (told.get("href") or "", len(self._text))
        elif tag in ("ul", "ol"):
            self.end_block()
            self._items, self._numbered = 0, tag == "ol"
        elif tag == "table":
            self.end_block()
            self._rows = []
        elif tag == "tr" and self._rows is not None:
            self._rows.append([])
        elif tag in ("td", "th") and self._rows:
            self._rows[-1].append(Cell(right="amount" in (told.get("class") or "").split()))
            self._text = ""
        elif tag in BLOCKS and self._rows is None:
            self.end_block()
            if tag == "li":
                self._items += 1
                self._bullet = f"{self._items}. " if self._numbered else "- "

    def handle_endtag(self, tag: str) -> None:
        if tag == self._silent:
            self._silent = ""
        elif tag == "a" and self._link:
            self._end_link(*self._link)
        elif tag in ("td", "th") and self._rows and self._rows[-1]:
            self._rows[-1][-1].text = _tidy(self._text)
            self._text = ""
        elif tag == "table" and self._rows is not None:
            self.walked.blocks.append(_columns(self._rows))
            self._rows = None
        elif tag in BLOCKS and self._rows is None:
            self.end_block()

    def handle_data(self, data: str) -> None:
        if self._silent == "title":
            self.walked.title += data
        elif not self._silent:
            self._text += SPACES.sub(" ", data)

    def end_block(self) -> None:
        text, bullet = _tidy(self._text), self._bullet
        if not text:
            self._text = ""
            return
        self._text, self._bullet = "", ""
        first, *more = text.split("\n")
        wrapped = "\n".join([_wrapped(first, bullet), *(_wrapped(line, " " * len(bullet)) for line in more)])
        if bullet and self._items > 1:
            self.walked.blocks[-1] += "\n" + wrapped
        else:
            self.walked.blocks.append(wrapped)

    def _end_link(self, address: str, begins: int) -> None:
        """Written out, on a line of its own where it is not its own text."""
        said = self._text[begins:].strip()
        self._link = None
        self.walked.links.append((said, address))
        if address.startswith(("http://", "https://")) and said != address:
            self._text += f":\n{address}\n"


def _tidy(text: str) -> str:
    lines = [line.strip(" ") for line in text.split("\n")]
    return re.sub(r"\n{2,}", "\n", "\n".join(lines)).strip("\n ")


def _wrapped(line: str, bullet: str) -> str:
    return textwrap.fill(
        line,
        WIDTH,
        initial_indent=bullet,
        subsequent_indent=" " * len(bullet),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _columns(rows: list[list[Cell]]) -> str:
    """The first column gives way where a row would be too long."""
    if not any(rows):
        return ""
    for row in rows:
        # What stands below the first line of a cell belongs to it.
        row[0].text = row[0].text.replace("\n", "\n  ")
    widths = [
        max(_width(row[number].text) for row in rows if len(row) > number)
        for number in range(max(map(len, rows)))
    ]
    others = sum(widths[1:]) + 2 * (len(widths) - 1)
    widths[0] = min(widths[0], max(WIDTH - others, 20))
    return "\n".join(_row(row, widths) for row in rows if row)


def _row(row: list[Cell], widths: list[int]) -> str:
    first = [piece for line in row[0].text.split("\n") for piece in _narrow(line, widths[0])] or [""]
    rest = [
        cell.text.replace("\n", " ").rjust(width) if cell.right else cell.text.replace("\n", " ").ljust(width)
        for cell, width in zip(row[1:], widths[1:], strict=False)
    ]
    return "\n".join(["  ".join([first[0].ljust(widths[0]), *rest]).rstrip(), *first[1:]])


def _narrow(line: str, width: int) -> list[str]:
    return textwrap.wrap(line, width, subsequent_indent="  ", break_on_hyphens=False)


def _width(text: str) -> int:
    return max(map(len, text.split("\n")))
