"""The rules by version, so that a decision can be taken again as it was, and under rules to come.

A version that decided anything stays here for good. One to come is added beside it, replayed over past
decisions, and only then made `RULESET`.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from unionbenefits.claims.rules.adjudicate import RULESET, adjudicate
from unionbenefits.claims.rules.facts import Facts
from unionbenefits.claims.rules.verdict import Verdict

Ruleset = Callable[[Facts], Verdict]

RULESETS: Mapping[str, Ruleset] = MappingProxyType({RULESET: adjudicate})
