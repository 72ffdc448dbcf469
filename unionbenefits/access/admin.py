"""Registers of staff users and their posts.

Users live in `accounts`, but who may see and manage one is said by the posts, so both registers are here.
"""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, DropdownFilter
from unfold.decorators import display
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldAdminSingleDateWidget

from unionbenefits.access.actions import appoint, change_user
from unionbenefits.access.models import Post
from unionbenefits.access.roles import BUNDLES, Role
from unionbenefits.accounts.models import User
from unionbenefits.core import clock, scope as scopes
from unionbenefits.core.admin import ScopedAdmin, ScopedInline, VerbForm
from unionbenefits.core.columns import related
from unionbenefits.core.filters import ScopedFilter
from unionbenefits.enterprises.models import Enterprise
from unionbenefits.unions.models import Union


def _place_widget(name: str) -> AutocompleteSelect:
    return AutocompleteSelect(Post._meta.get_field(name), admin.site)


class AppointForm(VerbForm):
    """A new user with the first post. The password the person sets, through a link."""

    role = forms.ChoiceField(
        label=_("role"), choices=[("", _("Select value")), *Role.choices], widget=UnfoldAdminSelectWidget
    )
    union = forms.ModelChoiceField(
        Union.objects.all(), label=_("union"), required=False, widget=_place_widget("union")
    )
    enterprise = forms.ModelChoiceField(
        Enterprise.objects.all(),
        label=_("enterprise"),
        required=False,
        widget=_place_widget("enterprise"),
        help_text=_("Only for a clerk, who serves one enterprise instead of a union."),
    )
    starts_on = forms.DateField(label=_("from"), initial=clock.today, widget=UnfoldAdminSingleDateWidget)


class PostInline(ScopedInline):
    """The posts under one's own."""

    model = Post
    fields = ("role", "union", "enterprise", "starts_on", "ends_on")
    list_select_related = ("union", "enterprise")


@admin.register(User)
class UserAdmin(ScopedAdmin):
    """Who works with the panel. Closed, never deleted."""

    list_display = ("username", "name", "posts_today", "is_active", "last_login")
    list_filter = ("is_active",)
    search_fields = ("username", "name")
    search_help_text = _("Sign-in name or name")
    fieldsets: ClassVar = ((None, {"fields": ("username", "name", "is_active", "created_at", "last_login")}),)
    add_fieldsets: ClassVar = (
        (None, {"fields": ("username", "name")}),
        (_("First post"), {"fields": ("role", "union", "enterprise", "starts_on")}),
    )
    add_form = AppointForm
    addable = changeable = True
    editable = ("name", "is_active")
    inlines = (PostInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With the posts that may be seen, for the list."""
        return super().get_queryset(request).prefetch_related("posts__union", "posts__enterprise")

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Only users whose every post lies under one's own: a password link would open the others."""
        if not super().has_change_permission(request, obj):
            return False
        return obj is None or self._is_below(request, obj)

    def _is_below(self, request: HttpRequest, user: Model) -> bool:
        scope = scopes.of_request(request)
        return User.objects.get_queryset().wholly_in_scope(scope).filter(pk=user.pk).exists()

    @display(description=_("posts"))
    def posts_today(self, user: User) -> str:
        """Roles held today; where is on the user's page."""
        today = clock.today()
        held = [
            p for p in user.posts.all() if p.starts_on <= today and (p.ends_on is None or p.ends_on >= today)
        ]
        return "、".join(dict.fromkeys(str(post.get_role_display()) for post in held)) or "-"

    def add(self, request: HttpRequest, values: dict[str, Any]) -> User:
        """Appoints."""
        return appoint(
            by=request.user,  # type: ignore[arg-type]
            username=values["username"],
            name=values["name"],
            role=Role(values["role"]),
            union=values["union"],
            enterprise=values["enterprise"],
            starts_on=values["starts_on"],
        )

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: Any = None) -> HttpResponse:  # noqa: ARG002
        """On to the new person's sign-in, where the link for the password is made."""
        messages.success(request, _("Appointed. Now make the link by which the person sets a password."))
        return redirect("admin:staff_sign_in", pk=obj.pk)

    def _related_links(self, request: HttpRequest, object_id: str | None) -> list[tuple[str | Promise, str]]:
        links = super()._related_links(request, object_id)
        if object_id is not None and request.user.has_perm("accounts.change_user"):
            address = reverse("admin:staff_sign_in", args=[unquote(object_id)])
            links.append((_("Sign-in and password"), address))
        return links

    def change(self, request: HttpRequest, found: Any, values: dict[str, Any]) -> None:
        """Corrects, closes, opens."""
        change_user(
            by=request.user,  # type: ignore[arg-type]
            user=found,
            name=values["name"],
            is_active=values["is_active"],
        )


class HeldFilter(DropdownFilter):
    """Posts of today, of the past, or to come."""

    title = _("held")
    parameter_name = "held"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, Any]]:
        """The three."""
        return [("now", _("Today")), ("past", _("Ended")), ("coming", _("Not yet begun"))]

    def queryset(self, _request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """By today's date."""
        today = clock.today()
        match self.value():
            case "now":
                return queryset.on(today)  # type: ignore[attr-defined, no-any-return]
            case "past":
                return queryset.filter(ends_on__lt=today)
            case "coming":
                return queryset.filter(starts_on__gt=today)
        return queryset


@admin.register(Post)
class PostAdmin(ScopedAdmin):
    """Who serves where, in which role, from when until when."""

    list_display = ("user", "role", "place", "starts_on", "ends_on")
    list_filter = (
        ("role", ChoicesDropdownFilter),
        ("union", ScopedFilter),
        ("enterprise", ScopedFilter),
        HeldFilter,
    )
    list_select_related = ("user", "union", "enterprise")
    search_fields = ("user__username", "user__name", "union__name", "enterprise__name")
    search_help_text = _("Name of the user, union or enterprise")
    # Granted, ended and handed over on the pages of posts (backoffice).
    row_page = "post_page"
    fieldsets: ClassVar = (
        (
            None,
            {
                "fields": (
                    "user_shown",
                    "role",
                    "role_sentence",
                    "union_shown",
                    "enterprise_shown",
                    "starts_on",
                    "ends_on",
                )
            },
        ),
    )
    user_shown = related("user", _("staff user"))
    union_shown = related("union", _("union"))
    enterprise_shown = related("enterprise", _("enterprise"))

    @display(description=_("where"))
    def place(self, post: Post) -> str:
        """The union or enterprise."""
        return str(post.union or post.enterprise)

    @display(description=_("may"))
    def role_sentence(self, post: Post) -> str:
        """What the role may do."""
        return str(BUNDLES[Role(post.role)].sentence)
