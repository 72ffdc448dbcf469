"""The register of unions."""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter
from unfold.decorators import display
from unfold.widgets import UnfoldAdminSelect2Widget

from unionbenefits.core import scope as scopes
from unionbenefits.core.admin import ScopedAdmin, VerbForm
from unionbenefits.core.columns import mark
from unionbenefits.core.errors import Refusal
from unionbenefits.unions.actions import change_union, found_union
from unionbenefits.unions.enums import UnionKind
from unionbenefits.unions.models import Union

_PAGES = (
    (_("Who can see it"), "union_access", "access.view_post"),
    (_("Move the union"), "union_move", "unions.restructure_union"),
    (_("Merge the union"), "union_merge", "unions.restructure_union"),
)


class FoundingForm(VerbForm):
    """A new union and the one above it."""

    parent = forms.ModelChoiceField(
        Union.objects.filter(closed_on__isnull=True).exclude(kind=UnionKind.GRASSROOTS),
        label=_("union above"),
        required=False,
        widget=UnfoldAdminSelect2Widget,
        help_text=_("The federation that approves and founds it."),
    )


@admin.register(Union)
class UnionAdmin(ScopedAdmin):
    """The tree, in its order; indented by level."""

    list_display = ("name_in_tree", "kind", "credit_code", "area_code", "test_mark", "closed_mark")
    list_filter = (("kind", ChoicesDropdownFilter), "is_test")
    search_fields = ("name", "credit_code")
    search_help_text = _("Name or credit code")
    fieldsets: ClassVar = (
        (
            None,
            {"fields": ("name", "kind", "parent_name", "credit_code", "area_code", "is_test", "closed_on")},
        ),
    )
    add_fieldsets: ClassVar = (
        (None, {"fields": ("name", "kind", "parent", "credit_code", "area_code", "is_test")}),
    )
    add_form = FoundingForm
    addable = changeable = True
    editable = ("name", "kind", "credit_code", "area_code", "is_test")
    related_registers: ClassVar = (
        (_("Enterprises"), "enterprises.enterprise", "union__id__exact"),
        (_("Funds"), "funds.fund", "owner__id__exact"),
        (_("Posts"), "access.post", "union__id__exact"),
    )

    test_mark = mark("is_test", _("remark"), _("for tests"))
    closed_mark = mark("closed_on", _("state"), _("merged away"))

    def _related_links(self, request: HttpRequest, object_id: str | None) -> list[tuple[Any, str]]:
        """With the pages about it: who can see it, moving, merging, for those who may."""
        links = super()._related_links(request, object_id)
        for label, page, permission in _PAGES:
            if object_id is not None and request.user.has_perm(permission):
                links.append((label, reverse(f"{self.admin_site.name}:{page}", args=[unquote(object_id)])))
        return links

    @display(description=_("union"), ordering="path")
    def name_in_tree(self, union: Union) -> str:
        """The name behind one wide blank per level."""
        return f"{chr(0x3000) * (union.depth - 1)}{union.name}"

    @display(description=_("union above"))
    def parent_name(self, union: Union) -> str:
        """A union above may be named to everybody below it."""
        parent = Union.objects.get_parent(union)
        return "-" if parent is None else str(parent)

    def add(self, request: HttpRequest, values: dict[str, Any]) -> Union:
        """Founds it. Only the top of an installation founds a tree of its own."""
        if values["parent"] is None and not scopes.of_request(request).everything:
            raise Refusal("parent_missing", _("Choose the union above the new one."))
        return found_union(
            by=request.user,  # type: ignore[arg-type]
            name=values["name"],
            kind=UnionKind(values["kind"]),
            parent=values["parent"],
            credit_code=values["credit_code"],
            area_code=values["area_code"],
            is_test=values["is_test"],
        )

    def change(self, request: HttpRequest, found: Any, values: dict[str, Any]) -> None:
        """Corrects it."""
        change_union(
            by=request.user,  # type: ignore[arg-type]
            union=found,
            name=values["name"],
            kind=UnionKind(values["kind"]),
            credit_code=values["credit_code"],
            area_code=values["area_code"],
            is_test=values["is_test"],
        )
