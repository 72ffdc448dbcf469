"""Reminder waves: whom they reach and whom not, once within the pause, stopped in time, killed and run again."""

import datetime as dt

import pytest

from tests.at_once import at_once
from tests.campaigns.scene import members, scene
from tests.factories import PostFactory
from unionbenefits.access.actions import sync_roles
from unionbenefits.access.roles import Role
from unionbenefits.accounts.enums import SmsState
from unionbenefits.accounts.models import SmsMessage
from unionbenefits.audit.actors import SYSTEM, System
from unionbenefits.campaigns.actions import reminding
from unionbenefits.campaigns.actions.reminding import planned, preview_wave, run_wave, start_wave, stop_wave
from unionbenefits.campaigns.enums import WaveState
from unionbenefits.campaigns.models import ReminderWave
from unionbenefits.campaigns.reach import ALL, LISTS, covered, figures, of_list
from unionbenefits.core import clock
from unionbenefits.core.errors import Refusal
from unionbenefits.core.scope import EVERYTHING
from unionbenefits.workers.enums import ConsentKind, MessageKind
from unionbenefits.workers.messages import Told, tell
from unionbenefits.workers.models import Consent, Message, Worker
from unionbenefits.workers.openings import note_opening
from unionbenefits.workers.texting import send_texts

NOON = dt.datetime(2026, 3, 2, 12, tzinfo=clock.SHANGHAI)
BY = System("messages")


@pytest.fixture
def at(monkeypatch):
    def move(moment):
        monkeypatch.setattr(clock, "now", lambda: moment)

    move(NOON)
    return move


def covered_people(count, **options):
    """A campaign that covered so many workers with phones of their own, and an officer who may remind them."""
    made = scene(workers=0, places=20, money="2000.00", **options)
    made.workers = [members(made.enterprise, 1, phone=f"138000000{n:02}")[0] for n in range(count)]
    made.issue_all()
    sync_roles(by=SYSTEM)
    made.officer = PostFactory(role=Role.UNION_OFFICER, union=made.union).user
    return made


def wave(made, *, pause_days=14, **unit):
    unit = unit or {"union": made.union}
    return planned(by=made.officer, campaign=made.campaign, pause_days=pause_days, **unit)


def started(made, **options):
    return start_wave(by=made.officer, wave=wave(made, **options))


def reminded():
    return sorted(Message.objects.filter(kind=MessageKind.NEVER_OPENED).values_list("worker_id", flat=True))


@pytest.mark.django_db
def test_preview_says_whom_it_reaches_and_why_not_the_others(at):
    made = covered_people(8)
    fine, opened, phoneless, one, other, unwilling, told, dead = made.workers
    note_opening(worker=opened)
    Worker.objects.filter(pk=phoneless.pk).update(phone=None, phone_digest=None)
    Worker.objects.filter(pk=other.pk).update(phone=one.phone, phone_digest=one.phone_digest)
    Worker.objects.filter(pk=dead.pk).update(died_on=NOON.date())
    Consent.objects.create(
        worker=unwilling, kind=ConsentKind.MESSAGES, text_version="1", given_at=NOON, given_through="x",
        withdrawn_at=NOON,
    )  # fmt: skip
    tell(kind=MessageKind.COVER_ISSUED, to=[Told(told.pk, "coverage:1", {})])
    send_texts(by=BY)
    at(NOON + dt.timedelta(days=13))
    seen = preview_wave(wave(made))
    assert (seen.reached, seen.people) == (1, 7)
    assert seen.obstacles == {"no_phone": 1, "shared_phone": 2, "refused": 1, "told": 1, "died": 1}
    at(NOON + dt.timedelta(days=15))
    made_wave = started(made)
    run_wave(wave=made_wave.pk)
    assert reminded() == sorted([fine.pk, told.pk])


@pytest.mark.django_db
def test_cover_that_ended_or_has_not_begun_is_no_reason_to_remind(at):
    made = covered_people(1)
    for day in (dt.datetime(2025, 12, 31, 12), dt.datetime(2027, 1, 1, 12)):
        at(day.replace(tzinfo=clock.SHANGHAI))
        assert preview_wave(wave(made)).people == 0
        with pytest.raises(Refusal) as refused:
            started(made)
        assert refused.value.code == "nobody_to_remind"


@pytest.mark.django_db
def test_pressed_twice_is_one_wave_and_the_next_within_the_pause_reaches_nobody(at):
    made = covered_people(3)
    first, second = started(made), started(made)
    assert first.pk == second.pk
    for _time in range(2):
        run_wave(wave=first.pk)
    first.refresh_from_db()
    assert (first.state, first.done, first.total) == (WaveState.DONE, 3, 3)
    assert reminded() == [one.pk for one in made.workers]
    assert send_texts(by=BY) == 3
    at(NOON + dt.timedelta(days=13))
    assert preview_wave(wave(made)).obstacles == {"told": 3}
    at(NOON + dt.timedelta(days=15))
    run_wave(wave=started(made).pk)
    assert len(reminded()) == 6


