"""A worker's past decisions decided again under other terms or rules: what would have come out.

Pure. Decisions are taken in the order in which they were approved, each on the facts that were frozen into
it. What the new terms change about one claim counts for the worker's later ones: a stay that is now rejected
takes no ordinal, and one that gets less leaves more of the cap of the period.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from unionbenefits.claims.rules import Code, Facts, Outcome, PlanTerms, Stay, StayState, Verdict
from unionbenefits.claims.rules.facts import ZERO
from unionbenefits.claims.rules.rulesets import Ruleset
from unionbenefits.claims.rules.verdict import Line, Note

_DECIDED = frozenset({StayState.APPROVED, StayState.PAID, StayState.REJECTED})
# Lines that tell why an amount is another one; the others follow from them.
_TELLING = frozenset(
    {
        Code.OTHER_PAID,
        Code.DEDUCTIBLE,
        Code.COVERED_NIGHTS,
        Code.RATE,
        Code.CAP_PER_STAY,
        Code.CAP_PER_PERIOD,
    }
)


@dataclass(frozen=True, slots=True)
class Past:
    """An approved decision: its facts, what the rules said (`computed`) and what people made of it."""

    key: int
    facts: Facts
    computed: str
    outcome: str
    amount: Decimal

    @property
    def by_hand(self) -> bool:
        """Whether people rejected what the rules would not have rejected."""
        return self.outcome == Outcome.REJECT and self.computed != Outcome.REJECT


@dataclass(frozen=True, slots=True)
class Again:
    """How it comes out now: pay, reject, or refer (a person would have to look, who had not before)."""

    key: int
    outcome: str
    amount: Decimal
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class _Change:
    """What later decisions have to know of one that comes out otherwise: its amount, and by how much more."""

    state: StayState
    amount: Decimal
    more: Decimal


def decide_again(past: Iterable[Past], terms: PlanTerms, rules: Ruleset) -> Iterator[Again]:
    """The decisions of one worker, in the order of their approval, under `terms` and `rules`."""
    changes: dict[str, _Change] = {}
    for one in past:
        verdict = rules(_facts(one.facts, terms, changes))
        again = _outcome(one, verdict)
        if (again.outcome, again.amount) != (one.outcome, one.amount):
            rejected = again.outcome == Outcome.REJECT
            state = StayState.REJECTED if rejected else StayState.APPROVED
            changes[one.facts.decide] = _Change(state, again.amount, again.amount - one.amount)
        yield again


def reasons_of(again: Again, lines_before: Iterable[Line]) -> list[Note | Line]:
    """Why it comes out otherwise: the reasons to reject or to refer, else the lines that are new."""
    if again.outcome != Outcome.PAY:
        return list(again.verdict.reasons)
    known = [(line.code, line.amount) for line in lines_before]
    told = [line for line in again.verdict.lines if line.code in _TELLING]
    new = [line for line in told if (line.code, line.amount) not in known]
    # Where a line fell away, such as a cap, the rate that now decides alone tells it.
    return [*(new or [line for line in told if line.code is Code.RATE])]


def _outcome(one: Past, verdict: Verdict) -> Again:
    """What people decided beyond the rules stands: their rejection, and what they found where the rules had
    referred to them.
    """
    referred_before = one.computed == Outcome.REFER
    if one.by_hand or verdict.outcome is Outcome.REJECT:
        return Again(one.key, Outcome.REJECT.value, ZERO, verdict)
    refers = verdict.outcome is Outcome.REFER and not referred_before
    outcome = Outcome.REFER if refers else Outcome.PAY
    return Again(one.key, outcome.value, verdict.amount, verdict)


def _facts(facts: Facts, terms: PlanTerms, changes: Mapping[str, _Change]) -> Facts:
    if not changes:
        return replace(facts, plan=terms)
    return replace(facts, plan=terms, stays=tuple(_stay(stay, facts.decide, changes) for stay in facts.stays))


def _stay(stay: Stay, decide: str, changes: Mapping[str, _Change]) -> Stay:
    """One that was not decided yet when these facts were frozen stays so: it had no part in the decision."""
    change = changes.get(stay.id)
    if change is None or stay.id == decide or stay.state not in _DECIDED:
        return stay
    if change.state is StayState.REJECTED:
        return replace(stay, state=StayState.REJECTED, approved_amount=None)
    # What it stood at may differ from its decision (a refund, money that came back): only the change moves.
    stood = stay.approved_amount
    amount = change.amount if stood is None else max(ZERO, stood + change.more)
    return replace(stay, state=StayState.APPROVED, approved_amount=amount)
