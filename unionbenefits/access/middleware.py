"""Every request carries the scope of whoever asks, worked out when something first needs it (invariant 9)."""

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from unionbenefits.access.queries import scope_of
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
    return scope_of(user) if isinstance(user, User) else NOTHING
