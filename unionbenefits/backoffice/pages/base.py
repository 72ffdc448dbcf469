"""What every workflow page shares: sign-in, permission, scope and the panel's frame."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, Literal, ParamSpec, TypeVar, cast

from django.contrib.admin import site
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from unionbenefits.backoffice.pages import proving
from unionbenefits.backoffice.pages.frame import render_page
from unionbenefits.core import scope as scopes

__all__ = ["in_scope", "one_in_scope", "page", "render_page"]

P = ParamSpec("P")
M = TypeVar("M", bound=Model)
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def page(*permissions: str, fresh: bool | Literal["first"] = False) -> Callable[[View[P]], View[P]]:
    """A view of the panel for signed-in staff who hold all of `permissions` (`app.codename`); 403 for others.

    With `fresh`, a POST is carried out only while the person's last proof (password or second factor) is
    younger than `settings.PROOF_MINUTES`; else a proof is asked for and nothing sent is lost (`proving`).
    With "first" the page asks before it opens too: for forms with a file, which no page can keep.
    Scope is not checked here: the view gets its objects through `one_in_scope` and `in_scope`.
    """

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def checked(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.has_perms(permissions):
                raise PermissionDenied
            asked = proving.ask(request, first=fresh == "first") if fresh else None
            return asked or view(request, *args, **kwargs)

        @wraps(view)
        def entered(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            answer: HttpResponseBase = site.admin_view(checked)(request, *args, **kwargs)
            return answer

        entered.panel_permissions = permissions  # type: ignore[attr-defined]
        entered.asks_proof = bool(fresh)  # type: ignore[attr-defined]
        return cast("View[P]", entered)

    return decorate


def in_scope(request: HttpRequest, model: type[M]) -> QuerySet[M]:
    """The rows of `model` that the person may see: the only door to objects in this package."""
    found: QuerySet[M] = model._default_manager.get_queryset().in_scope(scopes.of_request(request))  # type: ignore[attr-defined]
    return found


def one_in_scope(request: HttpRequest, model: type[M], pk: int | str) -> M:
    """The object, or Http404 where it does not exist or lies outside the scope; the two look alike."""
    try:
        return in_scope(request, model).get(pk=pk)
    except (ObjectDoesNotExist, ValueError):
        raise Http404
