"""Reminder waves: begun with time to take them back, told in blocks in the background, stopped at any time.

A wave writes messages; `workers.texting` makes text messages of them, outside the quiet hours and one a day
for each worker. What has not left yet when a wave is stopped never leaves.
"""

import datetime as dt
import logging
from dataclasses import dataclass

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from unionbenefits.access.queries import scope_of
from unionbenefits.accounts.models import User
from unionbenefits.accounts.resending import take_back
from unionbenefits.audit.actions import act
from unionbenefits.campaigns.enums import WaveState
from unionbenefits.campaigns.models import Campaign, ReminderWave
from unionbenefits.campaigns.reach import by_obstacle, to_remind
from unionbenefits.campaigns.reach_models import OPEN_WAVES
from unionbenefits.core import clock, jobs, sql
from unionbenefits.core.errors import Refusal
from unionbenefits.core.scope import Scope
from unionbenefits.enterprises.models import Enterprise
from unionbenefits.unions.models import Union
from unionbenefits.workers.enums import MessageKind
from unionbenefits.workers.messages import Told, tell
from unionbenefits.workers.models import Message

RUN_WAVE = "campaigns.run_wave"
REMIND = "campaigns.add_reminderwave"
# Long enough to see that it was the wrong campaign; nobody waits for a reminder.
TO_TAKE_BACK = dt.timedelta(minutes=10)
# People of a block: about half a second, so that a bar moves and a stop is soon heard.
BLOCK = 1_000
# Waves of all kinds take turns block by block: each sees whom the others have told.
_TURN = 7_117

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class WavePreview:
    """Whom a wave would tell: how many get a text message, and how many cannot, by `Obstacle`."""

    reached: int
    obstacles: dict[str, int]

    @property
    def people(self) -> int:
        """Covered workers who never opened their page."""
        return self.reached + sum(self.obstacles.values())


def planned(
    *,
    by: User,
    campaign: Campaign,
    union: Union | None = None,
    enterprise: Enterprise | None = None,
    pause_days: int,
) -> ReminderWave:
    """The wave as it would be, unsaved. Raises Refusal `unit_outside_scope`."""
    wave = ReminderWave(
        campaign=campaign,
        union=None if enterprise else union,
        enterprise=enterprise,
        pause_days=pause_days,
        started_by=by,
        total=0,
    )
    if not _reaches(scope_of(by), wave):
        raise Refusal("unit_outside_scope", _("Choose a union or an enterprise of your own posts."))
    return wave


def _reaches(scope: Scope, wave: ReminderWave) -> bool:
    """Whether all of the wave's people are in scope: a union counts only with everything below it."""
    if scope.everything:
        return True
    if wave.enterprise is not None:
        return bool(Enterprise.objects.in_scope(scope).filter(pk=wave.enterprise.pk).exists())
    return wave.union is not None and wave.union.path.startswith(scope.union_paths)


def preview_wave(wave: ReminderWave) -> WavePreview:
    """How many it would tell now; one query that looks at every gift of its unit."""
    waiting = to_remind(wave.campaign, wave.people, pause_days=wave.pause_days)
    counted = by_obstacle(waiting)
    return WavePreview(reached=counted.pop("", 0), obstacles=counted)


def start_wave(*, by: User, wave: ReminderWave) -> ReminderWave:
    """Queues a planned wave; it begins after `TO_TAKE_BACK`. A second press finds the wave of the first.

    Raises Refusal `nobody_to_remind`.
    """
    preview = preview_wave(wave)
    now = clock.now()
    open_ones = ReminderWave.objects.filter(
        campaign=wave.campaign, union=wave.union, enterprise=wave.enterprise, state__in=OPEN_WAVES
    )
    running: ReminderWave | None = open_ones.first()
    if running is not None:
        return running
    if not preview.reached:
        raise Refusal(
            "nobody_to_remind",
            _("A text message would reach nobody now. The list says why, person by person."),
        )
    try:
        with act("wave.start", by=by) as doing:
            wave.total, wave.started_by, wave.started_at = preview.reached, by, now
            wave.starts_at = now + TO_TAKE_BACK
            wave.save()
            _enqueue(wave)
            doing.about, doing.data = wave, {"campaign": wave.campaign_id, "people": preview.reached}
    except IntegrityError:
        # Somebody pressed at the same moment: the constraint let one wave through.
        return ReminderWave.objects.get(pk=open_ones.get().pk)
    return wave


