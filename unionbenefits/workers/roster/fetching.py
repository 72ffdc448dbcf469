"""Taking a roster's workbook away: it holds numbers and phones in full, so every copy is logged."""

from unionbenefits.access.queries import role_for
from unionbenefits.accounts.models import User
from unionbenefits.audit.actions import act
from unionbenefits.workers.models import Roster, RosterRow
from unionbenefits.workers.roster import report


def fetch_report(*, by: User, roster: Roster) -> bytes:
    """The marked workbook. Where it is not the person who sent it in, the workers on it may ask who had it.

    Raises Refusal where the file is gone.
    """
    content = report.report_workbook(roster)
    with act("roster.fetch_report", by=by) as doing:
        doing.about, doing.data = roster, {"role": role_for(by, "workers.upload_roster")}
        if roster.uploaded_by_id != by.pk:
            known = RosterRow.objects.filter(roster=roster, worker__isnull=False)
            doing.seen = set(known.values_list("worker_id", flat=True))
    return content
