"""Lets history rows know who was signed in and which page asked, also where a page changes rows without
a verb.
"""

from typing import Any

import pghistory
from django.http import HttpRequest, HttpResponse

from unionbenefits.core.addresses import client_address
from unionbenefits.core.http import GetResponse
from unionbenefits.core.origin import ADDRESS, asked_from, origin


class ActorMiddleware:
    """Opens a history context for requests that may change something."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Staff's acts carry their address, looks included; a worker's address is nobody's business later.

        Reading requests open no context: that costs a statement per write.
        """
        if not request.path.startswith("/admin/"):
            return self._answer(request)
        with asked_from(ADDRESS, client_address(request)):
            return self._answer(request)

    def _answer(self, request: HttpRequest) -> HttpResponse:
        if request.method in ("GET", "HEAD", "OPTIONS"):
            return self.get_response(request)
        user: Any = request.user
        by = user.audit_name if user.is_authenticated else "anonymous"
        with pghistory.context(by=by, url=request.path, origin=origin()):
            return self.get_response(request)
