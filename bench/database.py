"""A database of its own for a bench, on the embedded PostgreSQL, with the product's schema and Django ready to use."""

import os

import psycopg
from psycopg import sql

from unionbenefits.core import embedded


def use(name: str) -> str:
    """Creates the database `name` where it is missing, points Django at it, migrates, and returns its address."""
    address = embedded.start()
    with psycopg.connect(address, autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if not known:
            parts = (sql.Identifier(name), sql.Identifier(embedded.TEMPLATE))
            connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*parts))
    url = address.replace(f"/{embedded.DATABASE}?", f"/{name}?")
    os.environ[embedded.URL_VARIABLE] = url
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "unionbenefits.settings")
    os.environ.setdefault("UNIONBENEFITS_MODE", "demo")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    return url
