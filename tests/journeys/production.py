"""A server as in production, on the test database: granian, collected and compressed styles, strict settings."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import override_settings

HOST = "127.0.0.1"
# What a proxy in front adds: browser and server speak HTTP here, and the pages must believe in HTTPS.
BEHIND_HTTPS = {"X-Forwarded-Proto": "https"}
_KEYS = ("SECRET_KEY", "ENCRYPTION_KEYS", "BLIND_INDEX_KEY", "SIGNING_KEYS")


def environment(folder: Path) -> dict[str, str]:
    """The variables of a production server, with the keys that the test database was written with."""
    given = {name: getattr(settings, name) for name in _KEYS}
    return given | {
        "DATABASE_URL": database_url(),
        "ALLOWED_HOSTS": HOST,
        "PUBLIC_URL": f"https://{HOST}",
        "SMS_BACKEND": "console",
        "UNIONBENEFITS_VAR": str(folder),
        "UNIONBENEFITS_MODE": "production",
        "DJANGO_SETTINGS_MODULE": "unionbenefits.settings",
        "PATH": os.environ["PATH"],
    }


def database_url() -> str:
    """Where this test's own database is."""
    given = connection.settings_dict
    return (
        f"postgresql://{given['USER']}:{given['PASSWORD']}@/{given['NAME']}?host={quote(given['HOST'], safe='')}"
        f"&port={given['PORT']}"
    )


def collect(folder: Path) -> None:
    """Hashed names and compressed copies, as a server makes them; of the portal, whose files these tests ask for."""
    storages = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }
    with override_settings(STATIC_ROOT=folder / "static", STORAGES=storages):
        call_command(
            "collectstatic", interactive=False, verbosity=0, ignore_patterns=["admin", "unfold", "panel"]
        )


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """One worker; yields its address. Ended by its own process id."""
    collect(folder)
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", HOST, "--port", str(port), "--workers", "1",
        "--blocking-threads", "2", "--log-level", "warning", "--no-access-log", "unionbenefits.wsgi:application",
    ]  # fmt: skip
    log = (folder / "server.log").open("w+")
    server = subprocess.Popen(
        command, cwd=settings.BASE_DIR, env=environment(folder), stdout=log, stderr=log, process_group=0
    )
    try:
        _wait(port, server, log.name)
        yield f"http://{HOST}:{port}"
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(20)
        log.close()


def _wait(port: int, server: "subprocess.Popen[bytes]", log: str) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        assert server.poll() is None, Path(log).read_text(encoding="utf-8")
        time.sleep(0.05)
    raise AssertionError(Path(log).read_text(encoding="utf-8"))
