"""What the public check says of a certificate."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from unionbenefits.plans import signed
from unionbenefits.plans.queries import CertificateView, CoverState, certificate


class Verdict(StrEnum):
    """Valid, not yet, over, withdrawn; unknown number; or a signature that is not ours."""

    IN_FORCE = "in_force"
    UPCOMING = "upcoming"
    ENDED = "ended"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"
    FORGED = "forged"


_OF_STATE = {state: Verdict(state.value) for state in CoverState}


@dataclass(frozen=True, slots=True)
class Check:
    """The verdict with what may be shown: nothing of a forged one, name and giver of a signed one only.

    `stated` is what the paper says, where it differs from the register's period or name.
    """

    verdict: Verdict
    found: CertificateView | None = None
    signed_on: dt.date | None = None
    stated: signed.Stated | None = None

    @property
    def is_signed(self) -> bool:
        """Whether the signature of the paper was shown and is genuine."""
        return self.signed_on is not None


def check(number: str, given: Mapping[str, str], today: dt.date) -> Check:
    """The certificate with this number, and with what its QR code states if it was scanned."""
    shown = signed.read(number, given)
    if shown is not None and not shown.is_genuine:
        return Check(Verdict.FORGED)
    found = certificate(number, today)
    if found is None:
        return Check(Verdict.UNKNOWN)
    if shown is None:
        return Check(_OF_STATE[found.state], found)
    stated = shown.stated
    said = (stated.first_day, stated.last_day, stated.masked_name)
    same = said == (found.first_day, found.last_day, found.worker_name)
    return Check(_OF_STATE[found.state], found, stated.as_of, None if same else stated)
