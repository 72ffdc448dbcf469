"""Checks a coverage certificate without a network: `verify_offline.py QR-TEXT --keys keys.json --revoked revoked.json`.

Needs Python and the `cryptography` package, nothing of the application. The two files are those of
`/verify/keys.json` and `/verify/revoked.json`, fetched beforehand over HTTPS; docs/certificates.md says what
they hold and what is signed. The QR text is read from standard input where it is not given.

Prints one line and exits 0 for a certificate that holds, 1 for one that does not, 2 where that cannot be told.
"""

import argparse
import base64
import binascii
import datetime as dt
import json
import re
import sys
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

SHANGHAI = ZoneInfo("Asia/Shanghai")
FIELDS = ("f", "t", "n", "d", "h", "k", "s")
HOLDS, DOES_NOT_HOLD, CANNOT_TELL = 0, 1, 2
Keys = dict[str, Ed25519PublicKey]


class Unreadable(Exception):
    """Something that is not what it should be, with the sentence that says so."""


def public_keys(path: str) -> Keys:
    """Name → public key."""
    try:
        keys = json.loads(Path(path).read_text(encoding="utf-8"))["keys"]
        return {name: Ed25519PublicKey.from_public_bytes(base64.b64decode(key)) for name, key in keys.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unreadable(f"The file of public keys cannot be read: {error}") from error


def is_signed(keys: Keys, key: str, message: bytes, signature: bytes) -> bool:
    """Whether the named key signed exactly this."""
    if key not in keys:
        return False
    try:
        keys[key].verify(signature, message)
    except InvalidSignature:
        return False
    return True


def decoded(text: str) -> bytes:
    """URL-safe base64 without padding; only the one right spelling."""
    try:
        content = base64.b64decode(text.encode() + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return b""
    return content if base64.urlsafe_b64encode(content).rstrip(b"=").decode() == text else b""


def read_qr(text: str) -> dict[str, str]:
    """The fields of a certificate's QR code."""
    address = urlsplit(text.strip())
    found = re.fullmatch(r".*/verify/(\d{15,24})", address.path)
    try:
        given = parse_qs(address.query, strict_parsing=True, keep_blank_values=True, max_num_fields=20)
    except ValueError:
        given = {}
    if not found or any(len(given.get(field, [])) != 1 for field in FIELDS):
        raise Unreadable("This is not the QR code of a certificate, or it was read in part.")
    return {"number": found[1], **{field: given[field][0] for field in FIELDS}}


def day(text: str) -> dt.date:
    """A date from eight digits."""
    if not re.fullmatch(r"[0-9]{8}", text):
        raise Unreadable("A date in the QR code cannot be read.")
    return dt.date(int(text[:4]), int(text[4:6]), int(text[6:]))


def revoked_list(path: str, keys: Keys) -> dict[str, Any]:
    """What the signed list says. Raises Unreadable where it was altered."""
    try:
        document = json.loads(Path(path).read_text(encoding="utf-8"))
        message = b"unionbenefits revoked 1\n" + document["payload"].encode()
        genuine = is_signed(keys, document["key"], message, base64.b64decode(document["signature"]))
        payload = json.loads(document["payload"]) if genuine else {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise Unreadable(f"The list of withdrawn certificates cannot be read: {error}") from error
    if not genuine:
        raise Unreadable(
            "The list of withdrawn certificates is not genuine, or its key is not among the public keys."
        )
    return payload


def verdict(qr: dict[str, str], keys: Keys, revoked: dict[str, Any], now: dt.datetime) -> tuple[int, str]:
    """(exit code, sentence)."""
    lines = [
        "unionbenefits certificate 1",
        qr["k"],
        qr["number"],
        *(qr[field] for field in ("f", "t", "n", "d", "h")),
    ]
    if not is_signed(keys, qr["k"], "\n".join(lines).encode(), decoded(qr["s"])):
        known = (
            "" if qr["k"] in keys else f" The key {qr['k']!r} is not among the public keys: fetch them anew."
        )
        return DOES_NOT_HOLD, f"NOT GENUINE: the signature does not fit.{known}"
    first, last, signed = day(qr["f"]), day(qr["t"]), day(qr["d"])
    today = now.astimezone(SHANGHAI).date()
    about = f"{qr['number']} {qr['n']}, {first} to {last}, as stated on {signed}"
    cancelled = revoked["revoked"].get(qr["h"])
    if cancelled is not None and dt.date.fromisoformat(cancelled) <= today:
        return DOES_NOT_HOLD, f"WITHDRAWN from {cancelled} on: {about}"
    if today < first:
        return DOES_NOT_HOLD, f"NOT YET VALID: {about}"
    if today > last:
        return DOES_NOT_HOLD, f"ENDED: {about}"
    if now > dt.datetime.fromisoformat(revoked["valid_until"]):
        return (
            CANNOT_TELL,
            f"GENUINE, but the list of withdrawn certificates is of {revoked['as_of']}: fetch a newer one. {about}",
        )
    return HOLDS, f"VALID, checked offline, withdrawals as of {revoked['as_of']}: {about}"


def main() -> int:
    """Reads the arguments, prints the sentence, and returns the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("qr", nargs="?", help="the text of the QR code; standard input where absent")
    parser.add_argument("--keys", required=True, help="the file of /verify/keys.json")
    parser.add_argument("--revoked", required=True, help="the file of /verify/revoked.json")
    parser.add_argument(
        "--now", type=dt.datetime.fromisoformat, help="check as of this time, such as 2026-05-01T12:00+08:00"
    )
    asked = parser.parse_args()
    now = asked.now or dt.datetime.now(SHANGHAI)
    now = now if now.tzinfo else now.replace(tzinfo=SHANGHAI)
    try:
        keys = public_keys(asked.keys)
        revoked = revoked_list(asked.revoked, keys)
        code, sentence = verdict(read_qr(asked.qr or sys.stdin.read()), keys, revoked, now)
    except Unreadable as error:
        code, sentence = CANNOT_TELL, f"CANNOT TELL: {error}"
    print(sentence)
    return code


if __name__ == "__main__":
    sys.exit(main())
