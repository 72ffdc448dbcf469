"""Appends messages to a file: for the demo and for tests, where nobody has a phone to look at."""

import json
import os

from django.conf import settings

from unionbenefits.core import clock


class FileGateway:
    """One JSON object a line in `settings.SMS_FILE`, readable by its owner only."""

    def send(self, *, phone: str, text: str, key: str) -> None:
        """Always accepted. One write, so that lines of several processes never mix."""
        line = json.dumps(
            {"at": clock.now().isoformat(), "phone": phone, "text": text, "key": key}, ensure_ascii=False
        )
        settings.SMS_FILE.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(settings.SMS_FILE, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(handle, f"{line}\n".encode())
        finally:
            os.close(handle)
