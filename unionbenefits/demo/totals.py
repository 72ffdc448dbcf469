"""What the scenario came to, read from the database as any report would read it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NamedTuple

from django.db.models import Count, Q, Sum
from django.utils.translation import gettext as _

from unionbenefits.campaigns.enums import BatchState
from unionbenefits.campaigns.queries import Report, report
from unionbenefits.core import clock
from unionbenefits.core.errors import Refusal
from unionbenefits.core.money import ZERO, show
from unionbenefits.demo.people import Person
from unionbenefits.demo.scenario import Scenario
from unionbenefits.demo.units import AMOUNT, TRANSPORT_COPIES, UNITS, WORKERS, Industry
from unionbenefits.demo.workbooks import file_name
from unionbenefits.funds.models import Fund
from unionbenefits.funds.queries import balances
from unionbenefits.plans.queries import coverage_of
from unionbenefits.workers.models import Roster, RosterRow, Worker
from unionbenefits.workers.querysets import number_digest
from unionbenefits.workers.roster.codes import Code
from unionbenefits.workers.roster.queries import findings_of
from unionbenefits.workers.roster.states import RosterState, RowVerdict

_RETIRED_BEFORE: Final = 1963


@dataclass(frozen=True, slots=True)
class Totals:
    """The figures that the demo prints; money in 元."""

    units: int
    workers: int
    amount: Decimal
    fee: Decimal
    transport_copies: int
    transport_amount: Decimal
    deposited: Decimal
    available: Decimal
    rosters: int
    rows: int
    accepted: int
    rejected: int
    held: int
    repeated_in_file: int
    joined: int
    """Rows of people already on file through another unit: one worker, two memberships."""
    people: int
    """Workers on file after all rosters."""
    reject_codes: dict[Code, int]
    hold_codes: dict[Code, int]
    left_out: dict[str, int]
    """By code of the reason."""

    @property
    def figures(self) -> "Figures":
        """Those that were published."""
        return Figures(self.units, self.workers, self.amount, self.transport_copies)


class Figures(NamedTuple):
    """What was published of the event: unions, workers, 元, copies of the transport federation."""

    units: int
    workers: int
    amount: Decimal
    transport_copies: int


PUBLISHED: Final = Figures(UNITS, WORKERS, Decimal(AMOUNT), TRANSPORT_COPIES)


def check(scenario: Scenario, found: Totals) -> bool:
    """Raises Refusal `totals_differ` unless the scenario's own batches came to the published figures.

    After the run that built it the whole campaign has to, too; later people may have added to it: then False.
    """
    own = _own_figures(scenario)
    differing = next((ours for ours in (own, found.figures) if ours != PUBLISHED), None)
    if differing is not None and (scenario.changed or own != PUBLISHED):
        raise Refusal(
            "totals_differ",
            _(
                "The totals differ from the published ones: %(units)s unions, %(workers)s workers, "
                "%(amount)s yuan instead of %(wanted)s. If the rules changed on purpose, "
                "remove var/ and run the demo again."
            )
            % {
                "units": differing.units,
                "workers": differing.workers,
                "amount": show(differing.amount),
                "wanted": f"{UNITS}, {WORKERS}, {show(PUBLISHED.amount)}",
            },
        )
    return differing is None


def _own_figures(scenario: Scenario) -> Figures:
    codes = [plan.unit.enterprise_code for plan in scenario.plans]
    batches = scenario.campaign.batches.filter(
        state=BatchState.ISSUED,
        roster__enterprise__credit_code__in=codes,
        roster__file_name__in=[file_name(plan) for plan in scenario.plans],
    )
    sums = batches.aggregate(
        units=Count("roster__enterprise__union", distinct=True),
        workers=Sum("copies", default=0),
        amount=Sum("amount", default=ZERO),
        transport_copies=Sum("copies", filter=Q(allotment__union__name=Industry.TRANSPORT.value), default=0),
    )
    return Figures(**sums)


@dataclass(frozen=True, slots=True)
class WorkerSignIn:
    """An invented worker who can sign in to the worker pages, and what they will see."""

    person: Person
    covered: bool
    certificate_no: str


def read(scenario: Scenario) -> Totals:
    """The scenario's figures: the campaign's report, the fund's balance, the rosters' counts."""
    found = report(scenario.campaign)
    transport_copies, transport_amount = _held_by(found, Industry.TRANSPORT.value)
    (fund,) = balances(Fund.objects.filter(campaign_funds__campaign=scenario.campaign))
    rosters = _rosters(scenario)
    counts: Counter[str] = Counter()
    for roster in rosters:
        counts.update({key: number for key, number in roster.counts.items() if isinstance(number, int)})
    return Totals(
        units=found.units,
        workers=found.workers,
        amount=found.amount,
        fee=scenario.campaign.unit_cost,
        transport_copies=transport_copies,
        transport_amount=transport_amount,
        deposited=fund.deposited,
        available=fund.available,
        rosters=len(rosters),
        rows=counts["rows"],
        accepted=counts["accept"],
        rejected=counts["reject"],
        held=counts["hold"],
        repeated_in_file=_with_code(rosters, Code.DUPLICATE_IN_FILE),
        joined=counts["joined"],
        people=Worker.objects.filter(memberships__source__in=rosters).distinct().count(),
        reject_codes=_codes(rosters, RowVerdict.REJECT),
        hold_codes=_codes(rosters, RowVerdict.HOLD),
        left_out={reason.value: number for reason, number in found.left_out.items()},
    )


def _rosters(scenario: Scenario) -> list[Roster]:
    codes = [plan.unit.enterprise_code for plan in scenario.plans]
    return list(Roster.objects.filter(state=RosterState.APPLIED, enterprise__credit_code__in=codes))


def _held_by(found: Report, holder: str) -> tuple[int, Decimal]:
    for figure in found.by_holder:
        if figure.label == holder:
            return figure.workers, figure.amount
    return 0, ZERO


def _with_code(rosters: list[Roster], code: Code) -> int:
    return RosterRow.objects.filter(roster__in=rosters, codes__contains=[{"code": code.value}]).count()


def _codes(rosters: list[Roster], verdict: RowVerdict) -> dict[Code, int]:
    """How often each code of the verdict's own severity was found, the most frequent first."""
    rows = RosterRow.objects.filter(roster__in=rosters, verdict=verdict)
    found = Counter(
        finding.code
        for row in rows
        for finding in findings_of(row)
        if finding.severity.value == verdict.value
    )
    return dict(found.most_common())


def worker_sign_ins(scenario: Scenario) -> tuple[WorkerSignIn, ...]:
    """One covered worker and one who was left out, with the document number and phone to sign in with."""
    return tuple(_worker_sign_in(person) for person in _examples(scenario))


def _examples(scenario: Scenario) -> Iterator[Person]:
    sound = [line.person for line in scenario.plans[0].lines if line.fault is None]
    yield next(person for person in sound if person.birth.year >= _RETIRED_BEFORE)
    yield from [person for person in sound if person.birth.year < _RETIRED_BEFORE][:1]


def _worker_sign_in(person: Person) -> WorkerSignIn:
    worker = Worker.objects.get(documents__number_digest=number_digest(person.number))
    cover = coverage_of(worker, clock.today())
    return WorkerSignIn(person, cover.covered, cover.current[0].certificate_no if cover.covered else "")
