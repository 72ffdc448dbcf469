"""Background work on people."""

from unionbenefits.audit.actors import System
from unionbenefits.core import jobs
from unionbenefits.core.errors import Refusal
from unionbenefits.workers import phone_notices, retention, texting
from unionbenefits.workers.models import Roster
from unionbenefits.workers.roster import actions


@jobs.task("workers.judge_roster")
def judge_roster(roster: int) -> None:
    """Judges an uploaded roster as the officer who uploaded it."""
    found = Roster.objects.select_related("uploaded_by").filter(pk=roster).first()
    if found is not None and found.state in actions.OPEN:
        actions.judge_roster(by=found.uploaded_by, roster=found)


@jobs.task("workers.apply_roster")
def apply_roster(roster: int, digest: str) -> None:
    """Applies a confirmed roster; one that has become stale was queued for judging again."""
    found = Roster.objects.select_related("confirmed_by").filter(pk=roster).first()
    if found is None or found.confirmed_by is None:
        return
    try:
        actions.apply_roster(by=found.confirmed_by, roster=found, verdict_digest=digest)
    except Refusal:
        return


@jobs.periodic("workers.expire_rosters", cron="41 * * * *")
def expire_rosters(timestamp: int) -> None:  # noqa: ARG001 - every periodic task gets the time
    """Previews that nobody confirmed in time go, with their files."""
    actions.expire_rosters(by=System("expiry"))


@jobs.periodic("workers.send_texts", cron="*/5 * * * *")
def send_texts(timestamp: int) -> None:  # noqa: ARG001
    """Waiting messages go to the text queue, outside the quiet hours."""
    texting.send_texts(by=System("messages"))


@jobs.task("workers.tell_old_phones")
def tell_old_phones(about: str, workers: list[int]) -> None:
    """Phones that a list took off file hear of it."""
    phone_notices.tell_old_phones(by=System("messages"), about=about, workers=workers)


@jobs.periodic("workers.purge_expired", cron="17 4 * * *")
def purge_past_keeping(timestamp: int) -> None:  # noqa: ARG001
    """Every rule of retention once a night, written down for the page that shows it."""
    retention.purge_expired(by=System("retention"))
