"""A server started without its configuration says what to set, and never falls back to the embedded database."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from unionbenefits.core.configuration import new_key
from unionbenefits.core.crypto.keyring import keyring
from unionbenefits.core.crypto.signing import signing_ring

ROOT = Path(__file__).resolve().parents[2]
COMPLETE = {
    "DATABASE_URL": "postgresql://app@127.0.0.1:5432/app?sslmode=disable",
    "SECRET_KEY": "x" * 50,
    "ENCRYPTION_KEYS": f"k1:{new_key()}",
    "BLIND_INDEX_KEY": new_key(),
    "SIGNING_KEYS": f"k1:{new_key()}",
    "ALLOWED_HOSTS": "benefits.example.org,127.0.0.1",
    "PUBLIC_URL": "https://benefits.example.org",
    "SMS_BACKEND": "console",
}
BOOT = "import unionbenefits.wsgi"


def run(code: str, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    keep = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", code],
        env=keep | environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_server_without_any_configuration_names_the_first_missing_variable():
    result = run(BOOT, {})
    assert result.returncode != 0
    assert "Set DATABASE_URL in the environment" in result.stderr


@pytest.mark.parametrize(
    "name",
    [
        "DATABASE_URL",
        "SECRET_KEY",
        "ENCRYPTION_KEYS",
        "BLIND_INDEX_KEY",
        "SIGNING_KEYS",
        "ALLOWED_HOSTS",
        "PUBLIC_URL",
    ],
)
def test_missing_variable_stops_the_boot_with_its_name(name):
    result = run(BOOT, {key: value for key, value in COMPLETE.items() if key != name})
    assert result.returncode != 0
    assert f"Set {name} in the environment" in result.stderr


def test_sms_gateway_is_required_unless_another_back_end_is_named():
    result = run(BOOT, {key: value for key, value in COMPLETE.items() if key != "SMS_BACKEND"})
    assert "Set SMS_HTTP_URL in the environment" in result.stderr


def test_complete_configuration_boots_without_touching_the_embedded_database(tmp_path):
    code = (
        BOOT
        + "; from django.conf import settings as s; print(s.DEMO, s.DATABASES['default']['HOST'], s.SECURE_HSTS_SECONDS)"
    )
    result = run(code, COMPLETE | {"UNIONBENEFITS_VAR": str(tmp_path)})
    assert (result.returncode, result.stdout.strip()) == (0, "False 127.0.0.1 31536000")
    assert not (tmp_path / "pg").exists()


@pytest.mark.parametrize("value", ["nonsense", "k1:c2hvcnQ=", f"{'n' * 40}:{'A' * 43}="])
def test_malformed_key_ring_is_refused_with_a_sentence(settings, value):
    settings.ENCRYPTION_KEYS = value
    with pytest.raises(ImproperlyConfigured, match="ENCRYPTION_KEYS"):
        keyring()


@pytest.mark.parametrize(
    "value",
    [
        "nonsense",
        "k1:c2hvcnQ=",
        f"k-1:{new_key()}",
        f"k1:public:{new_key()}",
        f"k1:{new_key()},k1:{new_key()}",
    ],
    # Keys are made anew in every worker of the test run, which must agree on the names of the tests.
    ids=["nonsense", "short", "name", "public", "twice"],
)
def test_malformed_signing_keys_are_refused_with_a_sentence(settings, value):
    settings.SIGNING_KEYS = value
    with pytest.raises(ImproperlyConfigured, match="SIGNING_KEYS"):
        signing_ring()


def test_address_that_is_not_postgresql_is_refused_with_a_sentence():
    result = run(BOOT, COMPLETE | {"DATABASE_URL": "mysql://x@y/z"})
    assert "DATABASE_URL is not a PostgreSQL address" in result.stderr


def test_every_variable_of_the_settings_is_in_the_example():
    settings = (ROOT / "unionbenefits" / "settings.py").read_text()
    import re

    read = set(re.findall(r'env\.(?:str|bool|int|list)\(\s*"([A-Z_]+)"', settings)) - {"UNIONBENEFITS_MODE"}
    example = set(re.findall(r"^([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert read == example
