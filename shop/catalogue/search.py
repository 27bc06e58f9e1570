"""Search: what has every word that was typed; where nothing has, what is spelt nearly so."""

import asyncio
from dataclasses import replace
from typing import Any

from shop.catalogue import folding, likeness, search_sql
from shop.catalogue.endings import forms
from shop.catalogue.likeness import CLOSE, IsHit, Likeness
from shop.catalogue.listing import cards_of
from shop.catalogue.matching import Query, Word
from shop.catalogue.meant import meant
from shop.catalogue.search_index import Index, index
from shop.catalogue.search_sql import SORTS, Part
from shop.catalogue.search_views import Found, Hit, Suggestion
from shop.catalogue.views import Card
from shop.database import Rows, run, run_aside

PAGE_SIZE, SUGGESTED, STARTERS = 24, 4, 8
WORDS, LETTERS = 8, 40
# Clearly less alike than the best; and as much as is said by one of two words.
FURTHER, HALF = 0.1, 0.5
STARTS = """
    SELECT "id" FROM "product" WHERE "featured" = {} AND "retired_at" IS NULL
    ORDER BY "position", "id" LIMIT {}
"""


async def search(typed: str, sort: str, page: int, size: int = PAGE_SIZE) -> Found:
    """Unknown sorts are the usual one; past the end it is the first page."""
    texts = list(dict.fromkeys(word[:LETTERS] for word in folding.words(typed)))[:WORDS]
    asked = Found(typed, page=page, sort=sort if sort in SORTS else "", size=size)
    if not texts:
        return replace(asked, page=1)
    words, here = [Word(text, forms(text)) for text in texts], await index()
    found = await _exactly(asked, words, here)
    if found is None and here.forgives:
        found = await _nearly(asked, texts, here)
    return found or replace(asked, page=1)


async def starters() -> tuple[Card, ...]:
    """A good place to start for whoever has typed nothing yet: what the merchant features."""
    rows = await run(STARTS, True, STARTERS)
    return await cards_of([row["id"] for row in rows])


async def _exactly(asked: Found, words: list[Word], here: Index) -> Found | None:
    part = Part(asked.sort, (asked.page - 1) * asked.size, asked.page * asked.size)
    rows = await _ask(search_sql.exactly(words, here, part))
    if not rows:
        return await _exactly(replace(asked, page=1), words, here) if asked.page > 1 else None
    total = int(rows[0]["total"])
    hits = await _hits(rows, [word.text for word in words], likeness.containing(words))
    return replace(asked, hits=hits, total=total, pages=-(-total // asked.size))


async def _nearly(asked: Found, words: list[str], here: Index) -> Found:
    rows = await _ask(search_sql.nearly(likeness.spellings(words), here))
    alike = Likeness(words)
    scored = await asyncio.to_thread(_best, rows, alike)
    close = _sorted([(score, row) for score, row in scored if score >= CLOSE], asked.sort)
    if not close:
        nearest = [Suggestion(row["slug"], row["title"]) for score, row in scored if score >= HALF]
        return replace(asked, page=1, suggestions=tuple(nearest[:SUGGESTED]))
    pages = -(-len(close) // asked.size)
    page = asked.page if asked.page <= pages else 1
    shown = close[(page - 1) * asked.size : page * asked.size]
    hits = await _hits(shown, words, likeness.resembling(alike))
    return replace(asked, hits=hits, total=len(close), page=page, pages=pages, close=True)


async def _ask(query: Query) -> Rows:
    return await run_aside(query.sql, *query.values)


def _best(rows: Rows, alike: Likeness) -> list[tuple[float, dict[str, Any]]]:
    """The most alike first; what is clearly less alike than the first was not meant."""
    scored = [(alike.of(row["folded"].split(), row["names"].split()), row) for row in rows]
    best = max((score for score, _ in scored), default=0.0)
    meant = [(score, row) for score, row in scored if score >= best - FURTHER]
    return sorted(meant, key=lambda pair: (-pair[0], pair[1]["position"], pair[1]["id"]))


def _sorted(scored: list[tuple[float, dict[str, Any]]], sort: str) -> Rows:
    """What is sold out last; Python's sort keeps the most alike first among equals."""
    rows = [row for _, row in scored]
    keys = {"price": "price", "-price": "price", "newest": "created_at", "name": "folded"}
    if sort in keys:
        rows.sort(key=lambda row: row[keys[sort]], reverse=sort in {"-price", "newest"})
    return sorted(rows, key=lambda row: -row["here"])


async def _hits(rows: Rows, words: list[str], is_hit: IsHit) -> tuple[Hit, ...]:
    variants = await meant({row["id"]: row["title"] for row in rows}, words, is_hit)
    ids = {product: [each.id for each in chosen] for product, chosen in variants.items()}
    cards = {card.slug: card for card in await cards_of([row["id"] for row in rows], ids)}
    labels = {each.sku: each.label for chosen in variants.values() for each in chosen}
    # Marking long descriptions takes milliseconds.
    return await asyncio.to_thread(_marked, rows, cards, labels, is_hit)


def _marked(rows: Rows, cards: dict[str, Card], labels: dict[str, str], is_hit: IsHit) -> tuple[Hit, ...]:
    return tuple(_hit(cards[row["slug"]], row, labels, is_hit) for row in rows if row["slug"] in cards)


def _hit(card: Card, row: dict[str, Any], labels: dict[str, str], is_hit: IsHit) -> Hit:
    """Beside the title stands why it was found: the variant, or a few words of the prose."""
    title = likeness.marked(card.title, is_hit)
    if card.sku:
        label, number = (likeness.marked(text, is_hit) for text in (labels[card.sku], card.sku))
        return Hit(card, title, label if any(part.hit for part in label) else number)
    if any(part.hit for part in title):
        return Hit(card, title)
    texts = (str(row.get("summary") or ""), str(row.get("description") or ""))
    return Hit(card, title, likeness.excerpt(texts, is_hit))
