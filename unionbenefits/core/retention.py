"""Periods of keeping (PIPL art. 19: no longer than needed): a register of rules that the apps fill.

An app with something to remove registers rules in its own `retention.py`; `workers.retention` runs them all.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Rule:
    """What goes, after how long, and who says so. `waiting()` counts what would go now; `purge(by)` removes
    it in a transaction of its own, logged, and returns how much went.
    """

    code: str
    what: str | Promise
    period: Callable[[], str]
    source: str | Promise
    waiting: Callable[[], int]
    purge: Callable[[Any], int]


_rules: dict[str, Rule] = {}


def register(rule: Rule) -> None:
    """Adds a rule; the same code again replaces it."""
    _rules[rule.code] = rule


def rules() -> list[Rule]:
    """All rules, in the order in which the apps registered them."""
    return list(_rules.values())
