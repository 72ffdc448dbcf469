"""SQL of the pipelines: kept in `.sql` files beside the code that runs them, one statement set per file."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from django.db import connection


@lru_cache(maxsize=256)
def load(folder: str, name: str) -> str:
    """The text of `folder/name.sql`."""
    return (Path(folder) / f"{name}.sql").read_text(encoding="utf-8")


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
