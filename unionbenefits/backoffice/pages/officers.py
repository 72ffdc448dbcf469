"""The signed-in member of staff as the `by=` of a verb."""

from typing import cast

from django.http import HttpRequest

from unionbenefits.accounts.models import User


def officer(request: HttpRequest) -> User:
    """Who asks: `@page` has let nobody else in."""
    return cast("User", request.user)
