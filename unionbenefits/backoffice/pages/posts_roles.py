"""The roles, from the code: what each may do, in words, and which never go together."""

from dataclasses import dataclass
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from unionbenefits.access.queries import posts_of
from unionbenefits.access.roles import BUNDLES, HANDS_OUT, HANDS_OUT_AT_OWN_PLACE, INCOMPATIBLE, Role
from unionbenefits.access.words import SEES, app_in_words, in_words
from unionbenefits.backoffice.pages.base import page, render_page
from unionbenefits.backoffice.pages.officers import officer


@dataclass(frozen=True, slots=True)
class RoleView:
    """A role in words: its sentence, what it does and what it only sees, by part of the system."""

    role: Role
    sentence: str | Promise
    does: list[tuple[str, list[str]]]
    sees: list[tuple[str, list[str]]]
    hands_out: list[Role]
    at_own_place: bool
    is_own: bool


@page()
@require_GET
def roles(request: HttpRequest) -> HttpResponse:
    """All roles; one's own are marked."""
    own = {post.role for post in posts_of(officer(request))}
    context = {
        "roles": [_view(role, is_own=role.value in own) for role in Role],
        "conflicts": [(_ordered(row.roles), _ordered(row.others), row.why) for row in INCOMPATIBLE],
    }
    return render_page(request, "admin/pages/roles.html", title=_("Roles"), context=context)


def _view(role: Role, *, is_own: bool) -> RoleView:
    bundle = BUNDLES[role]
    sees = {name for name in bundle.permissions if f".{SEES}_" in name}
    return RoleView(
        role,
        bundle.sentence,
        _by_app(bundle.permissions - sees),
        _by_app(sees),
        _ordered(HANDS_OUT.get(role, frozenset())),
        role in HANDS_OUT_AT_OWN_PLACE,
        is_own,
    )


def _by_app(permissions: frozenset[str] | set[str]) -> list[tuple[str, list[str]]]:
    named = sorted((app_in_words(name), in_words(name)) for name in permissions)
    return [
        (app, [words for _app, words in group]) for app, group in groupby(named, key=lambda pair: pair[0])
    ]


def _ordered(held: frozenset[Role]) -> list[Role]:
    return [role for role in Role if role in held]
