"""Registers of plans, their versions, and coverage."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.postgres.fields import ArrayField
from django.db.models import Exists, Field, OuterRef, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, DropdownFilter
from unfold.decorators import display
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget, UnfoldAdminTextInputWidget

from unionbenefits.core import clock, scope as scopes
from unionbenefits.core.admin import ScopedAdmin, ScopedInline
from unionbenefits.core.columns import related
from unionbenefits.core.filters import DayFilter, ScopedFilter
from unionbenefits.plans import certificates, periods
from unionbenefits.plans.actions import add_version, open_plan
from unionbenefits.plans.enums import CoverageStatus, PaperKind
from unionbenefits.plans.models import Coverage, OpeningFigures, Plan, PlanVersion, usual_papers
from unionbenefits.plans.queries import lapsing_in, serves_now
from unionbenefits.unions.models import Union
from unionbenefits.workers.admin import PersonPartAdmin, WorkerAdmin


class VersionInline(ScopedInline):
    """The plan's terms, newest first."""

    model = PlanVersion
    fields = ("number", "valid_from", "fee", "rates", "waiting_days")


@admin.register(Plan)
class PlanAdmin(ScopedAdmin):
    """Mutual-aid schemes."""

    list_display = ("code", "name", "popular_name")
    search_fields = ("name", "popular_name", "code")
    search_help_text = _("Name or code")
    fieldsets: ClassVar = ((None, {"fields": ("code", "name", "popular_name")}),)
    inlines = (VersionInline,)
    addable = True

    def add(self, request: HttpRequest, values: dict[str, Any]) -> Plan:
        """Opens it; its terms come as a version."""
        return open_plan(by=request.user, **values)  # type: ignore[arg-type]