def stop_wave(*, by: User, wave: ReminderWave) -> int:
    """Ends the wave, or what is still to leave of one that has told everybody; returns how many people are
    spared. Their reminders are gone, so that a later wave may tell them.
    """
    with act("wave.stop", by=by) as doing:
        found = ReminderWave.objects.select_for_update().get(pk=wave.pk)
        spared = _take_back(found)
        if found.state in OPEN_WAVES or spared:
            found.state, found.ended_at = WaveState.STOPPED, clock.now()
            found.taken_back += spared
            found.save(update_fields=["state", "ended_at", "taken_back"])
        doing.about, doing.data = found, {"spared": spared}
    return spared


def _take_back(wave: ReminderWave) -> int:
    """Removes the wave's reminders that have not left. A reminder that shares its text message with other
    news is left: the news is still due.
    """
    own = Message.objects.filter(kind=MessageKind.NEVER_OPENED, about=wave.about)
    queued = own.filter(sms__state="queued").values_list("sms_id", flat=True)
    alone = set(queued) - set(
        Message.objects.filter(sms__in=queued).exclude(about=wave.about).values_list("sms_id", flat=True)
    )
    back = take_back(messages=alone)
    gone, _tables = own.filter(texted_at__isnull=True, text_wanted=True).delete()
    late, _tables = own.filter(sms__in=back).delete()
    return gone + late


def run_wave(*, wave: int) -> None:
    """The work of the job. May run twice: whoever was told is behind `reached` or met by the pause.

    Whatever goes wrong ends the wave, so that an officer reads why; what was told stays told.
    """
    try:
        while _tell_block(wave):
            pass
    except Refusal as refusal:
        _end(wave, WaveState.FAILED, str(refusal)[:300])
    except Exception:
        logger.exception("reminder wave failed", extra={"wave": wave})
        _end(wave, WaveState.FAILED, _("The fault has been logged. A new wave tells the rest."))


def _tell_block(key: int) -> bool:
    """Tells the next people; False once the wave is over."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TURN])
        # After the lock: what the wave before us told is seen by what follows.
        wave = (
            ReminderWave.objects.select_for_update(of=("self",))
            .select_related("campaign", "union", "started_by")
            .filter(pk=key, state__in=OPEN_WAVES)
            .first()
        )
        if wave is None:
            return False
        _check(wave)
        people = _next_people(wave)
        tell(kind=MessageKind.NEVER_OPENED, to=(Told(one, wave.about) for one in people))
        _move(wave, people)
        return not wave.ended_at


def _next_people(wave: ReminderWave) -> list[int]:
    """The next people whom the wave reaches, one look-up each: joined in any other way, every block would
    read the whole campaign.
    """
    waiting = to_remind(wave.campaign, wave.people, pause_days=wave.pause_days)
    reachable = waiting.filter(worker__gt=wave.reached, obstacle="")
    with sql.without("mergejoin"), sql.without("hashjoin"):
        return list(reachable.values_list("worker_id", flat=True)[:BLOCK])


def _check(wave: ReminderWave) -> None:
    by = wave.started_by
    if not (by.is_active and by.has_perm(REMIND)):
        raise Refusal("officer_not_allowed", _("Whoever started this may not do it any more."))


def _move(wave: ReminderWave, people: list[int]) -> None:
    wave.done += len(people)
    wave.reached = people[-1] if people else wave.reached
    wave.state = WaveState.RUNNING if len(people) == BLOCK else WaveState.DONE
    if wave.state == WaveState.DONE:
        wave.ended_at = clock.now()
        wave.total = wave.done
    wave.save(update_fields=["done", "reached", "state", "ended_at", "total"])


def _end(key: int, state: WaveState, failure: str) -> None:
    ReminderWave.objects.filter(pk=key, state__in=OPEN_WAVES).update(
        state=state, failure=failure, ended_at=clock.now()
    )


def _enqueue(wave: ReminderWave) -> None:
    jobs.enqueue(RUN_WAVE, key=wave.about, not_before=wave.starts_at, wave=wave.pk)
