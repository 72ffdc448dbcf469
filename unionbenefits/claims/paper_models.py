"""Papers of a claim, what the worker was asked for, and what the ranking checks found."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from unionbenefits.audit.history import tracked
from unionbenefits.claims.enums import FindingKind, PaperKind
from unionbenefits.claims.querysets import ClaimPartQuerySet, PaperFileQuerySet, QuestionQuerySet
from unionbenefits.plans.models import kept


@tracked
class Paper(models.Model):
    """A photo or PDF that belongs to a claim. Replacing one keeps the old (case C114); so does removing.

    `sha256` is of the bytes as received, so that the same file is recognised; `picture_hash` is a perceptual
    hash (64-bit difference hash) by which a photo of the same paper is found again.
    """

    claim = models.ForeignKey("claims.Claim", models.PROTECT, related_name="papers", verbose_name=_("claim"))
    kind = models.CharField(_("kind"), max_length=14, choices=PaperKind.choices)
    content_type = models.CharField(_("content type"), max_length=40)
    size = models.PositiveIntegerField(_("size"), help_text=_("Bytes as kept."))
    sha256 = models.CharField(_("SHA-256 as received"), max_length=64)
    picture_hash = models.BigIntegerField(_("picture hash"), null=True, blank=True)
    added_by = models.CharField(_("added by"), max_length=150)
    added_at = models.DateTimeField(_("added at"))
    replaced_by = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces", verbose_name=_("replaced by")
    )
    removed_at = models.DateTimeField(_("taken out at"), null=True, blank=True)

    objects = ClaimPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("paper")
        verbose_name_plural = _("papers")
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [
            # Pictures that are alike share a band of their hashes; the function is ours (migration 0002).
            GinIndex(
                Func(F("picture_hash"), function="claims_picture_bands"),
                name="paper_picture_bands",
                condition=Q(picture_hash__isnull=False),
            ),
            models.Index(fields=["sha256"], name="paper_bytes"),
        ]
        permissions: ClassVar = [("read_paper", _("Can open the papers of a claim"))]
        triggers: ClassVar = kept("paper")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} #{self.pk}"


class PaperFile(models.Model):
    """A paper's bytes, sealed, in the database: no public folder ever holds them (invariant 11)."""

    paper = models.OneToOneField(
        Paper, models.PROTECT, related_name="file", primary_key=True, verbose_name=_("paper")
    )
    sealed = models.BinaryField(_("sealed bytes"))

    objects = PaperFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("paper file")
        verbose_name_plural = _("paper files")

    def __str__(self) -> str:
        return str(self.paper_id)


@tracked
class Question(models.Model):
    """What an officer asked of the worker: papers that are missing and words, with a day to answer by."""

    claim = models.ForeignKey(
        "claims.Claim", models.PROTECT, related_name="questions", verbose_name=_("claim")
    )
    missing = ArrayField(
        models.CharField(max_length=14, choices=PaperKind.choices),
        verbose_name=_("missing papers"),
        default=list,
        blank=True,
    )
    text = models.CharField(_("question"), max_length=500, blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="asked_questions", verbose_name=_("asked by")
    )
    asked_at = models.DateTimeField(_("asked at"))
    until = models.DateField(_("answer by"))
    answer = models.CharField(_("answer"), max_length=500, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    lapsed_at = models.DateTimeField(
        _("lapsed at"), null=True, blank=True, help_text=_("When the day had passed without an answer.")
    )

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question to the worker")
        verbose_name_plural = _("questions to the worker")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["claim"],
                condition=Q(answered_at__isnull=True, lapsed_at__isnull=True),
                name="question_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} {self.until}"


@tracked
class Finding(models.Model):
    """Something that ranks a claim for a closer look and never rejects it. A cleared pair stays cleared.

    `claim` is the younger one of a pair, `other` the older; `details` hold counts, never personal data.
    """

    claim = models.ForeignKey(
        "claims.Claim", models.PROTECT, related_name="findings", verbose_name=_("claim")
    )
    other = models.ForeignKey(
        "claims.Claim",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="counter_findings",
        verbose_name=_("other claim"),
    )
    kind = models.CharField(_("kind"), max_length=16, choices=FindingKind.choices)
    weight = models.PositiveSmallIntegerField(_("weight"))
    details = models.JSONField(_("details"), default=dict, blank=True)
    found_at = models.DateTimeField(_("found at"))
    cleared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="cleared_findings",
        verbose_name=_("cleared by"),
    )
    cleared_at = models.DateTimeField(_("cleared at"), null=True, blank=True)
    clear_reason = models.CharField(_("why it is in order"), max_length=200, blank=True)

    objects = ClaimPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering: ClassVar = ["-weight", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["claim", "other", "kind"], name="finding_once_per_pair", nulls_distinct=False
            ),
            models.CheckConstraint(
                name="finding_names_older_claim", condition=Q(other__isnull=True) | Q(other__lt=F("claim"))
            ),
            models.CheckConstraint(
                name="finding_cleared_has_reason",
                condition=Q(cleared_by__isnull=True, cleared_at__isnull=True)
                | (Q(cleared_by__isnull=False, cleared_at__isnull=False) & ~Q(clear_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} #{self.pk}"
