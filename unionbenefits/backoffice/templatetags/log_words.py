"""Links to what guards and remembers: an object's history, a hidden value in full."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.db.models import Model
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from unionbenefits.backoffice.pages.history import history_address
from unionbenefits.workers.reveals import PERMISSIONS

register = template.Library()
_ICON = '<span class="material-symbols-outlined" aria-hidden="true">{}</span>'


@register.simple_tag
def history_link(found: Model) -> SafeString | str:
    """A button to the history of an object that the page shows; nothing for one without."""
    address = history_address(found)
    if not address:
        return ""
    return format_html('<a class="pg-btn" href="{}">' + _ICON + "{}</a>", address, "history", _("History"))


@register.simple_tag(takes_context=True)
def reveal_link(context: dict[str, Any], field: str, pk: int | None) -> SafeString | str:
    """A small link beside a masked value, for whoever may see it in full; it leads back to this page."""
    request = context["request"]
    if pk is None or not request.user.has_perm(PERMISSIONS[field]):  # type: ignore[index]
        return ""
    address = f"{reverse(f'admin:reveal_{field}', args=[pk])}?{urlencode({'back': request.path})}"
    words = _("Show in full")
    return format_html(
        '<a class="pg-reveal" href="{}" title="{}">' + _ICON + '<span class="pg-hidden">{}</span></a>',
        address,
        words,
        "visibility",
        words,
    )
