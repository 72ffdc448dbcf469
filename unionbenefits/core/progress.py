"""How far a long piece of work is, seen by others while its own transaction still runs."""

import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from django.db import connection
from psycopg import sql

# Hears how many lines are done, of how many; what it raises undoes everything.
Told = Callable[[int, int], None]
# Often enough for a progress bar that asks every second, seldom enough to cost nothing.
_EVERY_SECONDS = 0.5


class Progress:
    """Writes `done` and `total` of one row over a connection of its own, at most twice a second.

    The row must be committed already, and its own transaction must not have touched it: the two would wait
    for each other.
    """

    def __init__(self, table: str, pk: int) -> None:
        self._statement = sql.SQL("UPDATE {} SET done = %s, total = %s WHERE id = %s").format(
            sql.Identifier(table)
        )
        self._pk = pk
        self._connection = connection.copy()
        self._said_at = 0.0

    def __call__(self, done: int, total: int) -> None:
        """`done` of `total`; the last one is always written."""
        now = time.monotonic()
        if done < total and now - self._said_at < _EVERY_SECONDS:
            return
        self._said_at = now
        with self._connection.cursor() as cursor:
            cursor.execute(self._statement, [done, total, self._pk])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()
