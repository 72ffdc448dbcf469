"""The scene's replays and second looks: what checks decisions, in the own branch, the sibling one, and above."""

from typing import Any

from django.utils import timezone

from tests.factories import CoverageFactory, MembershipFactory
from tests.factories.claims import DecisionFactory
from unionbenefits.claims.models import Replay, SecondLook
from unionbenefits.claims.rules import RULESET


def replay_of(office: Any, version: Any, by: Any) -> Replay:
    """A finished one of the office."""
    return Replay.objects.create(
        office=office,
        plan_version=version,
        ruleset=RULESET,
        state="done",
        started_by=by,
        started_at=timezone.now(),
    )


def look_at(enterprise: Any, version: Any) -> SecondLook:
    """An open one at an approved decision of a worker of the enterprise."""
    cover = CoverageFactory(plan_version=version, first_enrolment=False)
    MembershipFactory(worker=cover.worker, enterprise=enterprise)
    decision = DecisionFactory(claim_version__claim__coverage=cover)
    return SecondLook.objects.create(decision=decision, drawn_at=timezone.now())


def checks(place: Any, version: Any, by: Any, enterprise: Any = None) -> dict[str, Any]:
    """Objects by model label."""
    found: dict[str, Any] = {"claims.replay": replay_of(place, version, by)}
    if enterprise is not None:
        found["claims.secondlook"] = look_at(enterprise, version)
    return found
