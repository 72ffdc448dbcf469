"""Registers of people: workers, documents, memberships, rosters. Names in full, numbers and phones masked."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, DropdownFilter
from unfold.decorators import display

from unionbenefits.core.admin import ScopedAdmin, ScopedInline, VerbForm
from unionbenefits.core.columns import related
from unionbenefits.core.errors import Refusal
from unionbenefits.core.filters import DayFilter, ScopedFilter
from unionbenefits.core.masking import mask_document, mask_phone
from unionbenefits.core.scope import scoped
from unionbenefits.workers.actions import set_standing
from unionbenefits.workers.bulk import RULES, choose
from unionbenefits.workers.models import BulkKind, IdentityDocument, Membership, Roster, RosterRow, Worker
from unionbenefits.workers.roster.queries import findings_of
from unionbenefits.workers.roster.states import RosterState, RowVerdict

# Bearers of a name who are looked up by key: a full name has a few hundred, a surname tens of thousands.
_FEW = 2_000
PERSON_HELP = _("Any part of the name, full document number or full mobile number")


def people_found(text: str) -> Any:
    """What finds people, for `worker__in`; whoever asks holds rows that are in scope already.

    Few are looked up at once: given their keys, the planner begins with them. Of many, some have rows near
    the end of the register, where the list begins.
    """
    people = Worker.objects.find(text).order_by().values_list("pk", flat=True)
    few = list(people[: _FEW + 1])
    return few if len(few) <= _FEW else people


class BulkAdmin(ScopedAdmin):
    """A register whose rows can be changed together: ticked, or all that the filters find.

    The choice opens the page where the change is previewed, done and undone.
    """

    bulk_kinds: ClassVar[tuple[BulkKind, ...]] = ()

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """The kinds of changes that the person may make."""
        if IS_POPUP_VAR in request.GET:
            return {}
        return {
            kind.value: (_chooser(kind), kind.value, kind.label)
            for kind in self.bulk_kinds
            if request.user.has_perm(RULES[kind].permission)
        }


def _chooser(kind: BulkKind) -> Callable[[Any, HttpRequest, QuerySet[Any]], HttpResponse | None]:
    """What Django calls with the rows ticked."""

    def choose_rows(_admin: Any, request: HttpRequest, rows: QuerySet[Any]) -> HttpResponse | None:
        try:
            draft = choose(by=request.user, kind=kind, rows=rows)  # type: ignore[arg-type]
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return None
        return redirect("admin:bulk_change", pk=draft.pk)

    return choose_rows


class DocumentInline(ScopedInline):
    """Documents, masked."""

    model = IdentityDocument
    fields = ("kind", "number_masked", "issuer", "retired_at")

    @display(description=_("number"))
    def number_masked(self, document: IdentityDocument) -> str:
        """Three in front, four behind."""
        return mask_document(document.number)


class MembershipInline(ScopedInline):
    """Memberships at enterprises in scope only: a clerk never sees the other employer (invariant 9)."""

    model = Membership
    fields = ("enterprise", "occupation", "work_relation", "joined_on", "left_on")
    list_select_related = ("enterprise",)


class StandingForm(VerbForm):
    """What officers note about a person: insurance, real-name check, a woman's retirement track."""

    class Meta:
        help_texts: ClassVar = {
            "basic_insurance": _("The basic medical insurance that the person takes part in."),
            "real_name_checked_on": _("The day on which the real-name check of 粤工惠 was passed."),
        }


