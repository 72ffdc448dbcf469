"""Who of a campaign's covered workers knows of it: told, opened, never opened, and why no reminder can come.

Everything is asked of the campaign's live gifts with cover, in the order of workers' keys, which the unique
index of gifts keeps: a page of 50 costs the same with 1,000,000 of them.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from unionbenefits.accounts.enums import SmsState
from unionbenefits.campaigns.enums import GiftState, Obstacle
from unionbenefits.campaigns.judging import SQL
from unionbenefits.campaigns.models import Campaign, Gift, ReminderWave
from unionbenefits.core import clock, sql
from unionbenefits.core.scope import Scope
from unionbenefits.enterprises.models import Enterprise
from unionbenefits.workers.enums import ConsentKind, MessageKind
from unionbenefits.workers.message_words import OF_COVER
from unionbenefits.workers.models import Consent, FirstOpening, Message, Worker

# The lists of the page; the figures count the same rows.
ALL, TOLD, OPENED, OWN, NEVER = "all", "told", "opened", "own", "never"
LISTS = (ALL, TOLD, OPENED, OWN, NEVER)
_NEVER_ARRIVED = (SmsState.FAILED, SmsState.TAKEN_BACK)


@dataclass(frozen=True, slots=True)
class ReachFigures:
    """Of the workers `covered` by a campaign: how many were told by text message, opened their page after
    that, opened it on their own, and never did. The last three add up to `covered`.
    """

    covered: int
    told: int
    opened: int
    own: int
    never: int


def covered(campaign: Campaign, scope: Scope) -> "QuerySet[Any]":
    """The campaign's live gifts with cover in scope, unions for tests left out, with their times."""
    found: QuerySet[Any] = Gift.objects.in_scope(scope).filter(
        campaign=campaign,
        state=GiftState.LIVE,
        coverage__isnull=False,
        enterprise__union__is_test=False,
    )
    return with_times(found).order_by("worker_id")


def with_times(gifts: "QuerySet[Any]") -> "QuerySet[Any]":
    """Each knows `told_at`, the first text message about the cover, and `opened_at`, the worker's first
    sign-in ever; None where there is none.
    """
    texts = Message.objects.filter(
        worker=OuterRef("worker"), kind__in=list(OF_COVER), texted_at__gte=OuterRef("coverage__issued_at")
    ).exclude(sms__state__in=_NEVER_ARRIVED)
    timed: QuerySet[Any] = gifts.annotate(
        told_at=Subquery(texts.order_by("texted_at").values("texted_at")[:1]),
        opened_at=Subquery(FirstOpening.objects.filter(worker=OuterRef("worker")).values("first_at")[:1]),
    )
    return timed


def of_list(gifts: "QuerySet[Any]", name: str) -> "QuerySet[Any]":
    """One of `LISTS` out of `covered`."""
    return gifts if name == ALL else gifts.filter(_is(name))


def _is(name: str) -> Q:
    never = ~Exists(FirstOpening.objects.filter(worker=OuterRef("worker")))
    told_before = Q(told_at__isnull=False, opened_at__gte=F("told_at"))
    return {
        TOLD: Q(told_at__isnull=False),
        OPENED: told_before,
        OWN: Q(opened_at__isnull=False) & ~Q(told_at__isnull=False, opened_at__gte=F("told_at")),
        NEVER: Q(never),
    }[name]


def figures(gifts: "QuerySet[Any]") -> ReachFigures:
    """Counts the lists of `covered` in one query: 20,000 workers take about 0.1 s, 1,000,000 some seconds.

    Written in SQL: asked row by row as the lists are, the times of 1,000,000 took a minute.
    """
    people = gifts.order_by().annotate(issued_at=F("coverage__issued_at")).values("worker_id", "issued_at")
    query, parameters = people.query.sql_with_params()
    named = {f"people_{at}": value for at, value in enumerate(parameters)}
    query = query % tuple(f"%({name})s" for name in named)
    values: dict[str, Any] = {
        "kinds": [kind.value for kind in OF_COVER],
        "never_arrived": [state.value for state in _NEVER_ARRIVED],
    }
    with connection.cursor() as cursor:
        text = f"WITH people AS ({query})" + sql.load(str(SQL), "reach_figures")
        cursor.execute(text, values | named)
        covered_, told, opened, own = cursor.fetchone()
    return ReachFigures(covered_, told, opened, own, never=covered_ - opened - own)


