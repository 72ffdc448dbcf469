"""The key ring: which key seals, which keys still open, and the key of the blind indexes.

A sealed value is `version (1 byte) | length of the key's name (1 byte) | key name | nonce (12) |
ciphertext + tag (16)`. The field's label goes in as associated data, so that a value moved into another
column does not open.
"""

import base64
import binascii
import hashlib
import hmac
import os
from collections.abc import Iterable
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

_VERSION = b"\x01"
_NONCE = 12


class CannotOpen(Exception):
    """A sealed value that no key of the ring opens: its key is missing from ENCRYPTION_KEYS, or the
    value was altered.
    """


class KeyRing:
    """Named 256-bit keys, the first of which seals."""

    def __init__(self, keys: dict[str, bytes], index_key: bytes) -> None:
        self._ciphers = {name: AESGCM(key) for name, key in keys.items()}
        self.active = next(iter(keys))
        self.head = _VERSION + bytes([len(self.active)]) + self.active.encode()
        self._index_key = index_key

    def seal(self, text: str, label: str) -> bytes:
        """Ciphertext of `text`, bound to the column `label` (app.Model.field)."""
        return self.seal_bytes(text.encode(), label)

    def seal_bytes(self, content: bytes, label: str) -> bytes:
        """Ciphertext of `content` (a file, up to 2 GB), bound to the column `label`."""
        nonce = os.urandom(_NONCE)
        return self.head + nonce + self._ciphers[self.active].encrypt(nonce, content, label.encode())

    def seal_many(self, texts: Iterable[str | None], label: str) -> list[bytes | None]:
        """`seal` for a column of values; None stays None. One draw of randomness for all, which halves
        the time.
        """
        values = list(texts)
        nonces, encrypt, head, bound = (
            os.urandom(_NONCE * len(values)),
            self._ciphers[self.active].encrypt,
            self.head,
            label.encode(),
        )
        sealed: list[bytes | None] = []
        for at, text in zip(range(0, _NONCE * len(values), _NONCE), values, strict=True):
            nonce = nonces[at : at + _NONCE]
            sealed.append(None if text is None else head + nonce + encrypt(nonce, text.encode(), bound))
        return sealed

    def open(self, sealed: bytes, label: str) -> str:
        """The text again. Raises CannotOpen."""
        return self.open_bytes(sealed, label).decode()

    def open_bytes(self, sealed: bytes, label: str) -> bytes:
        """The content of `seal_bytes` again. Raises CannotOpen."""
        name, body = _split(bytes(sealed))
        cipher = self._ciphers.get(name)
        if cipher is None:
            raise CannotOpen(f"No key named {name!r} in ENCRYPTION_KEYS.")
        try:
            return cipher.decrypt(body[:_NONCE], body[_NONCE:], label.encode())
        except InvalidTag:
            raise CannotOpen(f"A value of {label} was altered or belongs to another column.")

    def is_current(self, sealed: bytes) -> bool:
        """Whether the value is sealed under the active key (what `reencrypt` looks for)."""
        return bytes(sealed).startswith(self.head)

    def digest_many(self, texts: Iterable[str | None], purpose: str) -> list[bytes | None]:
        """`digest` for a column of values; None stays None. Half the time: the keyed start is hashed once."""
        block = self._index_key.ljust(64, b"\x00")
        inner = hashlib.sha256(bytes(byte ^ 0x36 for byte in block))
        outer = hashlib.sha256(bytes(byte ^ 0x5C for byte in block))
        inner.update(f"{purpose}\x00".encode())
        found: list[bytes | None] = []
        for text in texts:
            if text is None:
                found.append(None)
                continue
            first, second = inner.copy(), outer.copy()
            first.update(text.encode())
            second.update(first.digest())
            found.append(second.digest())
        return found

    def digest(self, text: str, purpose: str) -> bytes:
        """Blind index: a keyed digest (32 bytes) of a normalised value. The purpose keeps the columns
        apart.
        """
        return hmac.digest(self._index_key, f"{purpose}\x00{text}".encode(), "sha256")


def _split(sealed: bytes) -> tuple[str, bytes]:
    if sealed[:1] != _VERSION:
        raise CannotOpen("Not a sealed value.")
    end = 2 + sealed[1]
    return sealed[2:end].decode(), sealed[end:]


def _key(text: str, variable: str) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except binascii.Error:
        key = b""
    if len(key) != 32:
        raise ImproperlyConfigured(
            f"A key in {variable} is not 32 bytes in base64 (openssl rand -base64 32)."
        )
    return key


@lru_cache(maxsize=4)
def _ring(keys: str, index_key: str) -> KeyRing:
    named: dict[str, bytes] = {}
    for pair in keys.split(","):
        name, separator, key = pair.strip().partition(":")
        if not separator or not name or len(name) > 32:
            raise ImproperlyConfigured(
                "ENCRYPTION_KEYS holds name:key pairs separated by commas, the newest first."
            )
        named[name] = _key(key, "ENCRYPTION_KEYS")
    return KeyRing(named, _key(index_key, "BLIND_INDEX_KEY"))


def keyring() -> KeyRing:
    """The ring of this installation, read from settings."""
    return _ring(settings.ENCRYPTION_KEYS, settings.BLIND_INDEX_KEY)