@pytest.mark.django_db
def test_a_wave_whose_worker_died_goes_on_behind_the_last_block(at, monkeypatch):
    made = covered_people(5)
    monkeypatch.setattr(reminding, "BLOCK", 2)
    begun = started(made)
    assert reminding._tell_block(begun.pk)
    assert len(reminded()) == 2
    # The job of a killed worker is delivered again.
    run_wave(wave=begun.pk)
    begun.refresh_from_db()
    assert (begun.state, begun.done) == (WaveState.DONE, 5)
    assert reminded() == [one.pk for one in made.workers]


@pytest.mark.django_db
def test_taken_back_before_it_begins_it_tells_nobody(at):
    made = covered_people(2)
    begun = started(made)
    assert begun.starts_at == NOON + reminding.TO_TAKE_BACK
    stop_wave(by=made.officer, wave=begun)
    run_wave(wave=begun.pk)
    begun.refresh_from_db()
    assert (begun.state, reminded()) == (WaveState.STOPPED, [])
    assert started(made).pk != begun.pk


@pytest.mark.django_db
def test_stopped_late_it_spares_exactly_those_whose_text_has_not_left(at):
    made = covered_people(3)
    begun = started(made)
    run_wave(wave=begun.pk)
    assert send_texts(by=BY, limit=2) == 2
    gone, waiting = SmsMessage.objects.order_by("pk")
    SmsMessage.objects.filter(pk=gone.pk).update(state=SmsState.SENT, sent_at=NOON)
    assert stop_wave(by=made.officer, wave=begun) == 2
    assert reminded() == [made.workers[0].pk]
    waiting.refresh_from_db()
    begun.refresh_from_db()
    assert (waiting.state, begun.state, begun.taken_back) == (SmsState.TAKEN_BACK, WaveState.STOPPED, 2)
    assert preview_wave(wave(made)).obstacles == {"told": 1}
    assert stop_wave(by=made.officer, wave=begun) == 0


@pytest.mark.django_db
def test_at_night_a_wave_is_written_and_its_texts_wait_for_the_morning(at):
    made = covered_people(2)
    at(NOON.replace(hour=22))
    run_wave(wave=started(made).pk)
    assert (len(reminded()), send_texts(by=BY)) == (2, 0)
    at(NOON.replace(day=3, hour=8))
    assert send_texts(by=BY) == 2


@pytest.mark.django_db
def test_units_outside_the_post_and_officers_who_left_are_refused(at):
    made, other = covered_people(1), scene()
    for unit in ({"union": other.union}, {"enterprise": other.enterprise}, {"union": None}):
        with pytest.raises(Refusal) as refused:
            wave(made, **unit)
        assert refused.value.code == "unit_outside_scope"
    begun = started(made)
    made.officer.posts.update(ends_on=dt.date(2026, 1, 1))
    run_wave(wave=begun.pk)
    begun.refresh_from_db()
    assert (begun.state, reminded()) == (WaveState.FAILED, [])


@pytest.mark.django_db
def test_figures_count_exactly_the_rows_of_their_lists(at):
    made = covered_people(5)
    told, opened, early, alone, never = made.workers
    at(NOON - dt.timedelta(hours=1))
    note_opening(worker=early)
    at(NOON)
    tell(
        kind=MessageKind.COVER_ISSUED,
        to=[Told(one.pk, f"coverage:{n}", {}) for n, one in enumerate((told, opened))],
    )
    send_texts(by=BY)
    note_opening(worker=opened)
    note_opening(worker=alone)
    # Issued by the real clock, which is later than the test's.
    made.campaign.gifts.first().coverage.__class__._default_manager.update(
        issued_at=NOON - dt.timedelta(days=1)
    )
    gifts = covered(made.campaign, EVERYTHING)
    rows = {name: {gift.worker_id for gift in of_list(gifts, name)} for name in LISTS}
    assert rows == {
        ALL: {one.pk for one in made.workers},
        "told": {told.pk, opened.pk},
        "opened": {opened.pk},
        "own": {early.pk, alone.pk},
        "never": {told.pk, never.pk},
    }
    found = figures(gifts)
    assert {name: len(keys) for name, keys in rows.items()} == {
        ALL: found.covered, "told": found.told, "opened": found.opened, "own": found.own, "never": found.never
    }  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_two_waves_over_the_same_people_at_once_tell_each_once(monkeypatch):
    made = covered_people(6, cover_starts_on=dt.date(2026, 1, 1), cover_ends_on=dt.date(2099, 12, 31))
    monkeypatch.setattr(reminding, "BLOCK", 1)
    keys = [started(made).pk, started(made, enterprise=made.enterprise).pk]
    assert at_once([lambda key=key: run_wave(wave=key) for key in [*keys, keys[0]]]) == [None] * 3
    assert reminded() == sorted(one.pk for one in made.workers)
    assert sum(ReminderWave.objects.values_list("done", flat=True)) == 6
    assert set(ReminderWave.objects.values_list("state", flat=True)) == {WaveState.DONE}
