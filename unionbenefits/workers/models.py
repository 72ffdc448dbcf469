"""People: workers, their documents and memberships, and the rosters that bring them."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from unionbenefits.audit.history import tracked, tracked_without
from unionbenefits.core.crypto.fields import BlindIndexField, SealedTextField
from unionbenefits.enterprises.models import Enterprise
from unionbenefits.workers.bulk_models import BulkChange, BulkKind, BulkState
from unionbenefits.workers.closing_models import EnterpriseClosing
from unionbenefits.workers.contact_models import Consent, FirstOpening, Message
from unionbenefits.workers.data_models import BankAccount, DataRequest, Erasure, RetentionRun
from unionbenefits.workers.decision_models import PairDecision, RowDecision
from unionbenefits.workers.enums import (
    BasicInsurance,
    DocumentKind,
    Occupation,
    RetirementTrack,
    Sex,
    WorkRelation,
)
from unionbenefits.workers.querysets import (
    EnterprisePartQuerySet,
    RosterRowQuerySet,
    WorkerPartQuerySet,
    WorkerQuerySet,
    characters_of,
)
from unionbenefits.workers.reveal_models import Reveal
from unionbenefits.workers.roster.states import RosterMode, RosterState, RowAction, RowVerdict
from unionbenefits.workers.sign_in_models import PhoneChange, SignIn

__all__ = [
    "BankAccount", "BulkChange", "BulkKind", "BulkState", "Consent", "DataRequest", "EnterpriseClosing",
    "Erasure", "FirstOpening", "IdentityDocument", "Membership", "Message", "PairDecision", "PhoneChange",
    "RetentionRun", "Reveal", "Roster", "RosterFile", "RosterLeaver", "RosterRow", "RowDecision", "SignIn",
    "Worker",
]  # fmt: skip


@tracked
class Worker(models.Model):
    """One living person (职工), whatever number of documents, phones and employers (invariant 1).

    Made and changed by applying rosters and by officers, through `workers.actions`; never deleted, only
    erased.
    """

    name = models.CharField(
        _("full name"), max_length=100, help_text=_("As on the document; long names in full.")
    )
    name_key = models.CharField(_("name for comparison"), max_length=100, editable=False)
    sex = models.CharField(_("sex"), max_length=6, choices=Sex.choices, blank=True)
    birth_date = models.DateField(_("birth date"), null=True, blank=True)
    phone = SealedTextField(_("phone"), null=True, blank=True)
    phone_digest = BlindIndexField(_("phone index"), purpose="phone", null=True, blank=True)
    # The bulk merge does not name these columns: their defaults are the database's.
    basic_insurance = models.CharField(
        _("basic insurance"), max_length=10, choices=BasicInsurance.choices, blank=True, db_default=""
    )
    real_name_checked_on = models.DateField(_("real-name check on"), null=True, blank=True)
    retirement_track = models.CharField(
        _("retirement track"),
        max_length=10,
        choices=RetirementTrack.choices,
        blank=True,
        db_default="",
        help_text=_("Of a woman; empty where not known."),
    )
    died_on = models.DateField(_("died on"), null=True, blank=True)
    created_at = models.DateTimeField(_("made on"))

    objects = WorkerQuerySet.as_manager()

    class Meta:
        verbose_name = _("worker")
        verbose_name_plural = _("workers")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            # With the birth date for "may be the same person": the name alone has thousands of bearers.
            models.Index(OpClass("name_key", "text_pattern_ops"), "birth_date", name="worker_name_key"),
            models.Index(
                fields=["phone_digest"], name="worker_phone", condition=Q(phone_digest__isnull=False)
            ),
            GinIndex(characters_of("name_key"), name="worker_name_parts"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="worker_phone_has_index",
                condition=Q(phone__isnull=True, phone_digest__isnull=True)
                | Q(phone__isnull=False, phone_digest__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def audit_name(self) -> str:
        """`worker:` and the key: the log holds no names."""
        return f"worker:{self.pk}"


@tracked
class IdentityDocument(models.Model):
    """A document of a worker (证件): kind, issuing place and number; past ones stay, retired.

    A live one belongs to exactly one worker, across all enterprises and unions (invariant 1, case C066).
    """

    worker = models.ForeignKey(Worker, models.PROTECT, related_name="documents", verbose_name=_("worker"))
    kind = models.CharField(_("kind"), max_length=24, choices=DocumentKind.choices)
    issuer = models.CharField(
        _("issuing country"), max_length=3, blank=True, help_text=_("Of a passport, such as VNM.")
    )
    number = SealedTextField(_("number"))
    number_digest = BlindIndexField(_("number index"), purpose="document.number")
    retired_at = models.DateTimeField(_("no longer valid since"), null=True, blank=True)

    objects = WorkerPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("identity document")
        verbose_name_plural = _("identity documents")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["number_digest", "kind", "issuer"],
                condition=Q(retired_at__isnull=True),
                name="document_belongs_to_one_worker",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["number_digest"], name="document_retired", condition=Q(retired_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} #{self.pk}"


@tracked
class Membership(models.Model):
    """A worker's tie to an enterprise from a day to a day (会籍 / 从业关系), with occupation and work
    relation.

    At most one open tie per worker and enterprise. A worker on two platforms has two.
    """

    worker = models.ForeignKey(Worker, models.PROTECT, related_name="memberships", verbose_name=_("worker"))
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, related_name="memberships", verbose_name=_("enterprise")
    )
    occupation = models.CharField(_("occupation"), max_length=30, choices=Occupation.choices, blank=True)
    occupation_as_given = models.CharField(_("occupation as written"), max_length=60, blank=True)
    work_relation = models.CharField(
        _("work relation"), max_length=16, choices=WorkRelation.choices, blank=True
    )
    joined_on = models.DateField(_("since"), null=True, blank=True)
    left_on = models.DateField(_("until"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    # Where it comes from, not a rule: a constraint would cost a load as much as the one on the worker.
    source = models.ForeignKey(
        "Roster",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="memberships",
        verbose_name=_("from roster"),
        db_constraint=False,
    )

    objects = EnterprisePartQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["worker", "enterprise"],
                condition=Q(left_on__isnull=True),
                name="membership_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.worker} – {self.enterprise}"


@tracked_without("rows_total", "rows_judged")
class Roster(models.Model):
    """An uploaded file and every row of it with a verdict (名册).

    What was judged is exactly what is applied, once: `verdict_digest` names the judged rows, and applying
    locks this row and checks it (invariant 5, cases C076, C078, C079). Changed only through
    `workers.roster.actions`.
    """

    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, related_name="rosters", verbose_name=_("enterprise")
    )
    mode = models.CharField(
        _("mode"), max_length=10, choices=RosterMode.choices, default=RosterMode.ADDITIONS
    )
    as_clerk = models.BooleanField(_("judged as the enterprise's clerk sees it"), default=True)
    state = models.CharField(
        _("state"), max_length=10, choices=RosterState.choices, default=RosterState.UPLOADED
    )
    file_name = models.CharField(_("file"), max_length=200)
    file_sha256 = models.CharField(_("SHA-256 of the file"), max_length=64)
    file_format = models.CharField(_("format"), max_length=10, blank=True)
    encoding = models.CharField(_("encoding"), max_length=20, blank=True)
    sheets = models.JSONField(_("sheets"), default=list)
    notices = models.JSONField(_("notices about the file"), default=list)
    mapping = models.JSONField(_("chosen columns"), default=dict, blank=True)
    refusal = models.CharField(_("reason of refusal"), max_length=40, blank=True)
    refusal_details = models.JSONField(_("details of the refusal"), default=dict, blank=True)
    rows_total = models.PositiveIntegerField(_("rows"), default=0)
    rows_judged = models.PositiveIntegerField(_("rows judged"), default=0)
    counts = models.JSONField(_("counts"), default=dict)
    verdict_digest = models.CharField(_("digest of the judged rows"), max_length=64, blank=True)
    judged_at = models.DateTimeField(_("judged at"), null=True, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="uploaded_rosters",
        verbose_name=_("uploaded by"),
    )
    uploaded_at = models.DateTimeField(_("uploaded at"))
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="confirmed_rosters",
        verbose_name=_("confirmed by"),
    )
    applied_at = models.DateTimeField(_("applied at"), null=True, blank=True)

    objects = EnterprisePartQuerySet.as_manager()

    class Meta:
        verbose_name = _("roster")
        verbose_name_plural = _("rosters")
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [models.Index(fields=["enterprise", "file_sha256"], name="roster_same_file")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="roster_applied_was_confirmed",
                condition=Q(state="applied", applied_at__isnull=False, confirmed_by__isnull=False)
                | (~Q(state="applied") & Q(applied_at__isnull=True)),
            ),
        ]
        permissions: ClassVar = [
            ("upload_roster", _("Can upload a roster")),
            ("apply_roster", _("Can confirm and apply a roster")),
        ]

    def __str__(self) -> str:
        return self.file_name


class RosterFile(models.Model):
    """The uploaded bytes, sealed, in the database: every server sees them and no public folder does
    (case C078).
    """

    roster = models.OneToOneField(
        Roster, models.CASCADE, related_name="file", primary_key=True, verbose_name=_("roster")
    )
    sealed = models.BinaryField(_("sealed bytes"))

    class Meta:
        verbose_name = _("roster file")
        verbose_name_plural = _("roster files")

    def __str__(self) -> str:
        return str(self.roster_id)


class RosterRow(models.Model):
    """A judged line of a roster, staged by COPY: what the merge reads and what the review screen shows.

    Personal values are sealed here as in the register. `worker` is the person on file whom the row was
    found to be, `enterprise` the one it speaks of; `cells` is kept only for rows with findings.
    """

    roster = models.ForeignKey(
        Roster,
        models.CASCADE,
        related_name="rows",
        verbose_name=_("roster"),
        db_constraint=False,
        db_index=False,
    )
    sheet = models.CharField(_("sheet"), max_length=60, blank=True)
    row = models.PositiveIntegerField(_("line"))
    verdict = models.CharField(_("verdict"), max_length=6, choices=RowVerdict.choices)
    action = models.CharField(_("action"), max_length=9, choices=RowAction.choices, default=RowAction.NONE)
    codes = models.JSONField(_("findings"), default=list)
    name = models.CharField(_("full name"), max_length=100, blank=True)
    name_key = models.CharField(_("name for comparison"), max_length=100, blank=True)
    document_kind = models.CharField(
        _("document kind"), max_length=24, choices=DocumentKind.choices, blank=True
    )
    issuer = models.CharField(_("issuing country"), max_length=3, blank=True)
    number = SealedTextField(_("number"), null=True, staged_for="workers.identitydocument.number")
    number_digest = BlindIndexField(_("number index"), purpose="document.number", null=True)
    phone = SealedTextField(_("phone"), null=True, staged_for="workers.worker.phone")
    phone_digest = BlindIndexField(_("phone index"), purpose="phone", null=True)
    sex = models.CharField(_("sex"), max_length=6, choices=Sex.choices, blank=True)
    birth_date = models.DateField(_("birth date"), null=True)
    occupation = models.CharField(_("occupation"), max_length=30, choices=Occupation.choices, blank=True)
    occupation_as_given = models.CharField(_("occupation as written"), max_length=60, blank=True)
    work_relation = models.CharField(
        _("work relation"), max_length=16, choices=WorkRelation.choices, blank=True
    )
    joined_on = models.DateField(_("since"), null=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    # Most rosters say nothing of these two: the database's defaults serve.
    basic_insurance = models.CharField(
        _("basic insurance"), max_length=10, choices=BasicInsurance.choices, blank=True, db_default=""
    )
    real_name_checked_on = models.DateField(_("real-name check on"), null=True)
    cleared = ArrayField(models.CharField(max_length=20), verbose_name=_("cleared fields"), default=list)
    cells = SealedTextField(_("cells as written"), null=True)
    enterprise = models.ForeignKey(
        Enterprise,
        models.DO_NOTHING,
        null=True,
        related_name="+",
        verbose_name=_("enterprise"),
        db_constraint=False,
        db_index=False,
    )
    worker = models.ForeignKey(
        Worker,
        models.DO_NOTHING,
        null=True,
        related_name="+",
        verbose_name=_("worker"),
        db_constraint=False,
        db_index=False,
    )

    objects = RosterRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("roster row")
        verbose_name_plural = _("roster rows")
        ordering: ClassVar = ["roster", "id"]
        # The only index: staging is as fast as its indexes are few. Constraints stay in the register.
        indexes: ClassVar = [models.Index(fields=["roster", "id"], name="rosterrow_in_file_order")]

    def __str__(self) -> str:
        return f"{self.sheet} {self.row}".strip()


class RosterLeaver(models.Model):
    """A member who is not in a full roster (case C074). Ends only where an officer has confirmed it."""

    roster = models.ForeignKey(
        Roster, models.CASCADE, related_name="leavers", verbose_name=_("roster"), db_index=False
    )
    membership = models.ForeignKey(
        Membership, models.CASCADE, related_name="+", verbose_name=_("membership"), db_index=False
    )
    confirmed = models.BooleanField(_("has left"), default=False)
    ended = models.BooleanField(_("ended"), default=False)

    class Meta:
        verbose_name = _("leaver")
        verbose_name_plural = _("leavers")
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["roster", "membership"], name="roster_leaver_once"),
        ]

    def __str__(self) -> str:
        return f"{self.membership_id}"
