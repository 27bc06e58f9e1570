"""Search in SQL, for both databases. Words are folded, so that no sign in them means anything to SQL.

What is looked through is made by a migration: `product_search` with the title, the names (SKUs, options, the
collection) and the prose of each product, a space around every word.
"""

from dataclasses import dataclass

from shop.database import current_engine

# More than these cannot be nearly what was typed, however common its trigrams are.
CANDIDATES, TRIGRAMS = 150, 48
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
# A word of the title counts more than the beginning of one, and that more than what stands elsewhere.
RANK = """
    CASE WHEN s."title" LIKE {} THEN 4 WHEN s."title" LIKE {} THEN 3 WHEN s."title" LIKE {} THEN 2
    WHEN s."names" LIKE {} THEN 1 ELSE 0 END
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
class Query:
    sql: str
    values: list[object]


def exactly(words: list[str], sort: str, first: int, last: int) -> Query:
    """The products that have all these words: the ones from `first` to `last`, and how many there are."""
    match = _all_of_them_on_sqlite(words) if _is_sqlite() else _all_of_them_on_postgres(words)
    order = SORTS[sort].replace("{rank}", "(" + " + ".join([RANK] * len(words)) + ")")
    parts = {
        "{here}": HERE,
        "{order}": order,
        "{key}": "rowid" if _is_sqlite() else '"product"',
        "{match}": match.sql,
    }
    ranked = [like for word in words for like in (f"% {word} %", f"% {word}%", f"%{word}%", f"% {word}%")]
    return Query(_put_together(EXACTLY, parts), [*(ranked if not sort else []), *match.values, first, last])


def nearly(spellings: list[str]) -> Query:
    """The products whose title or names have the most trigrams in common with these words."""
    padded = [f" {word} " for word in spellings]
    trigrams = list(dict.fromkeys(word[at : at + 3] for word in padded for at in range(len(word) - 2)))
    parts = {"{here}": HERE, "{candidates}": ON_SQLITE if _is_sqlite() else ON_POSTGRES}
    if _is_sqlite():
        any_of_them = " OR ".join(map(_quoted, trigrams[:TRIGRAMS]))
        return Query(_put_together(NEARLY, parts), [f"{{title names}} : ({any_of_them})"])
    likes = [f"%{trigram}%" for trigram in trigrams[:TRIGRAMS]]
    return Query(_put_together(NEARLY, parts), [likes, likes])


def _is_sqlite() -> bool:
    return current_engine().engine_type == "sqlite"


def _all_of_them_on_sqlite(words: list[str]) -> Query:
    """No word of less than three letters is a trigram, but the space before two letters makes one."""
    found = [f"{{title names}} : {_quoted(f' {word}')}" if len(word) == 2 else _quoted(word)
             for word in words if len(word) > 1]  # fmt: skip
    letters = [f"% {word}%" for word in words if len(word) == 1]
    conditions = ['s."product_search" MATCH {}'] * bool(found)
    conditions += ['(s."title" LIKE {} OR s."names" LIKE {})'] * len(letters)
    values: list[object] = [" AND ".join(found)] if found else []
    return Query(" AND ".join(conditions), values + [letter for letter in letters for _ in range(2)])


def _all_of_them_on_postgres(words: list[str]) -> Query:
    anywhere, beginning = '(s."title" || s."names" || s."prose") LIKE {}', '(s."title" || s."names") LIKE {}'
    conditions = [anywhere if len(word) > 2 else beginning for word in words]
    return Query(" AND ".join(conditions), [f"%{word}%" if len(word) > 2 else f"% {word}%" for word in words])


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _put_together(sql: str, parts: dict[str, str]) -> str:
    for name, part in parts.items():
        sql = sql.replace(name, part)
    return sql
