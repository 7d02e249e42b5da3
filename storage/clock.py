"""The database's clock, which every process sharing it agrees on."""

from typing import Any

from sqlalchemy import BigInteger
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class NowMs(FunctionElement[int]):
    """The current time in milliseconds since 1970, moving on within a transaction."""

    type = BigInteger()
    inherit_cache = True


@compiles(NowMs, "postgresql")
def _postgresql(_element: NowMs, _compiler: Any, **_: Any) -> str:
    return "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint)"


@compiles(NowMs, "sqlite")
def _sqlite(_element: NowMs, _compiler: Any, **_: Any) -> str:
    # unixepoch('subsec') came with SQLite 3.42; Debian 12 has 3.40.
    return "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)"
