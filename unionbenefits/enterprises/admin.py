"""Registers of enterprises and of their places in industry unions."""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from unionbenefits.core.admin import ScopedAdmin, ScopedInline
from unionbenefits.core.columns import mark, related
from unionbenefits.core.filters import ScopedFilter
from unionbenefits.enterprises.actions import change_enterprise, join_industry_union, register_enterprise
from unionbenefits.enterprises.enums import EnterpriseKind
from unionbenefits.enterprises.models import Enterprise, IndustryAffiliation

_PAGES = (
    (_("Who can see it"), "enterprise_access", "access.view_post"),
    (_("Closing"), "enterprise_close", "enterprises.close_enterprise"),
)


class AffiliationInline(ScopedInline):
    """Industry unions that the enterprise joined."""

    model = IndustryAffiliation
    fields = ("union", "since")
    list_select_related = ("union",)


@admin.register(Enterprise)
class EnterpriseAdmin(ScopedAdmin):
    """Employers, platforms and stations."""

    list_display = ("name", "credit_code", "kind", "union", "head_mark", "closed_mark")
    list_filter = (("union", ScopedFilter), ("kind", ChoicesDropdownFilter), "is_head")
    list_select_related = ("union",)
    search_fields = ("name", "credit_code")
    search_help_text = _("Name or credit code")
    autocomplete_fields = ("union",)
    fieldsets: ClassVar = (
        (None, {"fields": ("name", "credit_code", "kind", "union_shown", "is_head", "closed_on")}),
    )
    add_fieldsets: ClassVar = ((None, {"fields": ("name", "credit_code", "kind", "union", "is_head")}),)
    inlines = (AffiliationInline,)
    addable = changeable = True
    editable = ("name", "kind", "is_head")
    related_registers: ClassVar = (
        (_("Members"), "workers.membership", "enterprise__id__exact"),
        (_("Rosters"), "workers.roster", "enterprise__id__exact"),
        (_("Gifts"), "campaigns.gift", "enterprise__id__exact"),
        (_("Posts"), "access.post", "enterprise__id__exact"),
    )
    union_shown = related("union", _("union"))
    closed_mark = mark("closed_on", _("state"), _("closed down"))
    head_mark = mark("is_head", _("remark"), _("head enterprise"))

    def _related_links(self, request: HttpRequest, object_id: str | None) -> list[tuple[Any, str]]:
        """With the pages about it: who can see it, closing it, for those who may."""
        links = super()._related_links(request, object_id)
        for label, page, permission in _PAGES:
            if object_id is not None and request.user.has_perm(permission):
                links.append((label, reverse(f"{self.admin_site.name}:{page}", args=[unquote(object_id)])))
        return links

    def add(self, request: HttpRequest, values: dict[str, Any]) -> Enterprise:
        """Registers it."""
        return register_enterprise(
            by=request.user,  # type: ignore[arg-type]
            name=values["name"],
            credit_code=values["credit_code"],
            union=values["union"],
            kind=EnterpriseKind(values["kind"]),
            is_head=values["is_head"],
        )

    def change(self, request: HttpRequest, found: Any, values: dict[str, Any]) -> None:
        """Corrects it."""
        change_enterprise(
            by=request.user,  # type: ignore[arg-type]
            enterprise=found,
            name=values["name"],
            kind=EnterpriseKind(values["kind"]),
            is_head=values["is_head"],
        )


@admin.register(IndustryAffiliation)
class IndustryAffiliationAdmin(ScopedAdmin):
    """Which enterprise joined which industry union, and since when."""

    list_display = ("enterprise", "union", "since")
    list_filter = (("union", ScopedFilter), ("enterprise", ScopedFilter))
    list_select_related = ("enterprise", "union")
    search_fields = ("enterprise__name", "union__name", "enterprise__credit_code")
    search_help_text = _("Name of the enterprise or industry union, or credit code")
    autocomplete_fields = ("enterprise", "union")
    fieldsets: ClassVar = ((None, {"fields": ("enterprise_shown", "union_shown", "since")}),)
    add_fieldsets: ClassVar = ((None, {"fields": ("enterprise", "union", "since")}),)
    addable = True
    enterprise_shown = related("enterprise", _("enterprise"))
    union_shown = related("union", _("industry union"))

    def add(self, request: HttpRequest, values: dict[str, Any]) -> IndustryAffiliation:
        """The enterprise joins."""
        return join_industry_union(by=request.user, **values)  # type: ignore[arg-type]
