"""Rosters that wait for somebody (`access.open_work`)."""

from django.utils.translation import gettext_lazy as _

from unionbenefits.access.open_work import waits
from unionbenefits.core.scope import Scope
from unionbenefits.workers.models import Roster
from unionbenefits.workers.roster.states import RosterState


@waits(
    _("Rosters to check and confirm"),
    permission="workers.apply_roster",
    page="admin:roster_list",
    query="state=judged",
)
def to_confirm(scope: Scope) -> int:
    """Judged, not yet taken over."""
    count: int = Roster.objects.in_scope(scope).filter(state=RosterState.JUDGED).count()
    return count
