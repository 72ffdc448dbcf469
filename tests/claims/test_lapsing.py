"""A question whose day passed without an answer: back to the desk, nothing rejected, the worker told."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from tests.claims.scene import build
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.audit.models import Entry
from unionbenefits.claims import actions
from unionbenefits.claims.actions.lapsing import lapse_questions
from unionbenefits.claims.enums import PaperKind
from unionbenefits.claims.models import Question
from unionbenefits.core import clock
from unionbenefits.core.errors import Refusal
from unionbenefits.workers.enums import MessageKind
from unionbenefits.workers.messages import said
from unionbenefits.workers.models import Message

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


@pytest.fixture
def asked():
    """(desk, claim, question, the last day to answer)."""
    desk, until = build(), clock.today() + 10 * DAY
    claim = desk.filed()
    question = actions.ask_for_more(
        by=desk.people[0], claim=claim, version=1, missing=[PaperKind.OTHER], text="", until=until
    )
    claim.refresh_from_db()
    return desk, claim, question, until


def told(kind: MessageKind) -> list[Message]:
    return list(Message.objects.filter(kind=kind))


def test_the_last_day_is_still_the_workers(asked):
    _desk, claim, question, until = asked
    assert lapse_questions(by=SYSTEM, day=until) == 0
    claim.refresh_from_db()
    question.refresh_from_db()
    assert (claim.state, claim.asked_until, question.lapsed_at) == ("asked", until, None)
    assert told(MessageKind.CLAIM_UNANSWERED) == []


def test_the_day_after_the_claim_is_back_at_the_desk_and_the_worker_hears_of_it(asked):
    desk, claim, question, until = asked
    assert lapse_questions(by=SYSTEM, day=until + DAY) == 1
    claim.refresh_from_db()
    question.refresh_from_db()
    assert (claim.state, claim.asked_until, claim.version) == ("filed", None, 1)
    assert question.lapsed_at is not None
    assert (question.answered_at, question.answer) == (None, "")
    [message] = told(MessageKind.CLAIM_UNANSWERED)
    assert (message.worker_id, message.params["until"]) == (desk.worker.pk, until.isoformat())
    assert claim.number in said(message).heading
    assert Entry.objects.filter(action="claim.question_lapsed", object_id=str(claim.pk)).count() == 1


def test_running_again_changes_and_tells_nothing(asked):
    *_rest, until = asked
    lapse_questions(by=SYSTEM, day=until + DAY)
    assert lapse_questions(by=SYSTEM, day=until + 2 * DAY) == 0
    assert len(told(MessageKind.CLAIM_UNANSWERED)) == 1


def test_a_lapsed_question_is_not_answered_and_another_may_be_asked(asked):
    desk, claim, question, until = asked
    lapse_questions(by=SYSTEM, day=until + DAY)
    second = actions.ask_for_more(
        by=desk.people[0], claim=claim, version=1, missing=[], text="再问一次", until=until
    )
    actions.answer(by=desk.worker, claim=claim, text="补好了")
    question.refresh_from_db()
    second.refresh_from_db()
    assert (question.answer, question.answered_at) == ("", None)
    assert second.answer == "补好了"
    assert claim.questions.open().count() == 0


def test_what_lapsed_can_be_decided(asked):
    desk, claim, _question, until = asked
    with pytest.raises(Refusal) as refused:
        desk.decided(claim)
    assert refused.value.code == "claim_state"
    lapse_questions(by=SYSTEM, day=until + DAY)
    assert desk.decided(claim).outcome == "pay"


def test_an_answer_in_time_and_a_withdrawn_claim_are_left_alone(asked):
    desk, claim, _question, until = asked
    other = desk.filed(admitted="2026-05-01", discharged="2026-05-03", settled="")
    actions.ask_for_more(by=desk.people[0], claim=other, version=1, missing=[], text="？", until=until)
    actions.answer(by=desk.worker, claim=claim)
    actions.withdraw(by=desk.worker, claim=other, reason="不申请了")
    assert lapse_questions(by=SYSTEM, day=until + DAY) == 0
    claim.refresh_from_db()
    other.refresh_from_db()
    assert (claim.state, other.state) == ("filed", "withdrawn")


def test_two_questions_at_once_are_refused_by_the_database_only_while_one_is_open(asked):
    desk, claim, _question, until = asked
    values = {"claim": claim, "asked_by": desk.people[0], "asked_at": clock.now(), "until": until}
    with pytest.raises(IntegrityError, match="question_open_once"), transaction.atomic():
        Question.objects.create(**values)
    lapse_questions(by=SYSTEM, day=until + DAY)
    Question.objects.create(**values)
