"""Rules of a campaign: the SQL says of random people what the pure rules say; areas, overrides, insurance."""

import datetime as dt

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings, strategies as st

from tests.campaigns.scene import Scene, members, scene
from tests.factories import (
    CampaignFactory,
    CoverageFactory,
    EnterpriseFactory,
    MembershipFactory,
    PlanVersionFactory,
    UnionFactory,
    UserFactory,
    WorkerFactory,
)
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.campaigns import eligibility
from unionbenefits.campaigns.actions import allot, set_funds
from unionbenefits.campaigns.eligibility import Person, Rules, first_day_of, reason_of
from unionbenefits.campaigns.enums import BatchState, GiftedBefore, GiftState, LeftOut, StartRule
from unionbenefits.campaigns.models import Allotment, Campaign, Gift, GiftBatch, GiftOverride
from unionbenefits.campaigns.previews import preview, preview_lines
from unionbenefits.core import clock
from unionbenefits.plans.periods import period
from unionbenefits.workers.enums import BasicInsurance, Occupation, RetirementTrack, Sex

pytestmark = pytest.mark.django_db
START, END = dt.date(2026, 3, 1), dt.date(2027, 2, 28)
AREAS = ["440605", "4401"]


def gift_in(campaign: Campaign, worker, *, issued_at: dt.datetime | None = None) -> Gift:
    """A live gift of another campaign, put forward or issued."""
    enterprise = EnterpriseFactory()
    place = Allotment.objects.create(campaign=campaign, enterprise=enterprise, copies=9)
    state = {"state": BatchState.PUT_FORWARD}
    if issued_at:
        state = {
            "state": BatchState.ISSUED, "issued_at": issued_at, "issued_by": UserFactory(),
            "approved_by": UserFactory(), "approved_at": issued_at, "approved_digest": "x",
        }  # fmt: skip
    batch = GiftBatch.objects.create(
        campaign=campaign, allotment=place, copies=1, amount=95, digest="x",
        prepared_by=UserFactory(), prepared_at=timezone.now(), **state,
    )  # fmt: skip
    return Gift.objects.create(
        campaign=campaign, batch=batch, worker=worker, enterprise=enterprise, state=GiftState.LIVE
    )


def reasons(allotment, **kwargs):
    return {line.worker_id: line.reason for line in preview_lines(allotment, limit=1000, **kwargs)}


def override(campaign, worker, *, allowed=True):
    by = {"allowed_by": UserFactory(), "allowed_at": timezone.now()} if allowed else {}
    return GiftOverride.objects.create(
        campaign=campaign, worker=worker, reason="重病", asked_by=UserFactory(), asked_at=timezone.now(), **by
    )


@st.composite
def spans(draw) -> tuple[tuple[dt.date, dt.date], ...]:
    """Up to two covers that do not overlap, near the edges of the campaign's period."""
    edges = st.one_of(st.integers(-45, 410), st.integers(350, 800))
    marks = sorted(draw(st.sets(edges, min_size=4, max_size=4)))
    near = draw(st.sampled_from([(), (0,), (0, 2), (2,)]))
    made = [(START + dt.timedelta(marks[at]), START + dt.timedelta(marks[at + 1] - 1)) for at in near]
    return tuple((first, max(first, last)) for first, last in made)


births = st.one_of(
    st.none(),
    st.dates(dt.date(1960, 1, 1), dt.date(1985, 12, 31)),
    st.dates(dt.date(2005, 1, 1), dt.date(2012, 12, 31)),
    st.sampled_from([dt.date(1990, 3, 7), dt.date(2008, 2, 29), dt.date(1966, 3, 1), dt.date(1966, 3, 2)]),
)
people = st.builds(
    Person,
    is_member=st.sampled_from([True, True, True, False]),
    occupation=st.sampled_from([Occupation.RIDER.value, Occupation.COURIER.value, ""]),
    area_code=st.sampled_from(["440605", "440605125", "440606", "440103", ""]),
    birth=births,
    sex=st.sampled_from([*Sex.values, ""]),
    track=st.sampled_from([*RetirementTrack.values, ""]),
    insurance=st.sampled_from([*BasicInsurance.values, ""]),
    real_name_checked=st.booleans(),
    has_gift_of_campaign=st.sampled_from([False, False, False, True]),
    gifted_before=st.booleans(),
    override_allowed=st.booleans(),
    covers=spans(),
)
asked = st.builds(
    Rules,
    first_day=st.just(START),
    last_day=st.sampled_from([END, END, dt.date(2026, 12, 17)]),
    continues=st.booleans(),
    occupations=st.sampled_from([frozenset(), frozenset({Occupation.RIDER.value})]),
    areas=st.sampled_from([(), tuple(AREAS)]),
    refuses_gifted_before=st.booleans(),
    real_name=st.booleans(),
    accepted_insurance=st.sampled_from([None, frozenset({BasicInsurance.EMPLOYEE.value})]),
    age=st.sampled_from(
        [
            eligibility.AgeRules(),
            eligibility.AgeRules(floor_months=18 * 12, below_months=60 * 12),
            eligibility.AgeRules(floor_months=16 * 12, below_retirement=True),
        ]
    ),
)


