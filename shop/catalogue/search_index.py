"""What the migrations could make of `product_search` in the database at hand, and so how it is asked."""

from enum import Enum

from shop.database import current_engine, run

VIRTUAL = """
    SELECT "sql" LIKE 'CREATE VIRTUAL%' AS "there" FROM sqlite_master WHERE "name" = 'product_search'
"""
INDEXED = """SELECT to_regclass('product_search_names') IS NOT NULL AS "there" """


class Index(Enum):
    """FTS5: SQLite's, of trigrams. NONE: SQLite was built without it, and every row is read.

    WORDS: PostgreSQL's full text. TRIGRAMS: the same, with the extension pg_trgm.
    """

    FTS5 = "fts5"
    NONE = "none"
    WORDS = "words"
    TRIGRAMS = "trigrams"

    @property
    def forgives(self) -> bool:
        """Whether what is spelt nearly so can be found."""
        return self in {Index.FTS5, Index.TRIGRAMS}


async def index() -> Index:
    """Asked once for each database: who makes the index later starts the shop again."""
    engine = current_engine()
    sqlite = engine.engine_type == "sqlite"
    here = str(getattr(engine, "path", "") or getattr(engine, "config", {}).get("database"))
    if here not in _known:
        [row] = await run(VIRTUAL if sqlite else INDEXED)
        there, not_there = (Index.FTS5, Index.NONE) if sqlite else (Index.TRIGRAMS, Index.WORDS)
        _known[here] = there if row["there"] else not_there
    return _known[here]


_known: dict[str, Index] = {}
