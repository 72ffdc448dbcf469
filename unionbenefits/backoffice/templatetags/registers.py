"""What stands over the list of a register: lists that one keeps, and what its state is."""

from typing import Any
from urllib.parse import parse_qsl

from django import template

from unionbenefits.access.models import SavedView
from unionbenefits.access.saved_views import PINNED_SHOWN
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.backoffice.pages.saved_lists import address_of
from unionbenefits.core import clock

register = template.Library()


@register.inclusion_tag("admin/saved_views.html", takes_context=True)
def saved_views(context: dict[str, Any], found: Any) -> dict[str, Any]:
    """Chips of the lists kept of this register, and a form to keep the present one. One query."""
    request = context["request"]
    name = found.opts.label_lower
    kept = SavedView.objects.get_queryset().seen_by(officer(request), clock.today())  # type: ignore[attr-defined]
    shown = list(kept.filter(register=name, pinned=True).order_by("name", "pk")[:PINNED_SHOWN])
    query = request.GET.copy()
    query.pop("p", None)
    asked = sorted(query.items())
    views = [(view, address_of(view), sorted(parse_qsl(view.query)) == asked) for view in shown]
    is_kept = any(is_chosen for _view, _address, is_chosen in views)
    return {
        "views": views,
        "register": name,
        "query": query.urlencode(),
        "may_save": bool(found.query or found.has_active_filters) and not is_kept,
        "csrf_token": context.get("csrf_token"),
        "request": request,
    }
