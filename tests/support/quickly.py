"""Every test has a shop of its own; what would be the same in all of them is made once."""

import functools
from dataclasses import replace
from pathlib import Path
from typing import Any

from httpx._transports import default as transports
from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket
from litestar import Litestar

from shop.settings import Settings
from shop.web import assets

_applications: dict[Settings, Litestar] = {}


def application(here: Settings) -> Litestar:
    """Shops that differ in nothing but where their data lies share one. A merchant's folder is read anew."""
    from shop.app import create_app

    if here.site:
        return create_app()
    alike = replace(here, database_url="", media=Path(), secret="")
    if alike not in _applications:
        _applications[alike] = create_app()
    return _applications[alike]


def remember_what_stays_the_same() -> None:
    # Compressing every file takes longer than most tests.
    assets._asset = functools.cache(assets._asset)
    # Each client reads the authorities' certificates: 30 ms, a thousand times.
    transports.create_ssl_context = functools.cache(transports.create_ssl_context)  # type: ignore[attr-defined]  # httpx's own name
    _remember_compiled_templates(_Compiled())


def _remember_compiled_templates(compiled: BytecodeCache) -> None:
    made = Environment.__init__

    @functools.wraps(made)
    def make(self: Environment, *arguments: Any, **options: Any) -> None:
        made(self, *arguments, **{"bytecode_cache": compiled, **options})

    Environment.__init__ = make  # type: ignore[method-assign]  # for the tests' own process only


class _Compiled(BytecodeCache):
    """In memory; Jinja keys it by name and checks the source itself."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        kept = self._kept.get((bucket.key, bucket.checksum))
        if kept is not None:
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key, bucket.checksum] = bucket.bytecode_to_string()
