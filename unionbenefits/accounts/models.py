"""Sign-in: staff users, and one-time codes by SMS for workers."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from unionbenefits.accounts.enums import CodePurpose, SmsKind, SmsState
from unionbenefits.accounts.querysets import UserQuerySet
from unionbenefits.accounts.staff_models import AuthenticatorApp, Passkey, RecoveryCode, SecurityNotice
from unionbenefits.audit.history import tracked_without
from unionbenefits.core.crypto.fields import BlindIndexField, SealedTextField

__all__ = [
    "AuthenticatorApp",
    "Passkey",
    "RecoveryCode",
    "SecurityNotice",
    "SmsCode",
    "SmsMessage",
    "Throttle",
    "User",
]


class UserManager(BaseUserManager["User"]):
    """Makes staff users; what they may do comes from their posts (`access`)."""

    def get_queryset(self) -> UserQuerySet:
        """Users, scoped on demand."""
        return UserQuerySet(self.model, using=self._db)

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        """A staff user without any post yet."""
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields: Any) -> "User":
        """The first person of an installation, who grants the first posts."""
        return self.create_user(username, password, is_superuser=True, **fields)


@tracked_without("password", "last_login", "session_round", "rights_changed_at")
class User(AbstractBaseUser, PermissionsMixin):
    """A member of staff of a union, the association or an enterprise.

    Made by administrators; never deleted, only closed.
    """

    username = models.CharField(_("sign-in name"), max_length=60, unique=True)
    name = models.CharField(_("full name"), max_length=60, blank=True)
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_staff = models.BooleanField(_("uses the staff panel"), default=True)
    created_at = models.DateTimeField(_("made on"), auto_now_add=True)
    session_round = models.PositiveIntegerField(
        _("round of sessions"), default=0, help_text=_("Sessions of an earlier round are over.")
    )
    rights_changed_at = models.DateTimeField(_("rights changed at"), null=True, blank=True)

    objects = UserManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("staff user")
        verbose_name_plural = _("staff users")
        ordering: ClassVar = ["username"]

    def __str__(self) -> str:
        return self.name or self.username

    @property
    def audit_name(self) -> str:
        """`staff:` and the sign-in name."""
        return f"staff:{self.username}"

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session is bound to: the password, as Django does, and the round of sessions."""
        bound: str = super()._get_session_auth_hash(secret=secret)  # type: ignore[misc]
        salt, value = "accounts.session_round", f"{bound}:{self.session_round}"
        return salted_hmac(salt, value, secret=secret, algorithm="sha256").hexdigest()

    def get_full_name(self) -> str:
        """The name that the panel greets with."""
        return self.name or self.username

    def get_short_name(self) -> str:
        """Same as the full name: Chinese names are short."""
        return self.get_full_name()


class SmsCode(models.Model):
    """One attempt to sign in by SMS. Bound to its attempt, used once, limited in tries (case C140).

    Written only by `accounts.actions`. A row also exists where no message was sent because nobody is on
    file, so that neither answers nor timing tell whether a person is known.
    """

    token = models.UUIDField(_("attempt"), primary_key=True, default=uuid.uuid4, editable=False)
    purpose = models.CharField(_("purpose"), max_length=20, choices=CodePurpose.choices)
    subject = models.CharField(
        _("for"), max_length=60, blank=True, help_text=_("Whom the code opens; empty for nobody.")
    )
    document_digest = BlindIndexField(_("document index"), purpose="document.number")
    phone_digest = BlindIndexField(_("phone index"), purpose="phone")
    address_digest = BlindIndexField(_("address index"), purpose="address")
    code_digest = models.BinaryField(_("code digest"), max_length=32)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    created_at = models.DateTimeField(_("asked at"))
    expires_at = models.DateTimeField(_("valid until"))
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)

    class Meta:
        verbose_name = _("one-time code")
        verbose_name_plural = _("one-time codes")
        indexes: ClassVar = [models.Index(fields=["created_at"], name="smscode_created")]

    def __str__(self) -> str:
        return str(self.token)


class SmsMessage(models.Model):
    """A text message to be sent or sent. Written only by `accounts.actions` and the job that sends.

    The text of a one-time code is wiped once it is delivered or given up. Where nobody is on file the row is
    there too, withheld and empty, so that asking for a code costs the same work for everybody (case C140).
    """

    key = models.UUIDField(
        _("delivery key"),
        default=uuid.uuid4,
        unique=True,
        editable=False,
        help_text=_("Lets the gateway see that a repeated request is the same message."),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=SmsKind.choices)
    phone = SealedTextField(_("phone"))
    text = SealedTextField(_("text"))
    state = models.CharField(_("state"), max_length=10, choices=SmsState.choices, default=SmsState.QUEUED)
    tries = models.PositiveSmallIntegerField(_("tries"), default=0)
    made_by = models.CharField(_("made by"), max_length=150, help_text=_("As in the audit log."))
    created_at = models.DateTimeField(_("made at"))
    send_until = models.DateTimeField(
        _("of use until"), null=True, blank=True, help_text=_("Not sent any more after this time.")
    )
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    error = models.CharField(_("last answer of the gateway"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("text message")
        verbose_name_plural = _("text messages")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["created_at"], name="smsmessage_created")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="smsmessage_sent_has_time",
                condition=models.Q(state="sent", sent_at__isnull=False)
                | (~models.Q(state="sent") & models.Q(sent_at__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.state}"


class Throttle(models.Model):
    """How often something was tried by one key (a phone, an address) in the window that is open for it.

    Kept in the database so that all processes agree. Written only by `accounts.throttling`.
    """

    limit = models.CharField(_("limit"), max_length=40)
    key_digest = BlindIndexField(_("key index"), purpose="throttle")
    count = models.PositiveIntegerField(_("times"))
    window_ends_at = models.DateTimeField(_("window ends at"))

    class Meta:
        verbose_name = _("throttle")
        verbose_name_plural = _("throttles")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["limit", "key_digest"], name="throttle_once_per_key")
        ]
        indexes: ClassVar = [models.Index(fields=["window_ends_at"], name="throttle_ends")]

    def __str__(self) -> str:
        return f"{self.limit}: {self.count}"
