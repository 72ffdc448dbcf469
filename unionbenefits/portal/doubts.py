"""What a step asks about once and then lets pass: nothing here stops a claim, an officer decides."""

from dataclasses import dataclass

from unionbenefits.claims.models import Claim
from unionbenefits.claims.queries import verdict_for, warnings_for
from unionbenefits.claims.querysets import account_digest
from unionbenefits.claims.rules import Code, Outcome
from unionbenefits.claims.wording import sentence

# What the dates alone bring about; the statement and the papers may still change all else.
_STAY = (Code.OUTSIDE_COVERAGE, Code.WAITING_PERIOD, Code.FILED_LATE, Code.NO_RATE_LEFT, Code.AFTER_DEATH)


@dataclass(frozen=True, slots=True)
class Doubt:
    """`kind` chooses the page's words, `sentences` give details; `mark` is what was doubted.

    The page sends the mark back, so that the same entry is asked about once and another one again.
    """

    kind: str
    mark: str
    sentences: list[str]


def doubt_about(step: int, claim: Claim) -> Doubt | None:
    """What is odd in a step that was just kept; None where nothing is."""
    if step == 1:
        return _stay(claim)
    if step == 2:
        return _statement(claim)
    if step == 4 and claim.account and "account_luhn" in warnings_for(claim):
        return Doubt("account", account_digest(claim.account).hex()[:16], [])
    return None


def _stay(claim: Claim) -> Doubt | None:
    """Whether the rules would reject whatever the statement says."""
    if claim.admitted is None:
        return None
    verdict = verdict_for(claim)
    found = [note for note in verdict.reasons if note.code in _STAY]
    if verdict.outcome is not Outcome.REJECT or not found:
        return None
    codes = ",".join(note.code for note in found)
    return Doubt("stay", f"{codes} {claim.admitted} {claim.discharged}", [sentence(note) for note in found])


def _statement(claim: Claim) -> Doubt | None:
    """Whether the parts make the total."""
    if claim.admitted is None or claim.total is None:
        return None
    found = [note for note in verdict_for(claim).reasons if note.code == Code.STATEMENT_SUM]
    if not found:
        return None
    return Doubt("sum", str(found[0].values["difference"]), [sentence(found[0])])
