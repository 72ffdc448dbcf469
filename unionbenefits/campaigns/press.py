"""The paragraph for the press: exact figures, ready to be copied."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Protocol

from django.utils.translation import gettext as _

from unionbenefits.campaigns.models import Campaign
from unionbenefits.core.money import show

# A paragraph names the largest takers, not all thirty-five.
_NAMED = 3


class Taker(Protocol):
    """A line of the breakdown by the unit that took the places."""

    @property
    def label(self) -> str:
        """Its name."""

    @property
    def workers(self) -> int:
        """Copies."""

    @property
    def amount(self) -> Decimal:
        """元."""


def paragraph(campaign: Campaign, sentence: str, takers: Sequence[Taker]) -> str:
    """`sentence`, what the gift pays, and who took most of it."""
    return "".join([sentence, *_terms(campaign), *_largest(takers)])


def _terms(campaign: Campaign) -> list[str]:
    version = campaign.plan_version
    if version is None or not version.rates or campaign.cover_starts_on is None:
        return []
    shares = [
        _("%(percent)s %% of the %(ordinal)s. stay") % {"percent": _percent(rate), "ordinal": ordinal}
        for ordinal, rate in enumerate(version.rates, 1)
    ]
    return [
        _(
            " From %(first)s to %(last)s it pays, of what a worker bears within the insured costs in "
            "hospital, %(shares)s."
        )
        % {
            "first": campaign.cover_starts_on.isoformat(),
            "last": campaign.cover_ends_on.isoformat() if campaign.cover_ends_on else "",
            "shares": _(", ").join(shares),
        }
    ]


def _largest(takers: Sequence[Taker]) -> list[str]:
    largest = sorted(takers, key=lambda taker: -taker.workers)[:_NAMED]
    if len(takers) < 2:
        return []
    named = [
        _("%(name)s %(copies)s copies worth %(amount)s yuan")
        % {"name": taker.label, "copies": taker.workers, "amount": show(taker.amount)}
        for taker in largest
    ]
    return [_(" Most were taken by: %(named)s.") % {"named": _("; ").join(named)}]


def _percent(rate: Decimal) -> str:
    return f"{rate * 100:f}".rstrip("0").rstrip(".")
