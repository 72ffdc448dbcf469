"""Registers of staff users and their posts.

Users live in `accounts`, but who may see and manage one is said by the posts, so both registers are here.
"""

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesDropdownFilter, DropdownFilter
from unfold.decorators import display
from unfold.widgets import (
    UnfoldAdminPasswordWidget,
    UnfoldAdminSelectWidget,
    UnfoldAdminSingleDateWidget,
)

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


def _password_field(*, required: bool) -> forms.CharField:
    return forms.CharField(
        label=_("password") if required else _("new password"),
        required=required,
        strip=False,
        widget=UnfoldAdminPasswordWidget(attrs={"autocomplete": "new-password"}),
        help_text=password_validators_help_text_html() if required else _("Leave empty to keep the old one."),
    )


class _UserForm(VerbForm):
    """Checks a password as sign-in rules want it."""

    password_field = "password1"  # noqa: S105 - the name of a field

    def clean(self) -> dict[str, Any] | None:
        """The rules compare the password with the names typed beside it."""
        cleaned = super().clean()
        password = self.cleaned_data.get(self.password_field)
        if password:
            try:
                username = self.cleaned_data.get("username", self.instance.username)
                validate_password(password, User(username=username))
            except forms.ValidationError as error:
                self.add_error(self.password_field, error)
        return cleaned


class AppointForm(_UserForm):
    """A new user with the first post."""

    password1 = _password_field(required=True)
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


class UserChangeForm(_UserForm):
    """Corrections, and a new password where the old one is forgotten."""

    password_field = "new_password"  # noqa: S105 - the name of a field
    new_password = _password_field(required=False)


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
    change_fieldsets: ClassVar = ((_("Password"), {"fields": ("new_password",)}),)
    add_fieldsets: ClassVar = (
        (None, {"fields": ("username", "name", "password1")}),
        (_("First post"), {"fields": ("role", "union", "enterprise", "starts_on")}),
    )
    form, add_form = UserChangeForm, AppointForm
    addable = changeable = True
    editable = ("name", "is_active")
    inlines = (PostInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With the posts that may be seen, for the list."""
        return super().get_queryset(request).prefetch_related("posts__union", "posts__enterprise")

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Only users whose every post lies under one's own: a new password would be a way into the others."""
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
            password=values["password1"],
            role=Role(values["role"]),
            union=values["union"],
            enterprise=values["enterprise"],
            starts_on=values["starts_on"],
        )

    def change(self, request: HttpRequest, found: Any, values: dict[str, Any]) -> None:
        """Corrects, closes, opens, sets a password."""
        change_user(
            by=request.user,  # type: ignore[arg-type]
            user=found,
            name=values["name"],
            is_active=values["is_active"],
            password=values["new_password"],
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
