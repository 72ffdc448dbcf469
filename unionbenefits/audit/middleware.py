"""Lets history rows know who was signed in and which page asked, also where a page changes rows without
a verb.
"""

from typing import Any

import pghistory
from django.http import HttpRequest, HttpResponse

from unionbenefits.core.http import GetResponse


class ActorMiddleware:
    """Opens a history context for requests that may change something."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Reading requests pass untouched: a context costs a statement per write."""
        if request.method in ("GET", "HEAD", "OPTIONS"):
            return self.get_response(request)
        user: Any = request.user
        by = user.audit_name if user.is_authenticated else "anonymous"
        with pghistory.context(by=by, url=request.path):
            return self.get_response(request)
