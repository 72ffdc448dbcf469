"""Adjudication, pure: facts in, a verdict that explains itself line by line out.

No database, no clock, no settings, no language. `adjudicate` is the whole of it; `wording.py`, one floor up,
turns codes into sentences.
"""

from unionbenefits.claims.rules.adjudicate import RULESET, adjudicate
from unionbenefits.claims.rules.codes import Code
from unionbenefits.claims.rules.facts import Coverage, Facts, PlanTerms, Stay, StayState, Straddle
from unionbenefits.claims.rules.rulesets import RULESETS
from unionbenefits.claims.rules.verdict import Line, Outcome, Verdict

__all__ = [
    "RULESET",
    "RULESETS",
    "Code",
    "Coverage",
    "Facts",
    "Line",
    "Outcome",
    "PlanTerms",
    "Stay",
    "StayState",
    "Straddle",
    "Verdict",
    "adjudicate",
]
