"""Passkeys: what a device signs is checked for site, person, challenge and age; a copied key is found out."""

import datetime as dt
import hashlib
import json
import struct

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestedCredentialData

from tests.accounts.test_second_factor import NOON
from tests.factories import UserFactory
from unionbenefits.accounts import passkeys
from unionbenefits.accounts.models import Passkey, User
from unionbenefits.audit.models import Entry
from unionbenefits.core import clock

pytestmark = pytest.mark.django_db
HOST = "benefits.example.org"
PRESENT, VERIFIED = 1, 4


class Device:
    """A device that holds one key, as its owner's browser presents it."""

    def __init__(self, user):
        self.key = ec.generate_private_key(ec.SECP256R1())
        public = ES256.from_cryptography_key(self.key.public_key())
        data = AttestedCredentialData.create(Aaguid(bytes(16)), b"credential-1", public)
        self.stored = Passkey.objects.create(
            user=user,
            name="手机",
            credential_id=b"credential-1",
            public_part=bytes(data),
            sign_count=5,
            made_at=clock.now(),
        )

    def answer(self, state, *, origin=f"https://{HOST}", host=HOST, flags=PRESENT | VERIFIED, count=6):
        client = json.dumps(
            {"type": "webauthn.get", "challenge": state["challenge"], "origin": origin}
        ).encode()
        data = hashlib.sha256(host.encode()).digest() + struct.pack(">BI", flags, count)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        sent = {"clientDataJSON": client, "authenticatorData": data, "signature": signature}
        return {
            "id": websafe_encode(b"credential-1"),
            "rawId": websafe_encode(b"credential-1"),
            "type": "public-key",
            "response": {name: websafe_encode(value) for name, value in sent.items()},
        }


def challenge():
    return passkeys.begin_asking(host=HOST)[1]


def test_right_signature_opens_and_counts(monkeypatch):
    user = UserFactory()
    device = Device(user)
    monkeypatch.setattr(clock, "now", lambda: NOON)
    state = challenge()
    found = passkeys.check(answer=device.answer(state), state=state, host=HOST)
    assert (found.user, found.sign_count, found.last_used_at) == (user, 6, NOON)


def test_what_does_not_fit_is_refused_alike(monkeypatch):
    user = UserFactory()
    device = Device(user)
    state = challenge()
    good = device.answer(state)
    altered = good | {"response": good["response"] | {"signature": websafe_encode(b"x" * 70)}}
    wrong = {
        "another site": (device.answer(state, origin="https://benefits.example.com"), state, None),
        "another host": (device.answer(state, host="example.com"), state, None),
        "not verified": (device.answer(state, flags=PRESENT), state, None),
        "another challenge": (good, challenge(), None),
        "no challenge": (good, None, None),
        "altered": (altered, state, None),
        "nonsense": ({"id": 1}, state, None),
        "no answer": (None, state, None),
        "another person": (good, state, UserFactory()),
        "copied": (device.answer(state, count=5), state, None),
    }
    for answer, held, asked in wrong.values():
        with pytest.raises(passkeys.PasskeyRefused):
            passkeys.check(answer=answer, state=held, host=HOST, user=asked)
    assert Entry.objects.filter(action="user.passkey_copied", object_id=str(user.pk)).count() == 1
    later = clock.now() + dt.timedelta(minutes=5, seconds=1)
    with monkeypatch.context() as patch:
        patch.setattr(clock, "now", lambda: later)
        with pytest.raises(passkeys.PasskeyRefused):
            passkeys.check(answer=good, state=state, host=HOST)
    User.objects.filter(pk=user.pk).update(is_active=False)
    with pytest.raises(passkeys.PasskeyRefused):
        passkeys.check(answer=good, state=state, host=HOST)
    device.stored.refresh_from_db()
    assert device.stored.sign_count == 5


def test_only_ones_own_passkeys_are_renamed_and_removed(client):
    user, other = UserFactory(), UserFactory()
    device = Device(user)
    address = f"/admin/my-sign-in/passkeys/{device.stored.pk}/"
    client.force_login(other)
    assert client.post(address, {"act": "remove"}).status_code == 404
    client.force_login(user)
    client.post(address, {"act": "rename", "name": " 办公室电脑 "})
    device.stored.refresh_from_db()
    assert device.stored.name == "办公室电脑"
    client.post(address, {"act": "remove"})
    assert not Passkey.objects.exists()
    actions = Entry.objects.filter(actor=user.audit_name).order_by("id").values_list("action", flat=True)
    assert list(actions) == ["user.passkey_rename", "user.passkey_remove"]


def test_passkeys_are_offered_under_a_name_not_under_a_number(rf, settings):
    settings.ALLOWED_HOSTS = ["*"]
    hosts = {
        "benefits.example.org": True,
        "localhost:8000": True,
        "127.0.0.1:8000": False,
        "[::1]:8000": False,
    }
    for host, possible in hosts.items():
        assert passkeys.is_possible(rf.get("/", HTTP_HOST=host)) is possible, host
