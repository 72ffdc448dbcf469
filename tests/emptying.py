"""Emptying the database after a test that commits, in milliseconds instead of half a second.

Django truncates every table, which makes a hundred tables and their indexes anew on disk, and then writes down
all content types and permissions again. Here rows are deleted from those tables only that hold some, and the
lists of what there is to be permitted and of what each role may do, which no test changes, stay. A database that a test has made large is truncated as Django does it.
"""

from typing import Any

import pytest
from django.core.management.commands import flush
from django.db.backends.postgresql.operations import DatabaseOperations

KEPT = {"django_content_type", "auth_permission", "auth_group", "auth_group_permissions"}
LARGE = 1 << 20  # bytes of one table, above which rows deleted one by one would leave too much behind

_truncate = DatabaseOperations.sql_flush


def install(patch: pytest.MonkeyPatch) -> None:
    """Lets every `flush` of this process empty the database as this module does."""
    patch.setattr(DatabaseOperations, "sql_flush", _statements)
    patch.setattr(flush, "emit_post_migrate_signal", lambda *_: None)


def _statements(operations: DatabaseOperations, style: Any, tables: list[str], **options: Any) -> list[str]:
    emptied = sorted(set(tables) - KEPT)
    filled = _filled(operations, emptied)
    if any(size > LARGE for size in filled.values()):
        return _truncate(operations, style, emptied, **options | {"allow_cascade": True})
    # Foreign keys and guards against changes speak of rows that go all together here.
    deletions = [f"DELETE FROM {operations.quote_name(table)}" for table in filled]
    return ["SET LOCAL session_replication_role = replica", *deletions]


def _filled(operations: DatabaseOperations, tables: list[str]) -> dict[str, int]:
    """The tables that hold a row, with their size in bytes."""
    looks = " UNION ALL ".join(
        f"SELECT '{table}', pg_relation_size('{table}') WHERE EXISTS (SELECT FROM {operations.quote_name(table)})"
        for table in tables
    )
    with operations.connection.cursor() as cursor:
        cursor.execute(looks)
        return dict(cursor.fetchall())
