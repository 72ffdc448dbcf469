"""What the workflow pages' templates need beyond Django: chips, money, whole numbers."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from unionbenefits.backoffice.pages.charts import Part, bar
from unionbenefits.core import money as amounts
from unionbenefits.plans import periods
from unionbenefits.workers.enums import Occupation

register = template.Library()

# State or verdict → how it looks: what waits for somebody is amber, what is done green, what failed red.
TONES = {
    "uploaded": "info",
    "judging": "info",
    "judged": "warn",
    "applied": "good",
    "refused": "bad",
    "failed": "bad",
    "discarded": "plain",
    "accept": "good",
    "hold": "warn",
    "reject": "bad",
    "put_forward": "warn",
    "approved": "info",
    "issued": "good",
    "returned": "bad",
    "draft": "plain",
    "open": "good",
    "closed": "plain",
    "live": "good",
    "left_out": "plain",
    "revoked": "bad",
    "new": "good",
    "changed": "info",
    "joined": "info",
    "waiting": "info",
    "running": "info",
    "ready": "good",
    "expired": "plain",
    "filed": "warn",
    "asked": "info",
    "decided": "info",
    "reviewed": "info",
    "rejected": "bad",
    "withdrawn": "plain",
    "granted": "good",
    "dismissed": "plain",
    "deducted": "info",
    "topped_up": "info",
    "waived": "plain",
    "done": "good",
    "stopped": "warn",
    "right": "good",
    "wrong": "bad",
    "submitted": "info",
    "unknown": "warn",
    "succeeded": "good",
    "cancelled": "plain",
    "made": "warn",
    "checked": "warn",
    "to_correct": "bad",
    "to_hold": "warn",
    "under_way": "info",
    "pending": "info",
    "paid": "good",
    "partly_paid": "warn",
    "partly_applied": "warn",
    "nothing": "plain",
    "error": "bad",
    "due": "warn",
    "queued": "info",
    "sent": "good",
    "taken_back": "plain",
}


@register.simple_tag
def chip(code: str, text: Any) -> SafeString:
    """A status chip: `{% chip roster.state roster.get_state_display %}`."""
    return format_html('<span class="pg-chip pg-chip-{}">{}</span>', TONES.get(code, "plain"), text)


@register.simple_tag
def batch_link(reference: str, links: dict[str, int]) -> SafeString | str:
    """The batch that a ledger reference names, as a link where the reader may open it."""
    kind, _sep, number = reference.partition(":")
    if kind != "batch":
        return ""
    text = gettext("Gift batch %(number)s") % {"number": number}
    if reference not in links:
        return text
    address = reverse("admin:batch_review", args=[links[reference]])
    return format_html('<a class="pg-textlink" href="{}">{}</a>', address, text)


@register.filter
def money(amount: Decimal | None) -> str:
    """`1,977,140.00`; a dash for nothing known."""
    return amounts.show(amount) if amount is not None else "–"


@register.filter
def whole(number: int | str | None) -> str:
    """`20,812`; a dash for nothing known (a missing key reaches a filter as empty text)."""
    return f"{number:,}" if isinstance(number, int) else "–"


@register.filter
def rate(number: Fraction) -> str:
    """A rate with at most one place: 12.5, 8."""
    return f"{float(number):,.1f}".removesuffix(".0")


@register.simple_tag
def last_day(days: Any) -> str:
    """The last day of a period, both ends included; a dash for an empty one."""
    last = periods.last_day(days) if days else None
    return last.isoformat() if last else "–"


@register.simple_tag
def share_bar(part: int | Decimal, total: int | Decimal) -> list[Part]:
    """The pieces of a bar that shows `part` of `total`, for `parts/bar.html`."""
    return bar([("used", part)], total)


@register.simple_tag
def occupation(code: str) -> Any:
    """The occupation's name; what is not on the list is shown as it is, nothing as a dash."""
    return Occupation(code).label if code in Occupation.values else code or "–"
