"""SQL of the pipelines: kept in `.sql` files beside the code that runs them, one statement set per file."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db import connection, transaction


@lru_cache(maxsize=256)
def load(folder: str, name: str) -> str:
    """The text of `folder/name.sql`."""
    return (Path(folder) / f"{name}.sql").read_text(encoding="utf-8")


@contextmanager
def without(method: str) -> Iterator[None]:
    """Statements within are planned without `method` (`seqscan`, `nestloop`), in a transaction.

    For statements that fill a table which they also read: the planner takes it for as small as it was before,
    and one of the two methods then turns thousands of rows into millions of steps.
    """
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL enable_{method} = off")
        yield
        cursor.execute(f"SET LOCAL enable_{method} TO DEFAULT")


def check_keys_now() -> None:
    """Checks the foreign keys of what was written so far; later statements are checked at commit again.

    For work in parts: at the end they would all wait in memory, and the bar at 100 %.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def run(folder: str | Path, name: str, parameters: dict[str, Any] | None = None) -> int:
    """Runs the file's statement in the current transaction; returns the number of rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(load(str(folder), name), parameters or {})
        return int(cursor.rowcount)


def rows(folder: str | Path, name: str, parameters: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """Runs the file's query and returns its rows as dicts, in the query's order."""
    with connection.cursor() as cursor:
        cursor.execute(load(str(folder), name), parameters or {})
        columns = [column.name for column in cursor.description or ()]
        return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


def stream(
    folder: str | Path, name: str, parameters: dict[str, Any] | None = None
) -> Iterator[dict[str, Any]]:
    """`rows` for many: runs the query now, keeps the answer in the driver's compact form, and makes dicts
    one by one.

    Other statements may run on the connection meanwhile.
    """
    cursor = connection.cursor()
    cursor.execute(load(str(folder), name), parameters or {})
    return _drain(cursor, [column.name for column in cursor.description or ()])


def _drain(cursor: Any, columns: list[str]) -> Iterator[dict[str, Any]]:
    with cursor:
        while found := cursor.fetchmany(1000):
            for row in found:
                yield dict(zip(columns, row, strict=True))
