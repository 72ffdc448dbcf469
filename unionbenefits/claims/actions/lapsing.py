"""Questions whose day has passed: the claim goes back to the desk and is decided with what is there."""

import datetime as dt

from unionbenefits.audit.actions import act
from unionbenefits.audit.actors import Actor
from unionbenefits.claims.actions.common import lock
from unionbenefits.claims.enums import ClaimState
from unionbenefits.claims.models import Claim
from unionbenefits.claims.telling import tell_worker
from unionbenefits.core import clock
from unionbenefits.workers.enums import MessageKind


def lapse_questions(*, by: Actor, day: dt.date) -> int:
    """Closes what nobody answered before `day`; returns how many claims are back at the desk.

    The day that the worker was given is still theirs, to its end. Nothing is rejected for silence: an officer
    decides with what is there or asks again, and the worker is told. Each claim is a transaction of its own;
    running again changes nothing.
    """
    late = Claim.objects.filter(state=ClaimState.ASKED, asked_until__lt=day).order_by("pk")
    return sum(_lapse(by, key, day) for key in late.values_list("pk", flat=True))


def _lapse(by: Actor, key: int, day: dt.date) -> bool:
    """False where the worker answered, or was given more time, at this very moment."""
    with act("claim.question_lapsed", by=by) as doing:
        claim = lock(Claim(pk=key))
        doing.about = claim
        until = claim.asked_until
        if claim.state != ClaimState.ASKED or until is None or until >= day:
            doing.data = {"again": True}
            return False
        questions = list(claim.questions.open().select_for_update(no_key=True))
        for question in questions:
            question.lapsed_at = clock.now()
            question.save(update_fields=["lapsed_at"])
        claim.state, claim.asked_until = ClaimState.FILED, None
        claim.save(update_fields=["state", "asked_until"])
        about = f"question:{questions[0].pk}" if questions else ""
        tell_worker(claim, MessageKind.CLAIM_UNANSWERED, about, until=until.isoformat())
        doing.data = {"until": until.isoformat(), "questions": [one.pk for one in questions]}
    return True
