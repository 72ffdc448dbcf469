"""Second looks at small decisions: drawn week by week, taken by somebody who had no part (peers.md E6)."""

import datetime as dt
from collections import defaultdict
from decimal import Decimal

from django.utils.translation import gettext as _

from unionbenefits.accounts.models import User
from unionbenefits.audit.actions import act
from unionbenefits.audit.actors import Actor
from unionbenefits.claims.actions.common import expect_reason
from unionbenefits.claims.enums import DecisionOutcome, DecisionState, LookVerdict
from unionbenefits.claims.guarding import guarded
from unionbenefits.claims.looks import drawn, rule_in_force, week_of
from unionbenefits.claims.models import Decision, LookRule, SecondLook
from unionbenefits.core import clock
from unionbenefits.core.errors import Refusal

# Weeks that a draw makes up for where nobody drew in time.
_WEEKS = 4
_WEEK = dt.timedelta(days=7)


def draw_looks(*, by: Actor, day: dt.date) -> int:
    """Draws of the weeks that were over before `day`; returns how many are new.

    An approver's week is drawn once: drawing again, at whatever time, adds nothing to it.
    """
    rule, this_week = rule_in_force(), week_of(day)
    chosen: list[int] = []
    for (week, approver), decisions in _candidates(this_week, rule.up_to).items():
        chosen += drawn(decisions, week=week, approver=approver, share=rule.share, at_least=rule.at_least)
    if not chosen:
        return 0
    with act("claim.draw_looks", by=by) as doing:
        now = clock.now()
        looks = [SecondLook(decision_id=key, drawn_at=now) for key in sorted(chosen)]
        SecondLook.objects.bulk_create(looks, ignore_conflicts=True)
        doing.data = {
            "before": this_week.isoformat(),
            "decisions": sorted(chosen)[:100],
            "drawn": len(chosen),
        }
    return len(chosen)


def take_look(*, by: User, look: SecondLook, right: bool, note: str = "") -> SecondLook:
    """Says whether the decision was right. A wrong one needs the reason; it is put right at the desk.

    Raises Refusal `look_done`, `same_person` (decided, reviewed, approved or returned any decision on the
    claim, or filed it) or `reason_missing`.
    """
    note = note.strip() if right else expect_reason(note)
    with guarded(), act("claim.second_look", by=by) as doing:
        found: SecondLook = SecondLook.objects.select_for_update(no_key=True).get(pk=look.pk)
        doing.about = found
        if found.verdict != LookVerdict.OPEN:
            raise Refusal("look_done", _("Somebody has taken this second look already."))
        if by.pk in people_of(found):
            raise Refusal(
                "same_person",
                _("A second look is taken by somebody who had no part in the claim. Another officer must."),
            )
        found.verdict = LookVerdict.RIGHT if right else LookVerdict.WRONG
        found.note, found.looked_by, found.looked_at = note[:300], by, clock.now()
        found.save(update_fields=["verdict", "note", "looked_by", "looked_at"])
        doing.data = {"decision": found.decision_id, "right": right}
    return found


def set_look_rule(*, by: Actor, share: Decimal, at_least: int, up_to: Decimal) -> LookRule:
    """From the next draw on. Raises Refusal `look_rule_wrong`."""
    if not 0 <= share <= 1 or at_least < 0 or up_to <= 0:
        raise Refusal(
            "look_rule_wrong", _("Give a share from 0 to 1, a number from 0, and an amount above zero.")
        )
    with act("claim.set_look_rule", by=by) as doing:
        rule: LookRule = LookRule.objects.create(
            share=share, at_least=at_least, up_to=up_to, set_by=by.audit_name, set_at=clock.now()
        )
        doing.about, doing.data = rule, {"share": str(share), "at_least": at_least, "up_to": str(up_to)}
    return rule


def people_of(look: SecondLook) -> frozenset[int]:
    """Who had a part in any decision on the claim, or filed it."""
    claim = look.decision.claim
    part = {claim.filed_by_id}
    for one in claim.decisions.all():
        part |= {one.decided_by_id, one.reviewed_by_id, one.approved_by_id, one.returned_by_id}
    return frozenset(person for person in part if person is not None)


def _candidates(this_week: dt.date, up_to: Decimal) -> dict[tuple[dt.date, int], list[int]]:
    """Small approved decisions that pay, by week and approver, of those whose week was not drawn yet."""
    since, until = (
        dt.datetime.combine(day, dt.time(), clock.SHANGHAI) for day in (this_week - _WEEKS * _WEEK, this_week)
    )
    approved = Decision.objects.filter(
        state=DecisionState.APPROVED, approved_at__gte=since, approved_at__lt=until
    )
    small = approved.filter(outcome=DecisionOutcome.PAY, amount__lte=up_to)
    looks = SecondLook.objects.filter(decision__approved_at__gte=since, decision__approved_at__lt=until)
    done = {
        (week_of(clock.local(at).date()), approver)
        for approver, at in looks.values_list("decision__approved_by", "decision__approved_at")
    }
    found: dict[tuple[dt.date, int], list[int]] = defaultdict(list)
    for key, approver, at in small.values_list("pk", "approved_by", "approved_at"):
        place = (week_of(clock.local(at).date()), approver)
        if place not in done:
            found[place].append(key)
    return found
