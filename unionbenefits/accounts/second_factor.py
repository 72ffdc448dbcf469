"""The second factor of staff: an authenticator app, and recovery codes for the day it is lost.

Passkeys are in `accounts.passkeys`. What is checked here is counted, so that six digits cannot be guessed.
"""

import base64
import datetime as dt
import hmac
import secrets
from dataclasses import dataclass

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from unionbenefits.accounts import notices, staff_sessions
from unionbenefits.accounts.models import AuthenticatorApp, RecoveryCode, User
from unionbenefits.accounts.throttling import Limit, forget, hit
from unionbenefits.audit.actions import act, record
from unionbenefits.audit.actors import Actor
from unionbenefits.core import clock
from unionbenefits.core.crypto.keyring import keyring
from unionbenefits.core.errors import Refusal

APP, PASSKEY, RECOVERY = "app", "passkey", "recovery"
# Three codes of a million are right at a time: twenty tries an hour leave a guess at one in 16,000.
FACTOR_LIMIT = Limit("staff.factor", 5, dt.timedelta(minutes=15))
CODES = 10
# Nobody mistakes these on paper; ten of them make 49 bits, behind FACTOR_LIMIT and only once.
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
_HALF = 5
# Half a minute a step, as every app has it; a clock may be off by one step either way.
_STEP, _DIGITS, _DRIFT = 30, 6, 1
_SECRET_BYTES = 20
_PENDING = "accounts.authenticatorapp.pending"


@dataclass(frozen=True, slots=True)
class Factors:
    """What a person has: whether an app, how many passkeys, how many unused recovery codes."""

    app: AuthenticatorApp | None
    passkeys: int
    codes_left: int

    @property
    def has_any(self) -> bool:
        """Recovery codes alone are no second factor."""
        return self.app is not None or self.passkeys > 0


def factors_of(user: User) -> Factors:
    """What the person has set up."""
    return Factors(
        app=AuthenticatorApp.objects.filter(user=user).first(),
        passkeys=user.passkeys.count(),
        codes_left=user.recovery_codes.filter(used_at=None).count(),
    )


def new_secret() -> str:
    """A fresh secret in sealed form, for the session that sets an app up: nothing to read in a dump of it."""
    return base64.b64encode(keyring().seal_bytes(secrets.token_bytes(_SECRET_BYTES), _PENDING)).decode()


def secret_shown(sealed: str) -> str:
    """The secret as people type it where no camera is at hand: base32 in groups of four."""
    text = base64.b32encode(_opened(sealed)).decode()
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))


def app_address(sealed: str, user: User) -> str:
    """The otpauth:// address that the QR code holds."""
    return _totp(_opened(sealed)).get_provisioning_uri(user.username, str(_("Union benefits")))


def confirm_app(*, by: User, sealed: str, code: str) -> AuthenticatorApp:
    """Stores the app once a code from it is right; an app of before is replaced by it.

    Raises Refusal `code_wrong` or TooMany.
    """
    hit([(FACTOR_LIMIT, str(by.pk))])
    secret, now = _opened(sealed), clock.now()
    step = _matching_step(secret, code, after=0)
    if step is None:
        raise Refusal(
            "code_wrong",
            _("This code does not fit. Let the phone set its clock by itself, then type the next code."),
        )
    with act("user.app_add", by=by) as doing:
        values = {
            "secret": base64.b64encode(secret).decode(),
            "last_step": step,
            "made_at": now,
            "last_used_at": now,
        }
        app, _created = AuthenticatorApp.objects.update_or_create(user=by, defaults=values)
        doing.about = by
    forget(FACTOR_LIMIT, str(by.pk))
    return app


def remove_app(*, by: User) -> None:
    """Raises Refusal `last_factor`."""
    with act("user.app_remove", by=by) as doing:
        keep_one(by, leaving=by.passkeys.count())
        AuthenticatorApp.objects.filter(user=by).delete()
        doing.about = by


def keep_one(user: User, *, leaving: int) -> None:
    """Raises Refusal `last_factor` where a second factor is required and none would be left."""
    if settings.SECOND_FACTOR_REQUIRED and leaving == 0:
        raise Refusal(
            "last_factor",
            _("A second factor is required here. Set another up first, then remove this one."),
        )
    if leaving == 0:
        RecoveryCode.objects.filter(user=user).delete()


