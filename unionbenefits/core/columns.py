"""Columns and read-only fields that several registers share."""

from collections.abc import Callable
from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString

from unionbenefits.core.scope import scoped


def mark(field: str, label: str | Promise, text: str | Promise) -> Callable[[Any, Any], SafeString | str]:
    """A column for a yes or no of which only the yes is worth a word: `text`, else nothing."""

    def show(_admin: Any, found: Any) -> SafeString | str:
        return format_html('<span class="pn-tag pn-info">{}</span>', text) if getattr(found, field) else ""

    show.short_description = label  # type: ignore[attr-defined]
    show.admin_order_field = field  # type: ignore[attr-defined]
    return show


def related(field: str, label: str | Promise) -> Callable[[Any, Any], str]:
    """A read-only display of a foreign key: a link where the person may open it, its name elsewhere.

    Django's own display would link, and so confirm, objects outside the scope.
    """

    def show(_admin: Any, found: Any) -> str:
        other = getattr(found, field)
        if other is None:
            return "-"
        address = _address_for(getattr(found, "shown_to", None), other)
        return format_html('<a class="text-link" href="{}">{}</a>', address, other) if address else str(other)

    show.short_description = label  # type: ignore[attr-defined]
    return show


def _address_for(request: HttpRequest | None, other: Model) -> str | None:
    meta = other._meta
    if request is None or not request.user.has_perm(f"{meta.app_label}.view_{meta.model_name}"):
        return None
    if not scoped(type(other), request).filter(pk=other.pk).exists():
        return None
    try:
        return reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[other.pk])
    except NoReverseMatch:
        return None
