"""Signatures that anybody can check with a published public key: Ed25519, with a ring of named keys.

SIGNING_KEYS holds `name:key` pairs, the newest first. The first signs. The others only check what they signed
once: of those, `name:public:key` keeps just the public half, once the private one has been destroyed.
"""

import base64
import binascii
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

_HINT = (
    "SIGNING_KEYS holds name:key pairs separated by commas, the newest first; each key is 32 random bytes in "
    "base64 (openssl rand -base64 32), or public: and the public key for one that no longer signs."
)


class SigningRing:
    """The key that signs and those that check."""

    def __init__(self, active: str, signer: Ed25519PrivateKey, checkers: dict[str, Ed25519PublicKey]) -> None:
        self.active = active
        self._signer = signer
        self._checkers = checkers

    def sign(self, message: bytes) -> bytes:
        """64 bytes by the active key; the same for the same message."""
        return self._signer.sign(message)

    def is_signed(self, message: bytes, signature: bytes, key: str) -> bool:
        """Whether the named key of ours signed exactly this."""
        checker = self._checkers.get(key)
        if checker is None:
            return False
        try:
            checker.verify(signature, message)
        except InvalidSignature:
            return False
        return True

    def public_keys(self) -> dict[str, str]:
        """Every public key by its name, 32 bytes in base64, the active one first."""
        return {
            name: base64.b64encode(key.public_bytes_raw()).decode() for name, key in self._checkers.items()
        }


@lru_cache(maxsize=8)
def _ring(text: str) -> SigningRing:
    signer, active, checkers = None, "", {}
    for pair in text.split(","):
        name, separator, key = pair.strip().partition(":")
        if not separator or not name.isalnum() or not name.isascii() or len(name) > 12 or name in checkers:
            raise ImproperlyConfigured(_HINT)
        if key.startswith("public:"):
            checkers[name] = Ed25519PublicKey.from_public_bytes(_bytes(key.removeprefix("public:")))
            continue
        private = Ed25519PrivateKey.from_private_bytes(_bytes(key))
        checkers[name] = private.public_key()
        if signer is None:
            signer, active = private, name
    if signer is None or next(iter(checkers)) != active:
        raise ImproperlyConfigured(_HINT)
    return SigningRing(active, signer, checkers)


def _bytes(text: str) -> bytes:
    try:
        key = base64.b64decode(text, validate=True)
    except binascii.Error:
        key = b""
    if len(key) != 32:
        raise ImproperlyConfigured(_HINT)
    return key


def signing_ring() -> SigningRing:
    """The ring of this installation, read from settings. Raises ImproperlyConfigured with what to write."""
    return _ring(settings.SIGNING_KEYS)
