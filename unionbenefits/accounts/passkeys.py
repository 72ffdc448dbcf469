"""Passkeys (WebAuthn): a device that checks its holder itself and signs a challenge of ours.

It stands for password and second factor at once, since the device asks for a finger, a face or a PIN. The
challenge waits in the session as `state`; `host` is the name that the passkey is bound to.
"""

from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from unionbenefits.accounts.models import Passkey, User
from unionbenefits.accounts.second_factor import factors_of, keep_one
from unionbenefits.audit.actions import act, record
from unionbenefits.core import clock
from unionbenefits.core.crypto.keyring import keyring
from unionbenefits.core.errors import Refusal

MOST = 10
# A browser's dialogue waits five minutes at most; a challenge is good for no longer.
_CHALLENGE_SECONDS = 300
_VERIFIED = UserVerificationRequirement.REQUIRED


class PasskeyRefused(Refusal):
    """The device's answer does not fit: unknown or removed passkey, old challenge, wrong site."""

    def __init__(self) -> None:
        super().__init__(
            "passkey_refused", _("This passkey was not accepted. Try again, or use another way below.")
        )


def host_of(request: HttpRequest) -> str:
    """The name that passkeys are bound to here."""
    return settings.PASSKEY_HOST or request.get_host().rsplit(":", 1)[0]


def is_possible(request: HttpRequest) -> bool:
    """Browsers offer passkeys only under a host name, not under a bare number."""
    host = host_of(request)
    return not (host.startswith("[") or host.replace(".", "").isdigit())


def begin_adding(*, user: User, host: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the browser needs to make a passkey, and the state to keep. Raises Refusal `passkeys_many`."""
    known = [_descriptor(one) for one in user.passkeys.all()]
    if len(known) >= MOST:
        raise Refusal("passkeys_many", _("You have ten passkeys. Remove one that you no longer use."))
    # The device stores this key of the person; it says nothing to anybody else.
    handle = keyring().digest(str(user.pk), "staff.passkey")
    options, state = _server(host).register_begin(
        PublicKeyCredentialUserEntity(id=handle, name=user.username, display_name=user.name or user.username),
        known,
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=_VERIFIED,
    )
    return dict(options), _stamped(state)


def add(*, by: User, name: str, answer: Any, state: Any, host: str) -> Passkey:
    """Stores the passkey that the device made. Raises PasskeyRefused or Refusal `passkey_known`."""
    try:
        data = _server(host).register_complete(_fresh(state), answer)
        credential = data.credential_data
    except (ValueError, KeyError, TypeError, AttributeError):
        raise PasskeyRefused
    if credential is None:
        raise PasskeyRefused
    try:
        with act("user.passkey_add", by=by) as doing:
            made = Passkey.objects.create(
                user=by,
                name=name.strip()[:40] or str(_("Passkey")),
                credential_id=credential.credential_id,
                public_part=bytes(credential),
                sign_count=data.counter,
                made_at=clock.now(),
            )
            doing.about, doing.data = by, {"passkey": made.pk}
    except IntegrityError:
        raise Refusal("passkey_known", _("This device already has a passkey here."))
    return made


def begin_asking(*, host: str, user: User | None = None) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the browser needs to ask for a passkey: one of the user's, or any where nobody is known yet."""
    known = [_descriptor(one) for one in user.passkeys.all()] if user else None
    options, state = _server(host).authenticate_begin(known, user_verification=_VERIFIED)
    return dict(options), _stamped(state)


def check(*, answer: Any, state: Any, host: str, user: User | None = None) -> Passkey:
    """The passkey that signed the challenge; its user is open and, where given, `user`.

    Raises PasskeyRefused. A signature counter that runs backwards is a copied key: refused and logged.
    """
    try:
        response = AuthenticationResponse.from_dict(answer)
        with transaction.atomic():
            found = (
                Passkey.objects.select_for_update(of=("self",))
                .select_related("user")
                .get(credential_id=bytes(response.raw_id))
            )
            if (user is not None and found.user_id != user.pk) or not found.user.is_active:
                raise PasskeyRefused
            credential = AttestedCredentialData(bytes(found.public_part))
            _server(host).authenticate_complete(_fresh(state), [credential], response)
            copied = _is_copied(found, response.response.authenticator_data.counter)
            if not copied:
                found.sign_count = response.response.authenticator_data.counter
                found.last_used_at = clock.now()
                found.save(update_fields=["sign_count", "last_used_at"])
    except (ValueError, KeyError, TypeError, AttributeError, Passkey.DoesNotExist):
        raise PasskeyRefused
    if copied:
        record("user.passkey_copied", by=found.user, about=found.user, passkey=found.pk)
        raise PasskeyRefused
    return found


def rename(*, by: User, passkey: Passkey, name: str) -> None:
    """A new name. Raises Refusal `name_missing`."""
    if not name.strip():
        raise Refusal("name_missing", _("Give the passkey a name, such as the device it is on."))
    with act("user.passkey_rename", by=by) as doing:
        passkey.name = name.strip()[:40]
        passkey.save(update_fields=["name"])
        doing.about, doing.data = by, {"passkey": passkey.pk}


def remove(*, by: User, passkey: Passkey) -> None:
    """The passkey opens nothing any more. Raises Refusal `last_factor`."""
    with act("user.passkey_remove", by=by) as doing:
        has = factors_of(by)
        keep_one(by, leaving=has.passkeys - 1 + (has.app is not None))
        doing.about, doing.data = by, {"passkey": passkey.pk}
        passkey.delete()


def _server(host: str) -> Fido2Server:
    return Fido2Server(PublicKeyCredentialRpEntity(id=host, name=str(_("Union benefits"))))


def _descriptor(passkey: Passkey) -> PublicKeyCredentialDescriptor:
    return PublicKeyCredentialDescriptor(
        type=PublicKeyCredentialType.PUBLIC_KEY, id=bytes(passkey.credential_id)
    )


def _is_copied(passkey: Passkey, count: int) -> bool:
    """Devices that count (not all do) count upwards."""
    return (count or passkey.sign_count) > 0 and count <= passkey.sign_count


def _stamped(state: Any) -> dict[str, Any]:
    return {**state, "user_verification": str(_VERIFIED.value), "at": clock.now().timestamp()}


def _fresh(state: Any) -> dict[str, Any]:
    """The state, if it is young. Raises ValueError."""
    if not isinstance(state, dict) or clock.now().timestamp() - state["at"] > _CHALLENGE_SECONDS:
        raise ValueError
    return state