@admin.register(Worker)
class WorkerAdmin(BulkAdmin):
    """Everyone on file who serves or served at an enterprise in scope. Officers change the standing only."""

    row_page = "person"
    bulk_kinds = (BulkKind.NOTE_REAL_NAME,)
    list_display = ("name", "document_masked", "phone_masked", "sex", "birth_date", "employers")
    list_filter = (("sex", ChoicesDropdownFilter), ("birth_date", DayFilter), ("created_at", DayFilter))
    search_fields = ("name",)
    search_help_text = PERSON_HELP
    fieldsets: ClassVar = (
        (None, {"fields": ("name", "sex", "birth_date", "phone_masked", "created_at")}),
        (
            _("Standing"),
            {
                "fields": ("basic_insurance", "real_name_checked_on", "retirement_track"),
                "description": _("Campaigns may ask for it. Every change is kept in the history."),
            },
        ),
    )
    form = StandingForm
    changeable = True
    editable = ("basic_insurance", "real_name_checked_on", "retirement_track")
    inlines = (DocumentInline, MembershipInline)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With what the list shows: documents that are valid, and the employers in scope."""
        documents = IdentityDocument.objects.filter(retired_at__isnull=True).order_by("id")
        tied = scoped(Membership, request).filter(left_on__isnull=True).select_related("enterprise")
        workers = super().get_queryset(request)
        if not request.resolver_match or not str(request.resolver_match.url_name).endswith("changelist"):
            return workers
        return workers.prefetch_related(
            Prefetch("documents", documents, to_attr="valid_documents"),
            Prefetch("memberships", tied, to_attr="open_memberships"),
        )

    def find(self, rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        """By number, phone or name. Few are named by key: the planner takes a rare character for a common
        one and would read everybody.
        """
        found = people_found(text)
        if isinstance(found, list):
            return rows.filter(pk__in=found)
        return rows.find(text)  # type: ignore[attr-defined, no-any-return]

    def change(self, request: HttpRequest, found: Any, values: dict[str, Any]) -> None:
        """Notes the standing."""
        set_standing(by=request.user, worker=found, **{name: values[name] for name in self.editable})  # type: ignore[arg-type]

    @display(description=_("document"))
    def document_masked(self, worker: Any) -> str:
        """The oldest valid one."""
        return mask_document(worker.valid_documents[0].number) if worker.valid_documents else "-"

    @display(description=_("phone"))
    def phone_masked(self, worker: Worker) -> str:
        """Three in front, four behind."""
        return mask_phone(worker.phone) if worker.phone else "-"

    @display(description=_("serves at"))
    def employers(self, worker: Any) -> str:
        """Enterprises in scope where the worker serves today."""
        return "、".join(membership.enterprise.name for membership in worker.open_memberships) or "-"


class PersonPartAdmin(BulkAdmin):
    """A register whose rows belong to a worker: found by the person."""

    search_fields = ("worker__name",)
    search_help_text = PERSON_HELP
    worker_shown = related("worker", _("worker"))

    def find(self, rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        """Rows of the people whom the text finds."""
        return rows.filter(worker__in=people_found(text))


@admin.register(IdentityDocument)
class IdentityDocumentAdmin(PersonPartAdmin):
    """Documents, past and present."""

    list_display = ("number_masked", "kind", "worker", "retired_at")
    list_filter = (("kind", ChoicesDropdownFilter),)
    list_select_related = ("worker",)
    fieldsets: ClassVar = (
        (None, {"fields": ("worker_shown", "kind", "number_masked", "issuer", "retired_at")}),
    )

    @display(description=_("number"))
    def number_masked(self, document: IdentityDocument) -> str:
        """Three in front, four behind."""
        return mask_document(document.number)


class OpenFilter(DropdownFilter):
    """Whether the person is still with the enterprise."""

    title = _("membership")
    parameter_name = "open"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, Any]]:
        """The two."""
        return [("yes", _("Serves today")), ("no", _("Has left"))]

    def queryset(self, _request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """By the last day."""
        if self.value() in ("yes", "no"):
            return queryset.filter(left_on__isnull=self.value() == "yes")
        return queryset


@admin.register(Membership)
class MembershipAdmin(PersonPartAdmin):
    """Who serves where, as what, since when."""

    bulk_kinds = (BulkKind.END_MEMBERSHIPS, BulkKind.SET_OCCUPATION)
    list_display = ("worker", "enterprise", "occupation", "work_relation", "joined_on", "left_on")
    list_filter = (
        ("enterprise", ScopedFilter),
        ("occupation", ChoicesDropdownFilter),
        ("work_relation", ChoicesDropdownFilter),
        OpenFilter,
        ("joined_on", DayFilter),
    )
    list_select_related = ("worker", "enterprise")
    fieldsets: ClassVar = (
        (None, {"fields": ("worker_shown", "enterprise_shown", "occupation", "occupation_as_given")}),
        (None, {"fields": ("work_relation", "joined_on", "left_on", "note", "source_shown")}),
    )
    enterprise_shown = related("enterprise", _("enterprise"))
    source_shown = related("source", _("from roster"))


_STATE_COLOURS = {
    RosterState.UPLOADED: "info",
    RosterState.JUDGING: "info",
    RosterState.JUDGED: "warning",
    RosterState.APPLIED: "success",
    RosterState.REFUSED: "danger",
    RosterState.FAILED: "danger",
}
_VERDICT_COLOURS = {RowVerdict.ACCEPT: "success", RowVerdict.HOLD: "warning", RowVerdict.REJECT: "danger"}


@admin.register(Roster)
class RosterAdmin(ScopedAdmin):
    """Uploaded files and what became of them."""

    row_page = "roster_review"

    list_display = (
        "file_name",
        "enterprise",
        "state_tag",
        "mode",
        "rows_total",
        "uploaded_by",
        "uploaded_at",
    )
    list_filter = (
        ("state", ChoicesDropdownFilter),
        ("enterprise", ScopedFilter),
        ("mode", ChoicesDropdownFilter),
        ("uploaded_at", DayFilter),
    )
    list_select_related = ("enterprise", "uploaded_by")
    search_fields = ("file_name", "enterprise__name", "enterprise__credit_code")
    search_help_text = _("File name, or the enterprise's name or credit code")
    fieldsets: ClassVar = (
        (None, {"fields": ("file_name", "enterprise_shown", "state_tag", "mode", "rows_total", "counted")}),
        (_("File"), {"fields": ("file_format", "encoding", "file_sha256")}),
        (
            _("Who and when"),
            {"fields": ("uploaded_by_shown", "uploaded_at", "confirmed_by_shown", "applied_at")},
        ),
    )
    related_registers: ClassVar = (
        (_("Rows of the roster"), "workers.rosterrow", "roster__id__exact"),
        (_("Gift batches"), "campaigns.giftbatch", "roster__id__exact"),
    )
    enterprise_shown = related("enterprise", _("enterprise"))
    uploaded_by_shown = related("uploaded_by", _("uploaded by"))
    confirmed_by_shown = related("confirmed_by", _("confirmed by"))

    @display(description=_("state"), ordering="state", label=_STATE_COLOURS)
    def state_tag(self, roster: Roster) -> tuple[str, str]:
        """As a coloured tag."""
        return roster.state, roster.get_state_display()

    @display(description=_("counts"))
    def counted(self, roster: Roster) -> str:
        """Accepted, on hold, rejected."""
        found = roster.counts or {}
        return " · ".join(f"{verdict.label} {found.get(verdict.value, 0)}" for verdict in RowVerdict)


@admin.register(RosterRow)
class RosterRowAdmin(ScopedAdmin):
    """Judged lines, with the findings in words."""

    list_display = ("roster", "row", "name", "number_masked", "verdict_tag", "action", "findings")
    list_display_links = ("row", "name")
    list_filter = (
        ("verdict", ChoicesDropdownFilter),
        ("action", ChoicesDropdownFilter),
        ("roster", ScopedFilter),
    )
    list_select_related = ("roster",)
    ordering = ("-roster", "id")
    search_fields = ("name",)
    search_help_text = PERSON_HELP
    fieldsets: ClassVar = (
        (
            None,
            {"fields": ("roster_shown", "sheet", "row", "verdict_tag", "action", "findings", "worker_shown")},
        ),
        (
            _("Personal details"),
            {"fields": ("name", "document_kind", "number_masked", "phone_masked", "sex", "birth_date")},
        ),
        (_("Work"), {"fields": ("occupation", "occupation_as_given", "work_relation", "joined_on", "note")}),
        (_("Standing"), {"fields": ("basic_insurance", "real_name_checked_on")}),
    )
    roster_shown = related("roster", _("roster"))
    worker_shown = related("worker", _("worker"))

    def find(self, rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        """By number, phone or name, as written in the roster."""
        return rows.find(text)  # type: ignore[attr-defined, no-any-return]

    @display(description=_("number"))
    def number_masked(self, row: RosterRow) -> str:
        """Three in front, four behind."""
        return mask_document(row.number) if row.number else "-"

    @display(description=_("phone"))
    def phone_masked(self, row: RosterRow) -> str:
        """Three in front, four behind."""
        return mask_phone(row.phone) if row.phone else "-"

    @display(description=_("verdict"), ordering="verdict", label=_VERDICT_COLOURS)
    def verdict_tag(self, row: RosterRow) -> tuple[str, str]:
        """As a coloured tag."""
        return row.verdict, row.get_verdict_display()

    @display(description=_("findings"))
    def findings(self, row: RosterRow) -> SafeString:
        """Each as a sentence."""
        return format_html_join("", "<div>{}</div>", ((finding.text(),) for finding in findings_of(row)))
