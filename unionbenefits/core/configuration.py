"""Turns the environment into settings values, or stops the boot with a sentence that says what to set."""

import base64
import json
import secrets
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict


def required(value: str, name: str, hint: str) -> str:
    """`value`, or ImproperlyConfigured naming the variable and how to make one."""
    if not value:
        raise ImproperlyConfigured(f"Set {name} in the environment: {hint} See .env.example.")
    return value


def database(url: str) -> dict[str, Any]:
    """A Django DATABASES entry from a PostgreSQL address (`postgresql://user:password@host:5432/name?sslmode=require`)."""
    try:
        parts = dict(conninfo_to_dict(url))
    except Exception as error:
        raise ImproperlyConfigured(
            "DATABASE_URL is not a PostgreSQL address. Write postgresql://user:password@host:5432/name."
        ) from error
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", "unionbenefits"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": parts,
    }


def demo_secrets(folder: Path) -> dict[str, str]:
    """Keys of this demo installation: made once, kept readable by their owner only; new kinds are added."""
    path = folder / "demo-secrets.json"
    kept = dict(json.loads(path.read_text())) if path.exists() else {}
    made = {
        "SECRET_KEY": secrets.token_urlsafe(48),
        "ENCRYPTION_KEYS": f"demo1:{new_key()}",
        "BLIND_INDEX_KEY": new_key(),
        "SIGNING_KEYS": f"demo1:{new_key()}",
    } | kept
    if made != kept:
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = folder / f"demo-secrets.{secrets.token_hex(4)}"
        unfinished.touch(mode=0o600)
        unfinished.write_text(json.dumps(made))
        unfinished.replace(path)
    return made


def new_key() -> str:
    """A fresh 256-bit key in base64, as ENCRYPTION_KEYS, BLIND_INDEX_KEY and SIGNING_KEYS hold it."""
    return base64.b64encode(secrets.token_bytes(32)).decode()