def campaign_of(rules: Rules) -> Scene:
    """The rules as data of a campaign."""
    version = PlanVersionFactory(
        age_floor=(rules.age.floor_months or 0) // 12,
        age_below=rules.age.below_months and rules.age.below_months // 12,
        below_retirement_age=rules.age.below_retirement,
        accepted_insurance=sorted(rules.accepted_insurance or ()),
    )
    return scene(
        workers=0,
        plan_version=version,
        cover_starts_on=rules.first_day,
        cover_ends_on=rules.last_day,
        start_rule=StartRule.CONTINUES if rules.continues else StartRule.COMMON_DATE,
        occupations=sorted(rules.occupations),
        areas=list(rules.areas),
        gifted_before=GiftedBefore.REFUSED if rules.refuses_gifted_before else GiftedBefore.ALLOWED,
        real_name_required=rules.real_name,
        insurance_required=rules.accepted_insurance is not None,
    )


def on_file(person: Person, s: Scene, earlier: Campaign, root) -> int:
    """The person as rows of the database; returns the worker's key."""
    enterprise = EnterpriseFactory(union=UnionFactory(parent=root, area_code=person.area_code))
    worker = WorkerFactory(
        birth_date=person.birth,
        sex=person.sex,
        retirement_track=person.track,
        basic_insurance=person.insurance,
        real_name_checked_on=dt.date(2025, 5, 5) if person.real_name_checked else None,
    )
    left = None if person.is_member else clock.today() - dt.timedelta(days=1)
    MembershipFactory(worker=worker, enterprise=enterprise, occupation=person.occupation, left_on=left)
    for first, last in person.covers:
        CoverageFactory(worker=worker, plan_version=s.campaign.plan_version, period=period(first, last))
    if person.has_gift_of_campaign:
        gift_in(s.campaign, worker)
    if person.gifted_before:
        gift_in(earlier, worker)
    if person.override_allowed:
        override(s.campaign, worker)
    return int(worker.pk)


@given(rules=asked, crowd=st.lists(people, min_size=6, max_size=10))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_sql_says_of_random_people_what_the_pure_rules_say(rules, crowd):
    with transaction.atomic():
        s = campaign_of(rules)
        root = UnionFactory()
        earlier = CampaignFactory(plan_version=s.campaign.plan_version)
        keys = [on_file(person, s, earlier, root) for person in crowd]
        place = allot(by=SYSTEM, campaign=s.campaign, union=root, copies=50, parent=None)
        lines = {line.worker_id: line for line in preview_lines(place, only=keys, limit=1000)}
        for key, person in zip(keys, crowd, strict=True):
            reason = reason_of(person, rules)
            starts_on = first_day_of(person, rules)
            moved = starts_on if reason is None and starts_on > START else None
            assert (lines[key].reason, lines[key].cover_from) == (reason, moved), person
        found = preview(place, only=keys)
        expected = [first_day_of(one, rules) for one in crowd if reason_of(one, rules) is None]
        assert found.eligible == len(expected)
        assert dict(found.moves) == {day: expected.count(day) for day in expected if day > START}
        transaction.set_rollback(True)


