"""What a server in production adds: HTTPS for a year, cookies for HTTPS only, styles by hashed names."""

import json
import os
import subprocess
import sys
from pathlib import Path

from unionbenefits.core.configuration import new_key

ROOT = Path(__file__).resolve().parents[2]
LOOK = """
import json, django
django.setup()
from django.core.management import call_command
call_command("collectstatic", interactive=False, verbosity=0)
from django.test import Client
answer = Client().get("/help/", secure=True, headers={"Host": "benefits.example.org"})
cookie = answer.cookies["csrftoken"]
print(json.dumps([answer.status_code, answer.headers["Strict-Transport-Security"], cookie["secure"],
                  answer.headers["Content-Security-Policy"], answer.content.decode()]))
"""


def test_production_sends_hsts_and_secure_cookies(tmp_path):
    environment = {
        "DATABASE_URL": "postgresql://app@127.0.0.1:1/app?sslmode=disable",
        "SECRET_KEY": "x" * 50,
        "ENCRYPTION_KEYS": f"k1:{new_key()}",
        "BLIND_INDEX_KEY": new_key(),
        "SIGNING_KEYS": f"k1:{new_key()}",
        "ALLOWED_HOSTS": "benefits.example.org",
        "PUBLIC_URL": "https://benefits.example.org",
        "SMS_BACKEND": "console",
        "UNIONBENEFITS_VAR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "unionbenefits.settings",
        "PATH": os.environ["PATH"],
    }
    result = subprocess.run(
        [sys.executable, "-c", LOOK], env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr
    status, hsts, secure, policy, page = json.loads(result.stdout)
    assert (status, hsts, secure) == (200, "max-age=31536000", True)
    assert "unsafe" not in policy
    assert '"/static/portal/portal.css"' not in page
    assert "/static/portal/portal." in page
