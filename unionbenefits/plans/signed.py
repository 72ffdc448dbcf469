"""What the QR code of a certificate carries: an address whose query is signed (docs/certificates.md).

Anybody who has the published public key can check it without a network. The certificate number alone proves
nothing, since numbers follow one another; the signature also stands for the masked name and the period.
"""

import base64
import binascii
import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from unionbenefits.core.crypto.keyring import keyring
from unionbenefits.core.crypto.signing import signing_ring

_HEAD: Final = "unionbenefits certificate 1"
_HANDLE_BYTES: Final = 12
_FIELDS: Final = ("f", "t", "n", "d", "h", "k", "s")
_DAY = re.compile(r"\d{8}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Stated:
    """What a certificate states, and of which day that was known to be so.

    `handle` stands for the certificate on the list of withdrawn ones. It cannot be worked out from the
    number, so the list tells nobody which numbers were withdrawn.
    """

    number: str
    first_day: dt.date
    last_day: dt.date
    masked_name: str
    as_of: dt.date
    handle: str

    def message(self, key: str) -> bytes:
        """The bytes that are signed: one line each, in this order."""
        lines = (
            _HEAD,
            key,
            self.number,
            f"{self.first_day:%Y%m%d}",
            f"{self.last_day:%Y%m%d}",
            self.masked_name,
            f"{self.as_of:%Y%m%d}",
            self.handle,
        )
        return "\n".join(lines).encode()


@dataclass(frozen=True, slots=True)
class Signed:
    """A statement as somebody shows it, not yet believed."""

    stated: Stated
    key: str
    signature: bytes

    @property
    def is_genuine(self) -> bool:
        """Whether a key of ours signed exactly this."""
        return signing_ring().is_signed(self.stated.message(self.key), self.signature, self.key)


def handle_of(number: str) -> str:
    """The certificate's name on the list of withdrawn ones: 16 letters, known only from its QR code."""
    digest = keyring().digest(number, "plans.certificate.handle")
    return _encode(digest[:_HANDLE_BYTES])


def query(stated: Stated) -> str:
    """The statement and its signature as the query of an address; about 190 characters."""
    ring = signing_ring()
    values = (
        f"{stated.first_day:%Y%m%d}",
        f"{stated.last_day:%Y%m%d}",
        stated.masked_name,
        f"{stated.as_of:%Y%m%d}",
        stated.handle,
        ring.active,
        _encode(ring.sign(stated.message(ring.active))),
    )
    return urlencode(dict(zip(_FIELDS, values, strict=True)), safe="*")


def read(number: str, given: Mapping[str, str]) -> Signed | None:
    """The statement in a query; None where the address carries none at all.

    A query that is broken comes back as one that is not genuine.
    """
    if not any(field in given for field in _FIELDS):
        return None
    first, last, name, as_of, handle, key, signature = (given.get(field, "") for field in _FIELDS)
    stated = Stated(number, _day(first), _day(last), name, _day(as_of), handle)
    return Signed(stated, key, _decode(signature))


def _day(text: str) -> dt.date:
    try:
        return dt.datetime.strptime(text, "%Y%m%d").date() if _DAY.fullmatch(text) else dt.date.min  # noqa: DTZ007
    except ValueError:
        return dt.date.min


def _encode(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    """The bytes, or none at all. Only the one right spelling counts: base64 has several for one end."""
    try:
        content = base64.b64decode(text.encode() + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return b""
    return content if _encode(content) == text else b""
