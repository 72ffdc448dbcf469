"""What the payment pages' templates need besides `pages`: how a batch or a file stands, in words."""

from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from unionbenefits.backoffice.templatetags.pages import chip
from unionbenefits.claims.enums import PaymentState, PayStage
from unionbenefits.claims.reconciling import Day, Figure
from unionbenefits.claims.standing import BatchStanding

register = template.Library()

STANDINGS = {
    "pending": _("No answer yet"),
    "paid": _("Paid"),
    "partly_paid": _("Partly paid"),
    "failed": _("Nothing was paid"),
}
FILES = {
    "applied": _("Applied"),
    "partly_applied": _("Partly applied"),
    "nothing": _("Nothing applied"),
}


@register.simple_tag
def standing_chip(standing: BatchStanding) -> SafeString:
    """How a batch that went to the bank stands."""
    return chip(standing.state, STANDINGS[standing.state])


@register.simple_tag
def file_chip(outcome: str) -> SafeString:
    """What became of a result file."""
    return chip(outcome, FILES[outcome])


@register.simple_tag
def payment_chip(state: str) -> SafeString | str:
    """The state of a payment, known by its code only."""
    return chip(state, PaymentState(state).label) if state else ""


@register.simple_tag
def stage_chip(stage: str) -> SafeString:
    """How near owed money is to being paid."""
    return chip(stage, PayStage(stage).label)


@register.filter
def at(values: dict[str, Any], key: str) -> Any:
    """The value of a key that only the template knows; nothing where it is missing."""
    return values.get(key)


@register.filter
def back(counts: dict[str, int]) -> int:
    """Lines of a result file that say that money did not arrive or did not stay."""
    return counts.get("returned", 0) + counts.get("failed", 0)


@register.filter
def figures(day: Day) -> list[tuple[Any, int, Any]]:
    """The figures of an office's day, in the order of the table's columns, each with its heading."""

    def line(label: Any, one: Figure) -> tuple[Any, int, Any]:
        return label, one.count, one.amount

    return [
        line(_("Handed over"), day.submitted),
        line(_("Succeeded"), day.succeeded),
        line(_("Failed"), day.failed),
        line(_("Came back"), day.returned),
        (_("Unknown"), day.unknown, None),
        line(_("Still open"), day.closing),
    ]
