"""What a list can be narrowed by, and how many products each choice would leave: one query for all of it."""

from dataclasses import dataclass

from shop.catalogue.narrowing import Narrowing, by_option, option_sql, prices_sql
from shop.database import Rows, run_aside

# An option counts what everything else leaves: whoever has chosen Clay still sees how many are Oat.
COUNTED = """
    WITH "v" AS (
        SELECT p."id" AS "product", v."price", ({prices}) AS "fits",
               p."position" * 1000.0 + v."position" AS "place",
               (v."on_hand" > v."reserved") AS "here", {columns}
               p."option1" AS "name1", v."option1" AS "value1",
               p."option2" AS "name2", v."option2" AS "value2",
               p."option3" AS "name3", v."option3" AS "value3"
        FROM "product" p JOIN "variant" v ON v."product" = p."id" AND v."retired_at" IS NULL
        WHERE p."retired_at" IS NULL {scope}
    ), "o" AS (
        SELECT v.*, "name1" AS "name", "value1" AS "value" FROM "v" WHERE "name1" <> ''
        UNION ALL SELECT v.*, "name2" AS "name", "value2" AS "value" FROM "v" WHERE "name2" <> ''
        UNION ALL SELECT v.*, "name3" AS "name", "value3" AS "value" FROM "v" WHERE "name3" <> ''
    )
    SELECT '' AS "name", '' AS "value", 0 AS "place", MIN("price") AS "lowest", MAX("price") AS "highest",
           COUNT(DISTINCT CASE WHEN "fits" {stock} {all} THEN "product" END) AS "products",
           COUNT(DISTINCT CASE WHEN "fits" AND "here" {all} THEN "product" END) AS "here",
           COUNT(DISTINCT "product") AS "of"
    FROM "v"
    UNION ALL
    SELECT "name", "value", MIN("place"), 0, 0,
           COUNT(DISTINCT CASE WHEN "fits" {stock} {others} THEN "product" END), 0, COUNT(DISTINCT "product")
    FROM "o" GROUP BY "name", "value"
"""


@dataclass(frozen=True, slots=True)
class Counts:
    """`products` fit, `here` of them are in stock, `of` stand on the shelf; `options` by name and value."""

    products: int
    here: int
    of: int
    lowest: int
    highest: int
    options: Rows


async def count(scope: str, values: list[object], narrowing: Narrowing) -> Counts:
    """`scope` is a condition on a product `p`."""
    prices, bounds = prices_sql(narrowing)
    wanted = by_option(narrowing.options)
    conditions = [option_sql(name, chosen) for name, chosen in wanted.items()]
    sql = COUNTED
    for name, part in {
        "{prices}": prices,
        "{columns}": "".join(f'{condition} AS "is{n}", ' for n, (condition, _) in enumerate(conditions)),
        "{scope}": scope,
        "{stock}": 'AND "here"' if narrowing.in_stock else "",
        "{all}": "".join(f' AND "is{n}"' for n in range(len(wanted))),
        "{others}": "".join(f' AND ("is{n}" OR "name" = {{}})' for n in range(len(wanted))),
    }.items():
        sql = sql.replace(name, part)
    chosen = [value for _, told in conditions for value in told]
    whole, *options = sorted(
        await run_aside(sql, *bounds, *chosen, *values, *wanted), key=lambda row: row["name"] != ""
    )
    return Counts(
        whole["products"], whole["here"], whole["of"], whole["lowest"] or 0, whole["highest"] or 0, options
    )


def occurring(narrowing: Narrowing, counts: Counts) -> tuple[tuple[str, str], ...]:
    """The options asked for that stand on this shelf at all."""
    there = {(row["name"], row["value"]) for row in counts.options}
    return tuple(pair for pair in narrowing.options if pair in there)
