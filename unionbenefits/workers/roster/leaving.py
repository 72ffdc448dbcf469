"""Who is missing from a full roster (case C074), and what is said about them."""

from collections.abc import Iterable
from typing import Final

from unionbenefits.core import sql
from unionbenefits.workers.models import Membership, Roster, RosterLeaver, RosterRow
from unionbenefits.workers.roster import stage
from unionbenefits.workers.roster.codes import Code
from unionbenefits.workers.roster.facts import FileWarning
from unionbenefits.workers.roster.stage import SQL
from unionbenefits.workers.roster.states import RosterMode, RosterState, RowVerdict

_MANY_PERCENT: Final = 20
_CODES: Final = frozenset({Code.LEAVERS.value, Code.LEAVERS_MANY.value})


def find_leavers(roster: Roster) -> list[FileWarning]:
    """Notes the members whom the rows just compared do not hold; what has to be said about it."""
    parameters = {"roster": roster.pk, "enterprise": roster.enterprise_id}
    return _warnings(roster, sql.run(SQL, "find_leavers", parameters))


def look_again(roster: Roster, workers: Iterable[int]) -> None:
    """After a decision about these people: whoever is somebody else than the row is missing from the list,
    whoever may be the row again is not.
    """
    if roster.mode != RosterMode.FULL or roster.state != RosterState.JUDGED:
        return
    members = Membership.objects.filter(
        worker__in=list(workers), enterprise=roster.enterprise_id, left_on__isnull=True
    )
    for membership in members.select_related("worker"):
        if _is_in_file(roster, membership):
            RosterLeaver.objects.filter(roster=roster, membership=membership).delete()
        else:
            RosterLeaver.objects.get_or_create(roster=roster, membership=membership)
    told = _warnings(roster, RosterLeaver.objects.filter(roster=roster).count())
    others = [notice for notice in roster.notices if notice["code"] not in _CODES]
    roster.notices = others + [stage.stored_warning(warning) for warning in told]


def _is_in_file(roster: Roster, membership: Membership) -> bool:
    """By document, or as somebody whom an open question is about."""
    rows = RosterRow.objects.filter(roster=roster)
    open_rows = rows.exclude(verdict=RowVerdict.ACCEPT)
    return (
        rows.filter(worker=membership.worker_id).exists()
        or open_rows.filter(name_key=membership.worker.name_key).exists()
    )


def _warnings(roster: Roster, count: int) -> list[FileWarning]:
    if not count:
        return []
    found = [FileWarning(Code.LEAVERS, params={"count": str(count)})]
    percent = 100 * count // roster.enterprise.memberships.filter(left_on__isnull=True).count()
    if percent >= _MANY_PERCENT:
        found.append(FileWarning(Code.LEAVERS_MANY, params={"percent": str(percent)}))
    return found