def make_codes(*, by: User) -> list[str]:
    """Ten new recovery codes, readable this once; those of before are void. Raises Refusal `no_factor`."""
    if not factors_of(by).has_any:
        raise Refusal("no_factor", _("Set up an authenticator app or a passkey first."))
    with act("user.codes_make", by=by) as doing:
        made = ["".join(secrets.choice(_LETTERS) for _at in range(2 * _HALF)) for _code in range(CODES)]
        RecoveryCode.objects.filter(user=by).delete()
        now = clock.now()
        RecoveryCode.objects.bulk_create(
            RecoveryCode(user=by, digest=_code_digest(by, code), made_at=now) for code in made
        )
        doing.about = by
    return [f"{code[:_HALF]}-{code[_HALF:]}" for code in made]


def check_code(*, user: User, code: str, recovery: bool = True) -> str:
    """Uses up six digits of the app, or a recovery code where `recovery`; returns which of the two it was.

    Raises Refusal `code_wrong`, or TooMany after five wrong ones. The work is the same whatever is set up.
    """
    hit([(FACTOR_LIMIT, str(user.pk))])
    text = "".join(letter for letter in code.lower() if letter.isalnum())
    with transaction.atomic():
        shown = ""
        if _use_app(user, text):
            shown = APP
        elif recovery and _use_recovery(user, text):
            shown = RECOVERY
    if not shown:
        raise Refusal("code_wrong", _("This code is not right or already used. Wait for the next one."))
    forget(FACTOR_LIMIT, str(user.pk))
    return shown


def reset_factors(*, by: Actor, user: User, reason: str) -> None:
    """A lost device: removes app, passkeys and recovery codes, ends all sessions, and tells the person.

    Whether `by` may manage the user is the caller's to check. Raises Refusal `own_account` or
    `reason_missing`.
    """
    if user.audit_name == by.audit_name:
        raise Refusal("own_account", _("Nobody resets their own second factor. Ask another administrator."))
    if not reason.strip():
        raise Refusal("reason_missing", _("Write why: how do you know that it is this person who asks?"))
    with act("user.factors_reset", by=by) as doing:
        apps = AuthenticatorApp.objects.filter(user=user).delete()[0]
        passkeys = user.passkeys.all().delete()[0]
        codes = user.recovery_codes.all().delete()[0]
        staff_sessions.next_round(user)
        notices.tell(user, notices.FACTORS_RESET, by=by, reason=reason.strip())
        doing.about = user
        doing.data = {"reason": reason.strip()[:200], "apps": apps, "passkeys": passkeys, "codes": codes}


def _use_app(user: User, code: str) -> bool:
    app = AuthenticatorApp.objects.select_for_update().filter(user=user).first()
    step = _matching_step(base64.b64decode(app.secret), code, after=app.last_step) if app else None
    if app is None or step is None:
        return False
    app.last_step, app.last_used_at = step, clock.now()
    app.save(update_fields=["last_step", "last_used_at"])
    return True


def _use_recovery(user: User, code: str) -> bool:
    unused = RecoveryCode.objects.filter(user=user, digest=_code_digest(user, code), used_at=None)
    if not unused.update(used_at=clock.now()):
        return False
    left = user.recovery_codes.filter(used_at=None).count()
    record("user.code_use", by=user, about=user, left=left)
    return True


def _matching_step(secret: bytes, code: str, *, after: int) -> int | None:
    """The step whose code this is, later than `after`, so that a code that was seen is worth nothing."""
    now = int(clock.now().timestamp()) // _STEP
    totp = _totp(secret)
    found = None
    for step in range(now - _DRIFT, now + _DRIFT + 1):
        same = hmac.compare_digest(totp.generate(step * _STEP), code.encode())
        if same and step > after:
            found = step
    return found


def _totp(secret: bytes) -> TOTP:
    # SHA-1 is what the apps can; HMAC does not need it free of collisions (RFC 6238).
    return TOTP(secret, _DIGITS, SHA1(), _STEP)  # noqa: S303


def _opened(sealed: str) -> bytes:
    return keyring().open_bytes(base64.b64decode(sealed), _PENDING)


def _code_digest(user: User, code: str) -> bytes:
    return keyring().digest(f"{user.pk}\x00{code}", "staff.recovery")