@admin.register(PlanVersion)
class PlanVersionAdmin(ScopedAdmin):
    """Terms from a day on. A version in use is never changed: new terms are a new version."""

    list_display = ("plan", "number", "valid_from", "fee", "rates", "waiting_days")
    list_filter = (("plan", ScopedFilter),)
    list_select_related = ("plan",)
    search_fields = ("plan__name", "plan__code")
    search_help_text = _("Name or code of the plan")
    autocomplete_fields = ("plan",)
    addable = True
    formfield_overrides: ClassVar = {ArrayField: {"widget": UnfoldAdminTextInputWidget}}
    _payment = ("rates", "deductible", "cap_per_stay", "cap_per_period")
    _conditions = (
        "waiting_days",
        "straddle",
        "episode_gap_days",
        "filing_deadline_days",
        "accepted_insurance",
    )
    _members = ("age_floor", "age_below", "below_retirement_age", "minimum_share", "everyone_below")
    fieldsets: ClassVar = (
        (None, {"fields": ("plan", "number", "valid_from", "fee")}),
        (_("What it pays"), {"fields": _payment}),
        (_("Conditions"), {"fields": _conditions}),
        (_("Claims"), {"fields": ("promised_days", "asked_papers", "appeal_days")}),
        (_("Who may join"), {"fields": _members}),
    )
    add_fieldsets: ClassVar = (
        (None, {"fields": ("plan", "valid_from", "fee")}),
        (_("What it pays"), {"fields": _payment}),
        (_("Conditions"), {"fields": _conditions}),
        (_("Claims"), {"fields": ("promised_days", "required_papers", "appeal_days")}),
        (_("Who may join"), {"fields": _members}),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Whoever may change a plan."""
        return request.user.has_perm("plans.change_plan")

    def add(self, request: HttpRequest, values: dict[str, Any]) -> PlanVersion:
        """Adds it with the next number."""
        return add_version(by=request.user, **values)  # type: ignore[arg-type]

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> Any:  # type: ignore[type-arg]
        """Papers are ticked, not typed."""
        if db_field.name != "required_papers":
            return super().formfield_for_dbfield(db_field, request, **kwargs)
        return forms.MultipleChoiceField(
            choices=PaperKind.choices,
            required=False,
            initial=usual_papers,
            label=capfirst(db_field.verbose_name),
            help_text=db_field.help_text,
            widget=UnfoldAdminCheckboxSelectMultipleWidget,
        )

    @display(description=_("required papers"))
    def asked_papers(self, version: PlanVersion) -> str:
        """The papers by name."""
        return ", ".join(str(PaperKind(kind).label) for kind in version.required_papers) or "-"


class _CoverageDisplay:
    """Columns that the register and the worker's page share."""

    @display(description=_("period in force"), ordering="live_period")
    def in_force(self, coverage: Coverage) -> str:
        """First and last day, both covered."""
        if coverage.live_period.isempty:
            return "-"
        first, last = periods.first_day(coverage.live_period), periods.last_day(coverage.live_period)
        return f"{first} – {last}"

    @display(description=_("certificate number"), ordering="certificate_no")
    def certificate(self, coverage: Coverage) -> str:
        """In groups, as printed."""
        return certificates.grouped(coverage.certificate_no)

    @display(
        description=_("status"),
        ordering="status",
        label={CoverageStatus.ACTIVE: "success", CoverageStatus.CANCELLED: "danger"},
    )
    def status_tag(self, coverage: Coverage) -> tuple[str, str]:
        """As a coloured tag."""
        return coverage.status, coverage.get_status_display()

    @display(description=_("given by"))
    def giver(self, coverage: Any) -> str:
        """The union, where it may be named; another branch would tell where else the worker serves."""
        return coverage.giver_name or str(_("another union"))

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With the name of the giver where it may be shown."""
        rows = super().get_queryset(request)  # type: ignore[misc]
        unions = Union.objects.get_queryset().nameable(scopes.of_request(request))
        named: QuerySet[Any] = rows.naming_giver(unions)
        return named


class InForceFilter(DropdownFilter):
    """Cover that holds today; of everybody on file, or only of people who still serve in scope."""

    title = _("in force")
    parameter_name = "in_force"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, Any]]:
        """The second are the people whom the home page counts as covered."""
        return [
            ("today", _("In force today")),
            ("members", _("In force today, of who serves today")),
            ("lapsing", _("Ends within 30 days, of who serves today")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """By the day in Asia/Shanghai."""
        scope, today = scopes.of_request(request), clock.today()
        if self.value() == "lapsing":
            return lapsing_in(queryset, scope, today)
        if self.value() not in ("today", "members"):
            return queryset
        held = queryset.filter(live_period__contains=today)
        if self.value() == "today":
            return held
        return held.filter(Exists(serves_now(scope).filter(worker=OuterRef("worker_id"))))


@admin.register(Coverage)
class CoverageAdmin(_CoverageDisplay, PersonPartAdmin):
    """Who is covered, until when."""

    list_display = ("certificate", "worker", "plan_version", "in_force", "status_tag", "giver", "issued_at")
    list_filter = (
        InForceFilter,
        ("status", ChoicesDropdownFilter),
        ("plan", ScopedFilter),
        ("issued_at", DayFilter),
        "first_enrolment",
    )
    list_select_related = ("worker", "plan_version__plan")
    search_help_text = _("Certificate number, or the worker's name, document number or phone")
    fieldsets: ClassVar = (
        (None, {"fields": ("certificate", "worker_shown", "plan_version_shown", "status_tag")}),
        (None, {"fields": ("in_force", "first_enrolment", "giver", "issued_at", "cancelled_from")}),
    )
    plan_version_shown = related("plan_version", _("plan version"))

    def _related_links(self, request: HttpRequest, object_id: str | None) -> list[tuple[Any, str]]:
        """With the certificate to print, for those who may have files made."""
        links = super()._related_links(request, object_id)
        if object_id is not None and request.user.has_perm("access.add_export"):
            address = reverse(f"{self.admin_site.name}:coverage_certificate", args=[unquote(object_id)])
            links.append((_("Certificate (PDF)"), address))
        return links

    def find(self, rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        """A certificate number, else the person."""
        number = certificates.clean(text)
        if certificates.is_certificate_no(number):
            return rows.filter(certificate_no=number)
        return super().find(rows, text)


class CoverageInline(_CoverageDisplay, ScopedInline):
    """The worker's cover, past and present."""

    model = Coverage
    fields = ("certificate", "plan_version", "in_force", "status_text", "giver")
    list_select_related = ("plan_version__plan",)

    @display(description=_("status"))
    def status_text(self, coverage: Coverage) -> str:
        """In words: tables inside a page know no tags."""
        return coverage.get_status_display()


WorkerAdmin.also_show(CoverageInline)


@admin.register(OpeningFigures)
class OpeningFiguresAdmin(ScopedAdmin):
    """What had been reached before this system kept count; entered on the page of cumulative statistics."""

    list_display = ("since_year", "until", "enrolments", "payouts", "amount", "entered_by", "entered_at")
    fieldsets: ClassVar = (
        (None, {"fields": ("since_year", "until", "enrolments", "payouts", "amount", "source")}),
        (None, {"fields": ("entered_by", "entered_at")}),
    )
