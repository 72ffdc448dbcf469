"""Bulk loading with COPY inside Django's transaction."""

from collections.abc import Iterable, Sequence
from typing import Any

import psycopg
from django.db import connection, transaction
from django.db.utils import DatabaseError
from psycopg import sql


def copy_rows(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Copies `rows` into `table` within the open transaction; returns how many.

    Must run inside `transaction.atomic()`. Raises django.db.DatabaseError: psycopg's own errors would slip past
    Django's handling, and Django's debug cursor takes no parameters in `copy`, hence the raw cursor here.
    """
    transaction.get_connection().validate_no_broken_transaction()
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("copy_rows needs an open transaction.")
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    count = 0
    with connection.cursor() as cursor:
        raw = cursor.cursor.cursor if hasattr(cursor.cursor, "cursor") else cursor.cursor
        try:
            with raw.copy(statement) as copy:
                for row in rows:
                    copy.write_row(row)
                    count += 1
        except psycopg.Error as error:
            connection.needs_rollback = True
            raise DatabaseError(str(error)) from error
    return count
