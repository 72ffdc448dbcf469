"""Rosters come in: each plan becomes a real workbook on disk, and the file takes the ordinary import."""

import hashlib
from collections.abc import Callable, Container, Iterable
from pathlib import Path

from unionbenefits.access.queries import scope_of
from unionbenefits.accounts.models import User
from unionbenefits.demo.lines import RosterPlan
from unionbenefits.demo.organisation import Organisation
from unionbenefits.demo.staff import Staff
from unionbenefits.demo.units import Industry, Unit
from unionbenefits.demo.workbooks import file_name, write_workbook
from unionbenefits.enterprises.models import Enterprise
from unionbenefits.workers.models import Roster
from unionbenefits.workers.roster import actions
from unionbenefits.workers.roster.states import RosterMode, RosterState

_OVER = (RosterState.APPLIED, RosterState.REFUSED, RosterState.DISCARDED)


def write_rosters(plans: Iterable[RosterPlan], folder: Path, *, applied: Container[str]) -> list[Path]:
    """The workbooks of `plans` in `folder`, in their order.

    One that is there is kept if its enterprise (by credit code) is among `applied`, else replaced.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for plan in plans:
        path = folder / file_name(plan)
        if plan.unit.enterprise_code not in applied or not path.exists():
            write_workbook(plan, path)
        paths.append(path)
    return paths


def applied_at(organisation: Organisation) -> frozenset[str]:
    """Credit codes of the scenario's enterprises whose roster is applied."""
    rosters = Roster.objects.filter(
        state=RosterState.APPLIED, enterprise__credit_code__in=organisation.enterprises
    )
    return frozenset(rosters.values_list("enterprise__credit_code", flat=True))


def import_rosters(
    plans: Iterable[RosterPlan],
    paths: Iterable[Path],
    organisation: Organisation,
    staff: Staff,
    say: Callable[[Unit, Roster], None],
) -> dict[str, Roster]:
    """Imports every file not yet applied at its enterprise; returns the applied rosters by credit code."""
    applied = {}
    for plan, path in zip(plans, paths, strict=True):
        enterprise = organisation.enterprises[plan.unit.enterprise_code]
        content = path.read_bytes()
        roster, is_new = _applied(enterprise, path.name, content, _officer(plan.unit, staff))
        applied[plan.unit.enterprise_code] = roster
        if is_new:
            say(plan.unit, roster)
    return applied


def _officer(unit: Unit, staff: Staff) -> User:
    """The first enterprise has a clerk of its own; the transport federation collects its members' rosters."""
    if unit.position == 1:
        return staff["clerk"]
    return staff["transport" if unit.industry is Industry.TRANSPORT else "nanhai"]


def _applied(enterprise: Enterprise, name: str, content: bytes, officer: User) -> tuple[Roster, bool]:
    """The applied roster of this file, and whether it was applied just now."""
    rosters = enterprise.rosters.filter(file_name=name)
    done: Roster | None = rosters.filter(state=RosterState.APPLIED).first()
    if done is not None:
        return done, False
    same = rosters.filter(file_sha256=hashlib.sha256(content).hexdigest())
    unfinished: Roster | None = same.exclude(state__in=_OVER).first()
    if unfinished is not None:
        return _finish(unfinished, officer), True
    scope = scope_of(officer)
    return (
        actions.import_roster(
            by=officer,
            enterprise=enterprise,
            file_name=name,
            content=content,
            mode=RosterMode.ADDITIONS,
            as_clerk=bool(scope.enterprise_ids),
            scope=scope,
        ),
        True,
    )


def _finish(roster: Roster, officer: User) -> Roster:
    """What a run that was stopped in the middle left behind."""
    judged = actions.judge_roster(by=officer, roster=roster)
    return actions.apply_roster(by=officer, roster=judged, verdict_digest=judged.verdict_digest)
