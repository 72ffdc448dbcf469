"""One entry of the panel's menu, as unfold reads it."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse_lazy
from django.utils.functional import Promise


def item(title: str | Promise, url_name: str, icon: str, *permissions: str) -> dict[str, Any]:
    """An entry for whoever holds one of `permissions`; for everybody where none is named.

    `url_name` is of the panel (`admin:…`), `icon` a Material Symbols name.
    """

    def is_allowed(request: HttpRequest) -> bool:
        return not permissions or any(request.user.has_perm(name) for name in permissions)

    return {"title": title, "icon": icon, "link": reverse_lazy(url_name), "permission": is_allowed}