def test_area_comes_from_the_nearest_union_above_that_has_one():
    s = scene(workers=0, areas=["440605"])
    inside = UnionFactory(area_code="440605")
    nameless = UnionFactory(parent=UnionFactory(parent=inside))
    outside = UnionFactory(parent=inside, area_code="440606")
    nowhere = UnionFactory()
    expected = {}
    for union, reason in (
        (nameless, None),
        (outside, LeftOut.OUTSIDE_AREA),
        (nowhere, LeftOut.OUTSIDE_AREA),
        (UnionFactory(parent=nowhere, area_code="440605125"), None),
    ):
        [worker] = members(EnterpriseFactory(union=union), 1)
        expected[worker.pk] = reason
    found = {}
    for union in (inside, nowhere):
        found |= reasons(allot(by=SYSTEM, campaign=s.campaign, union=union, copies=9, parent=None))
    assert found == expected


def test_worker_inside_and_outside_the_area_counts_inside():
    s = scene(workers=0, areas=["440605"])
    root = UnionFactory(area_code="440606")
    outside = EnterpriseFactory(union=root)
    inside = EnterpriseFactory(union=UnionFactory(parent=root, area_code="440605"))
    worker = WorkerFactory()
    MembershipFactory(worker=worker, enterprise=outside)
    MembershipFactory(worker=worker, enterprise=inside)
    [line] = preview_lines(allot(by=SYSTEM, campaign=s.campaign, union=root, copies=5, parent=None))
    assert (line.enterprise_id, line.reason) == (inside.pk, None)


def test_gifted_before_looks_across_campaigns_of_the_plan_through_whichever_unit():
    s = scene(workers=5, gifted_before=GiftedBefore.REFUSED)
    same_plan, returned, other_plan, fresh, asked_only = s.workers
    terms = {"number": 2, "valid_from": dt.date(2025, 1, 1)}
    earlier = CampaignFactory(plan_version=PlanVersionFactory(plan=s.campaign.plan_version.plan, **terms))
    gift_in(earlier, same_plan)
    Gift.objects.filter(pk=gift_in(CampaignFactory(plan_version=earlier.plan_version), returned).pk).update(
        state=GiftState.RETURNED
    )
    gift_in(CampaignFactory(), other_plan)
    gift_in(CampaignFactory(plan_version=earlier.plan_version), asked_only)
    override(s.campaign, asked_only, allowed=False)
    assert reasons(s.allotment) == {
        same_plan.pk: LeftOut.GIFTED_BEFORE,
        returned.pk: None,
        other_plan.pk: None,
        fresh.pk: None,
        asked_only.pk: LeftOut.GIFTED_BEFORE,
    }
    override(s.campaign, same_plan)
    assert reasons(s.allotment)[same_plan.pk] is None
    s.campaign.gifted_before = GiftedBefore.ALLOWED
    s.campaign.save()
    s.allotment.refresh_from_db()
    assert set(reasons(s.allotment).values()) == {None}


def test_gifted_since_forgets_what_was_issued_before_that_day():
    since = dt.date(2025, 1, 1)
    s = scene(workers=3, gifted_before=GiftedBefore.REFUSED, gifted_since=since)
    eve, on_the_day, not_yet_issued = s.workers
    midnight = dt.datetime.combine(since, dt.time.min, clock.SHANGHAI)
    version = s.campaign.plan_version
    gift_in(CampaignFactory(plan_version=version), eve, issued_at=midnight - dt.timedelta(seconds=1))
    gift_in(CampaignFactory(plan_version=version), on_the_day, issued_at=midnight)
    gift_in(CampaignFactory(plan_version=version), not_yet_issued)
    assert reasons(s.allotment) == {
        eve.pk: None,
        on_the_day.pk: LeftOut.GIFTED_BEFORE,
        not_yet_issued.pk: LeftOut.GIFTED_BEFORE,
    }


def test_insurance_that_the_plan_accepts():
    version = PlanVersionFactory(accepted_insurance=[])
    s = scene(workers=0, plan_version=version, insurance_required=True)
    keys = {
        kind: members(s.enterprise, 1, basic_insurance=kind)[0].pk for kind in [*BasicInsurance.values, ""]
    }
    missing = LeftOut.INSURANCE
    expected = {keys["employee"]: None, keys["resident"]: None, keys["none"]: missing, keys[""]: missing}
    assert reasons(s.allotment) == expected
    version.accepted_insurance = ["employee"]
    version.save()
    s.allotment.refresh_from_db()
    assert reasons(s.allotment) == expected | {keys["resident"]: missing}


