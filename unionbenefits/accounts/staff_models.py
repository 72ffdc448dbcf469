"""What a member of staff proves who they are with, beside the password (issue 8, second factor)."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from unionbenefits.core.crypto.fields import SealedTextField


class AuthenticatorApp(models.Model):
    """An authenticator app (TOTP, RFC 6238), made once a code from it was typed in. One per person.

    Written only by `accounts.second_factor`. A dump holds no secret that makes codes.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="authenticator_app",
        verbose_name=_("staff user"),
    )
    secret = SealedTextField(_("secret"))
    last_step = models.BigIntegerField(
        _("newest step used"), default=0, help_text=_("A code of this half minute or before is used up.")
    )
    made_at = models.DateTimeField(_("made at"))
    last_used_at = models.DateTimeField(_("last used at"), null=True, blank=True)

    class Meta:
        verbose_name = _("authenticator app")
        verbose_name_plural = _("authenticator apps")

    def __str__(self) -> str:
        return str(self.user)


class Passkey(models.Model):
    """A passkey (WebAuthn): a phone, a computer or a security key that checks its holder itself.

    Written only by `accounts.passkeys`. The stored half opens nothing: it only checks signatures.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="passkeys", verbose_name=_("staff user")
    )
    name = models.CharField(_("name"), max_length=40)
    credential_id = models.BinaryField(_("credential"), max_length=1024, unique=True)
    public_part = models.BinaryField(_("public part"), max_length=4096)
    sign_count = models.PositiveBigIntegerField(_("signatures counted"), default=0)
    made_at = models.DateTimeField(_("made at"))
    last_used_at = models.DateTimeField(_("last used at"), null=True, blank=True)

    class Meta:
        verbose_name = _("passkey")
        verbose_name_plural = _("passkeys")
        ordering: ClassVar = ["made_at", "pk"]

    def __str__(self) -> str:
        return self.name


class RecoveryCode(models.Model):
    """A code on paper that stands in once for a lost device. Only its keyed digest is kept.

    Written only by `accounts.second_factor`.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="recovery_codes", verbose_name=_("staff user")
    )
    digest = models.BinaryField(_("digest"), max_length=32)
    made_at = models.DateTimeField(_("made at"))
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)

    class Meta:
        verbose_name = _("recovery code")
        verbose_name_plural = _("recovery codes")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "digest"], name="recoverycode_once_per_person")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class SecurityNotice(models.Model):
    """What somebody else did to a person's sign-in: told at the next sign-in, so that nothing goes unseen.

    Written only by `accounts.notices`.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="security_notices",
        verbose_name=_("staff user"),
    )
    what = models.CharField(_("what"), max_length=20)
    who = models.CharField(_("by whom"), max_length=150)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    at = models.DateTimeField(_("at"))
    told_at = models.DateTimeField(_("told at"), null=True, blank=True)

    class Meta:
        verbose_name = _("notice about a sign-in")
        verbose_name_plural = _("notices about sign-ins")
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [models.Index(fields=["user", "told_at"], name="securitynotice_untold")]

    def __str__(self) -> str:
        return f"{self.what} {self.at:%Y-%m-%d}"
