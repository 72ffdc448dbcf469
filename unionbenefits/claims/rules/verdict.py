"""What a decision says: outcome, amount and how it came about."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from unionbenefits.claims.rules.codes import Code


class Outcome(StrEnum):
    """Pay the amount, reject with reasons, or refer to a person before anything is paid."""

    PAY = "pay"
    REJECT = "reject"
    REFER = "refer"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the working: what, 元, and the values that its sentence names."""

    code: Code
    amount: Decimal
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Note:
    """A reason or a flag, with the values that its sentence names."""

    code: Code
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A decision. `amount` is what is paid; of one that is referred, what it would be if all is in order.

    `base` is the amount that the rate applies to, 元, rounded for show only: rounding happens once, on the
    amount (invariant 12). `ordinal` and `rate` are None where no stay of the period counts.
    """

    outcome: Outcome
    amount: Decimal
    ordinal: int | None
    rate: Decimal | None
    base: Decimal
    lines: tuple[Line, ...]
    reasons: tuple[Note, ...]
    flags: tuple[Note, ...]
    ruleset: str

    @property
    def reason_codes(self) -> tuple[str, ...]:
        """The reasons' codes."""
        return tuple(note.code.value for note in self.reasons)

    @property
    def flag_codes(self) -> tuple[str, ...]:
        """The flags' codes."""
        return tuple(note.code.value for note in self.flags)
