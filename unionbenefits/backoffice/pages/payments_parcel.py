"""A judged file that travels sealed in its page until it is confirmed: before that, nothing of it is kept."""

import base64
import binascii
import json
import zlib
from dataclasses import dataclass

from django.utils.translation import gettext as _

from unionbenefits.accounts.models import User
from unionbenefits.core.crypto.keyring import CannotOpen, keyring
from unionbenefits.core.errors import Refusal


@dataclass(frozen=True, slots=True)
class Parcel:
    """A bank's file, with what was chosen when it was uploaded (keys of office and bank profile)."""

    office: int
    profile: int
    name: str
    content: bytes


def seal(user: User, parcel: Parcel) -> str:
    """Text for a hidden field, which only this user can send back."""
    head = json.dumps([parcel.office, parcel.profile, parcel.name]).encode()
    packed = zlib.compress(head + b"\n" + parcel.content)
    return base64.b64encode(keyring().seal_bytes(packed, _label(user))).decode()


def unseal(user: User, text: str) -> Parcel:
    """The parcel again. Raises Refusal `file_lost` for anything that this user was not given."""
    try:
        packed = keyring().open_bytes(base64.b64decode(text, validate=True), _label(user))
    except (CannotOpen, binascii.Error, ValueError):
        raise Refusal("file_lost", _("The file did not come along. Upload it again."))
    head, _line, content = zlib.decompress(packed).partition(b"\n")
    office, profile, name = json.loads(head)
    return Parcel(office, profile, name, content)


def _label(user: User) -> str:
    return f"payment.parcel:{user.pk}"