def to_remind(campaign: Campaign, scope: Scope, *, pause_days: int) -> "QuerySet[Any]":
    """Gifts of those whose cover holds today and who never opened their page. Each knows its `obstacle`, an
    `Obstacle` or empty for whoever a reminder reaches.
    """
    today = clock.today()
    people = Gift.objects.in_scope(scope).filter(
        campaign=campaign,
        state=GiftState.LIVE,
        coverage__live_period__contains=today,
        enterprise__union__is_test=False,
    )
    waiting: QuerySet[Any] = people.filter(_is(NEVER)).annotate(obstacle=obstacle(pause_days))
    return waiting.order_by("worker_id")


def obstacle(pause_days: int) -> Case:
    """Why the worker of a gift gets no reminder: the first `Obstacle` that applies, else empty."""
    applies = _applies(pause_days)
    return Case(
        *(When(applies[one], then=Value(one.value)) for one in Obstacle),
        default=Value(""),
        output_field=CharField(),
    )


def kept_by(waiting: "QuerySet[Any]", why: Obstacle, *, pause_days: int) -> "QuerySet[Any]":
    """Of `to_remind` those who meet this obstacle first. Its own condition is said besides, so that a few are
    found without looking at everybody.
    """
    return waiting.filter(_applies(pause_days)[why]).filter(obstacle=why)


def _applies(pause_days: int) -> dict[Obstacle, Q]:
    """What makes each obstacle, in the order in which they are said."""
    since = clock.now() - dt.timedelta(days=pause_days)
    own = OuterRef("worker")
    others = Worker.objects.filter(phone_digest=OuterRef("worker__phone_digest"), died_on__isnull=True)
    consents = Consent.objects.filter(worker=own, kind=ConsentKind.MESSAGES)
    heard = (
        Message.objects.filter(worker=own, kind__in=list(OF_COVER))
        .filter(Q(texted_at__gt=since) | Q(texted_at__isnull=True, text_wanted=True, created_at__gt=since))
        .exclude(sms__state__in=_NEVER_ARRIVED)
    )
    return {
        Obstacle.DIED: Q(worker__died_on__isnull=False),
        Obstacle.NO_PHONE: Q(worker__phone_digest__isnull=True),
        Obstacle.SHARED_PHONE: Q(Exists(others.exclude(pk=own))),
        Obstacle.REFUSED: Q(Exists(consents)) & ~Q(Exists(consents.filter(withdrawn_at__isnull=True))),
        Obstacle.TOLD: Q(Exists(heard)),
    }


def by_obstacle(waiting: "QuerySet[Any]") -> dict[str, int]:
    """How many of `to_remind` meet each obstacle, and under the empty key how many a reminder reaches."""
    return dict(waiting.order_by().values_list("obstacle").annotate(people=Count("pk")))


def in_unit(gifts: "QuerySet[Any]", unit: Scope) -> "QuerySet[Any]":
    """Those through the enterprises of one unit, out of gifts that are in scope already."""
    return gifts.filter(enterprise__in=Enterprise.objects.in_scope(unit).values("pk"))


@dataclass(frozen=True, slots=True)
class WaveTexts:
    """What became of a wave's reminders so far. `waiting` have not left: the quiet hours, one a day, the
    queue; `spared` needed or could have none after all; `opened` are those who then opened their page.
    """

    written: int
    waiting: int
    sent: int
    failed: int
    spared: int
    opened: int


def texts_of(wave: ReminderWave) -> WaveTexts:
    """Counts the wave's messages; one query by an index of reminders."""
    own = Message.objects.filter(kind=MessageKind.NEVER_OPENED, about=wave.about)
    opened = FirstOpening.objects.filter(worker=OuterRef("worker"), first_at__gte=OuterRef("texted_at"))
    counted = own.order_by().aggregate(
        written=Count("pk"),
        waiting=Count("pk", filter=Q(text_wanted=True, texted_at__isnull=True) | Q(sms__state="queued")),
        failed=Count("pk", filter=Q(sms__state__in=_NEVER_ARRIVED)),
        spared=Count("pk", filter=~Q(not_texted="")),
        opened=Count("pk", filter=Q(Exists(opened))),
    )
    left = counted["written"] - counted["waiting"] - counted["failed"] - counted["spared"]
    return WaveTexts(sent=left, **counted)
