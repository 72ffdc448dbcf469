"""Registers of occupation groups and of overrides; loaded by `campaigns.admin`."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import DropdownFilter
from unfold.decorators import display
from unfold.widgets import UnfoldAdminSelect2MultipleWidget

from unionbenefits.campaigns.actions import add_group, change_group
from unionbenefits.campaigns.models import GiftOverride, OccupationGroup
from unionbenefits.core.admin import ScopedAdmin, VerbForm
from unionbenefits.core.columns import related
from unionbenefits.core.filters import DayFilter, ScopedFilter
from unionbenefits.workers.admin import PersonPartAdmin
from unionbenefits.workers.enums import Occupation


class GroupForm(VerbForm):
    """A list of occupations, chosen by name."""

    occupations = forms.MultipleChoiceField(
        label=_("occupations"),
        choices=Occupation.choices,
        widget=UnfoldAdminSelect2MultipleWidget,
        help_text=_("Campaigns copy the list when they are set up; those set up before stay as they are."),
    )


@admin.register(OccupationGroup)
class OccupationGroupAdmin(ScopedAdmin):
    """The official lists of occupations, such as the eight groups of 2018; kept as data."""

    list_display = ("name", "code", "occupation_names", "source")
    search_fields = ("name", "code", "source")
    search_help_text = _("Name, code or source")
    form = add_form = GroupForm
    fieldsets: ClassVar = ((None, {"fields": ("code", "name", "source", "occupations")}),)
    add_fieldsets: ClassVar = fieldsets
    addable = changeable = True
    editable = ("name", "source", "occupations")

    @display(description=_("occupations"))
    def occupation_names(self, group: OccupationGroup) -> str:
        """In words."""
        return "、".join(str(Occupation(code).label) for code in group.occupations)

    def add(self, request: HttpRequest, values: dict[str, Any]) -> OccupationGroup:
        """A new list."""
        return add_group(by=request.user, **values)  # type: ignore[arg-type]

    def change(self, request: HttpRequest, found: Any, values: dict[str, Any]) -> None:
        """Another name, source or list; the code stays."""
        wanted = {name: values[name] for name in self.editable}
        change_group(by=request.user, group=found, **wanted)  # type: ignore[arg-type]


class AllowedFilter(DropdownFilter):
    """Whether a second person has allowed it."""

    title = _("allowed")
    parameter_name = "allowed"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, Any]]:
        """The two."""
        return [("no", _("Waits for a second person")), ("yes", _("Allowed"))]

    def queryset(self, _request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """By the day of allowing."""
        if self.value() in ("yes", "no"):
            return queryset.filter(allowed_at__isnull=self.value() == "no")
        return queryset


@admin.register(GiftOverride)
class GiftOverrideAdmin(PersonPartAdmin):
    """Who may get a gift again although gifted before. Asked and allowed on the workflow pages."""

    list_display = ("worker", "campaign", "reason", "asked_by", "asked_at", "allowed_by", "allowed_at")
    list_filter = (AllowedFilter, ("campaign", ScopedFilter), ("asked_at", DayFilter))
    list_select_related = ("worker", "campaign", "asked_by", "allowed_by")
    fieldsets: ClassVar = (
        (None, {"fields": ("worker_shown", "campaign_shown", "reason")}),
        (_("Who and when"), {"fields": ("asked_by", "asked_at", "allowed_by", "allowed_at")}),
    )
    campaign_shown = related("campaign", _("campaign"))
