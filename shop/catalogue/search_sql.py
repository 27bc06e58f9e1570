"""Search in SQL, for both databases. Words are folded, so that no sign in them means anything to SQL.

What is looked through is made by migrations: `product_search` with the title, the names (SKUs, options, the
collection) and the prose of each product, a space around every word; on PostgreSQL also all of it as `words`.
"""

from dataclasses import dataclass

from shop.catalogue import matching
from shop.catalogue.matching import Query, Word
from shop.catalogue.search_index import Index

# More than these cannot be nearly what was typed, however common its trigrams are.
CANDIDATES, TRIGRAMS = 150, 64
# What is sold out comes last, whatever the order.
HERE = 'CASE WHEN SUM(v."on_hand" - v."reserved") > 0 THEN 1 ELSE 0 END'
SORTS = {
    "": '{rank} DESC, p."position", p."id"',
    "price": 'MIN(v."price"), p."position", p."id"',
    "-price": 'MIN(v."price") DESC, p."position", p."id"',
    "newest": 'p."created_at" DESC, p."id"',
    "name": 's."title", p."id"',
}
EXACTLY = """
    SELECT f."id", f."total", p."slug", p."title", p."summary", p."description" FROM (
        SELECT p."id", COUNT(*) OVER () AS "total", ROW_NUMBER() OVER (ORDER BY {here} DESC, {order}) AS "nth"
        FROM "product_search" s JOIN "product" p ON p."id" = s.{key} AND p."retired_at" IS NULL
        JOIN "variant" v ON v."product" = p."id" AND v."retired_at" IS NULL
        WHERE {match} GROUP BY p."id", s."title", s."names"
    ) f JOIN "product" p ON p."id" = f."id" WHERE f."nth" > {} AND f."nth" <= {} ORDER BY f."nth"
"""
NEARLY = """
    SELECT p."id", p."slug", p."title", p."created_at", p."position", n."title" AS "folded", n."names",
           MIN(v."price") AS "price", {here} AS "here"
    FROM ({candidates}) n JOIN "product" p ON p."id" = n."id" AND p."retired_at" IS NULL
    JOIN "variant" v ON v."product" = p."id" AND v."retired_at" IS NULL
    GROUP BY p."id", n."title", n."names"
"""
ON_SQLITE = f"""
    SELECT rowid AS "id", "title", "names" FROM "product_search" WHERE "product_search" MATCH {{}}
    ORDER BY bm25("product_search", 10, 4, 0) LIMIT {CANDIDATES}
"""
ON_POSTGRES = f"""
    SELECT "product" AS "id", "title", "names" FROM "product_search"
    WHERE ("title" || "names") LIKE ANY ({{}})
    ORDER BY (SELECT COUNT(*) FROM unnest({{}}::text[]) u WHERE ("title" || "names") LIKE u) DESC
    LIMIT {CANDIDATES}
"""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a list in order: from the one after `first` to `last`."""

    sort: str
    first: int
    last: int


def exactly(words: list[Word], index: Index, part: Part) -> Query:
    """The products that have all these words, and how many there are."""
    match, rank = matching.all_of(words, index), matching.rank(words) if not part.sort else Query("", [])
    parts = {
        "{here}": HERE,
        "{order}": SORTS[part.sort].replace("{rank}", rank.sql),
        "{key}": "rowid" if index in {Index.FTS5, Index.NONE} else '"product"',
        "{match}": match.sql,
    }
    return Query(_put_together(EXACTLY, parts), [*rank.values, *match.values, part.first, part.last])


def nearly(spellings: list[str], index: Index) -> Query:
    """The products whose title or names have the most trigrams in common with these words."""
    padded = [f" {word} " for word in spellings]
    trigrams = list(dict.fromkeys(word[at : at + 3] for word in padded for at in range(len(word) - 2)))
    parts = {"{here}": HERE, "{candidates}": ON_SQLITE if index is Index.FTS5 else ON_POSTGRES}
    if index is Index.FTS5:
        any_of_them = " OR ".join(map(matching.quoted, trigrams[:TRIGRAMS]))
        return Query(_put_together(NEARLY, parts), [f"{{title names}} : ({any_of_them})"])
    likes = [f"%{trigram}%" for trigram in trigrams[:TRIGRAMS]]
    return Query(_put_together(NEARLY, parts), [likes, likes])


def _put_together(sql: str, parts: dict[str, str]) -> str:
    for name, part in parts.items():
        sql = sql.replace(name, part)
    return sql
