"""Rosters and members that a change of the tree meets (`access.in_the_way`)."""

from django.utils.translation import gettext_lazy as _

from unionbenefits.access.in_the_way import Change, meets
from unionbenefits.enterprises.models import Enterprise
from unionbenefits.workers.models import Roster
from unionbenefits.workers.roster.actions import OPEN
from unionbenefits.workers.roster.states import RosterState


@meets(
    Change.CLOSE,
    text=_("Rosters not taken over yet: %(count)d. Confirm or discard them first."),
    blocks=True,
    page="admin:roster_list",
)
def open_rosters(enterprise: Enterprise) -> int:
    """Uploaded, being judged, to be confirmed, being applied."""
    states = (*OPEN, RosterState.APPLYING)
    count: int = Roster.objects.filter(enterprise=enterprise, state__in=states).count()
    return count
