"""The test databases: one is migrated and kept for as long as no migration changes, and every run works on copies.
It knows the roles, too: writing them anew was a fifth of every test of a page.

Migrating takes seconds of a processor, a copy of what is migrated a third of one: the second worker of a run and
every later run save them.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql

from unionbenefits.access.actions import write_groups

ROOT = Path(__file__).resolve().parents[1]
_PREFIX = "unionbenefits_migrated_"
# Whatever a migrated database is made of: the steps, the SQL they load, and the packages that bring their own.
_MADE_OF = (
    "unionbenefits/**/migrations/*.py",
    "unionbenefits/**/*.sql",
    "unionbenefits/core/migration_operations.py",
    "unionbenefits/access/roles.py",
    "requirements/base.txt",
)
_LOCK = 7002
_KEPT = 4


@contextmanager
def copied() -> Iterator[None]:
    """The default connection leads to a copy of its own, which is dropped afterwards."""
    name = connection.creation._get_test_db_name()
    before = settings.DATABASES["default"]["NAME"]
    with psycopg.connect(_address(), autocommit=True) as keeper:
        keeper.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        template = _migrated(keeper)
        _drop(keeper, name)
        keeper.execute(_say("CREATE DATABASE {} TEMPLATE {}", name, template))
        keeper.execute(_say("ALTER DATABASE {} SET unionbenefits.test_database = 'on'", name))
    _lead_to(name)
    try:
        yield
    finally:
        _lead_to(before)
        with psycopg.connect(_address(), autocommit=True) as keeper:
            _drop(keeper, name)


def _migrated(keeper: psycopg.Connection) -> str:
    """The name of the database that all migrations of today have run on; made where it is missing."""
    name = _PREFIX + _fingerprint()
    found = keeper.execute(
        "SELECT datname FROM pg_database WHERE starts_with(datname, %s) ORDER BY oid DESC", [_PREFIX]
    )
    known = [row[0] for row in found]
    if name in known:
        return name
    for old in known[_KEPT - 1 :]:
        _drop(keeper, old)
    making = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    write_groups()
    connection.close()
    # Named only when it is whole: a run that is killed here leaves nothing that looks ready.
    keeper.execute(_say("ALTER DATABASE {} RENAME TO {}", making, name))
    return name


def _fingerprint() -> str:
    digest = hashlib.sha256()
    for path in sorted({path for pattern in _MADE_OF for path in ROOT.glob(pattern)}):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def _lead_to(name: str) -> None:
    connection.close()
    settings.DATABASES["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name


def _address() -> str:
    """Of the server's own database, since nobody copies the one that he is connected to."""
    at = settings.DATABASES["default"]
    return psycopg.conninfo.make_conninfo(
        host=at["HOST"], port=at["PORT"] or None, user=at["USER"], password=at["PASSWORD"], dbname="postgres"
    )


def _drop(keeper: psycopg.Connection, name: str) -> None:
    keeper.execute(_say("DROP DATABASE IF EXISTS {} WITH (FORCE)", name))


def _say(words: str, *names: str) -> sql.Composed:
    return sql.SQL(words).format(*map(sql.Identifier, names))
