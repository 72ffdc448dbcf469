"""Every request carries the scope of whoever asks, worked out when something first needs it (invariant 9)."""

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from unionbenefits.access.queries import posts_at_hand, scope_of, scope_through
from unionbenefits.accounts.models import User
from unionbenefits.core.http import GetResponse
from unionbenefits.core.scope import NOTHING, Scope


class ScopeMiddleware:
    """Sets `request.scope`; pages without personal data cost no query for it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Attaches the scope lazily."""
        request.scope = SimpleLazyObject(lambda: _scope(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def _scope(request: HttpRequest) -> Scope:
    user = request.user
    if not isinstance(user, User):
        return NOTHING
    # The user lives as long as the request, so its posts are read once for both scope and page.
    ordinary = user.is_active and not user.is_superuser
    return scope_through(posts_at_hand(user)) if ordinary else scope_of(user)
