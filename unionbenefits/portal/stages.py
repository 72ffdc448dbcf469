"""The steps of filing, as the bar on top shows them."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from unionbenefits.claims.models import Claim

NAMES: tuple[str | Promise, ...] = (_("Stay"), _("Statement"), _("Papers"), _("Account"), _("Send"))
LAST = len(NAMES)


@dataclass(frozen=True, slots=True)
class Stage:
    """`open` ones may be gone to: those behind, and those that were reached before."""

    number: int
    name: str | Promise
    now: bool
    done: bool
    open: bool


def stages(claim: Claim, now: int) -> list[Stage]:
    """All steps, seen from step `now`."""
    return [
        Stage(number, name, number == now, number < claim.step and number != now, number <= claim.step)
        for number, name in enumerate(NAMES, start=1)
    ]