@pytest.mark.parametrize(
    ("birth", "sex", "track", "last_day_before"),
    [
        ("1965-01-15", "male", "", "2025-02-14"),
        ("1965-01-31", "male", "", "2025-02-28"),  # no 31 February: complete on 1 March
        ("1976-09-10", "male", "", "2039-09-09"),
        ("1984-11-20", "female", "women_50", "2039-11-19"),
        ("1981-09-05", "female", "women_55", "2039-09-04"),
        ("1981-09-05", "female", "", "2039-09-04"),
        ("1984-11-20", "", "women_50", "2039-11-19"),
        ("1964-12-31", "male", "women_50", "2024-12-30"),  # a track on a man's file says nothing
    ],
)
def test_retirement_on_the_day_and_on_its_eve_in_sql(birth, sex, track, last_day_before):
    eve = dt.date.fromisoformat(last_day_before)
    s = scene(workers=0, plan_version=PlanVersionFactory(age_floor=0, below_retirement_age=True))
    members(s.enterprise, 1, birth_date=dt.date.fromisoformat(birth), sex=sex, retirement_track=track)

    def code_on(first):
        Campaign.objects.filter(pk=s.campaign.pk).update(
            cover_starts_on=first, cover_ends_on=first + dt.timedelta(days=364)
        )
        [line] = preview_lines(
            Allotment.objects.select_related("campaign__plan_version").get(pk=s.allotment.pk)
        )
        return line.reason

    assert code_on(eve) is None
    assert code_on(eve + dt.timedelta(days=1)) == LeftOut.OVER_RETIREMENT_AGE


def test_case_c098_overlap_moves_the_start_and_says_so(case):
    assert case("098-renewal-overlap.json")["then"][0].startswith(
        "overlap refused or start moved to 2026-07-01"
    )
    s = scene(
        workers=3,
        cover_starts_on=dt.date(2026, 6, 1),
        cover_ends_on=dt.date(2027, 5, 31),
        start_rule=StartRule.CONTINUES,
    )
    covered, longer, fresh = s.workers
    version = s.campaign.plan_version
    CoverageFactory(
        worker=covered, plan_version=version, period=period(dt.date(2025, 7, 1), dt.date(2026, 6, 30))
    )
    CoverageFactory(
        worker=longer, plan_version=version, period=period(dt.date(2026, 6, 1), dt.date(2027, 5, 31))
    )
    found = preview(s.allotment)
    assert found.moves == ((dt.date(2026, 7, 1), 1),)
    assert (found.eligible, found.moved, found.renewals, found.first_enrolments) == (2, 1, 1, 1)
    assert found.reasons == {LeftOut.ALREADY_COVERED: 1}
    batch = s.put_forward()
    stored = dict(batch.gifts.values_list("worker_id", "cover_from"))
    assert stored == {covered.pk: dt.date(2026, 7, 1), longer.pk: None, fresh.pk: None}


def test_age_counts_on_the_workers_own_first_day():
    s = scene(
        workers=0,
        plan_version=PlanVersionFactory(age_floor=0, age_below=60, below_retirement_age=False),
        cover_starts_on=START,
        cover_ends_on=END,
        start_rule=StartRule.CONTINUES,
    )
    turning, fresh = members(s.enterprise, 2, birth_date=dt.date(1966, 4, 1))
    old = period(dt.date(2025, 4, 1), dt.date(2026, 3, 31))
    CoverageFactory(worker=turning, plan_version=s.campaign.plan_version, period=old)
    assert reasons(s.allotment) == {turning.pk: LeftOut.TOO_OLD, fresh.pk: None}


def test_set_funds_and_rules_need_no_more_statements_for_more_people(django_assert_max_num_queries):
    s = scene(workers=3, areas=["44"], gifted_before=GiftedBefore.REFUSED, minimum_share_required=True)
    set_funds(by=SYSTEM, campaign=s.campaign, funds=[s.fund])
    with django_assert_max_num_queries(26):
        preview(s.allotment)
    members(s.enterprise, 20)
    with django_assert_max_num_queries(26):
        preview(s.allotment)
