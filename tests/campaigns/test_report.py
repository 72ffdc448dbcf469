"""Figures by holder, union, enterprise and occupation; unions for tests are left out."""

from decimal import Decimal

import pytest

from tests.campaigns.scene import members, scene
from tests.factories import EnterpriseFactory, MembershipFactory, UnionFactory
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.campaigns.actions import allot, approve_batch, issue_batch, put_forward
from unionbenefits.campaigns.enums import LeftOut
from unionbenefits.campaigns.queries import report
from unionbenefits.enterprises.models import IndustryAffiliation
from unionbenefits.unions.enums import UnionKind
from unionbenefits.workers.enums import Occupation

pytestmark = pytest.mark.django_db


def issue(s, allotment):
    batch = put_forward(by=s.preparer, allotment=allotment)
    batch = approve_batch(by=s.approver, batch=batch, digest=batch.digest)
    return issue_batch(by=s.approver, batch=batch).batch


@pytest.fixture
def given(db):
    """Two unions: one served by its own places, one by an industry union's; and a test union beside."""
    s = scene(workers=2, places=50, money="100000.00")
    second = EnterpriseFactory(union=UnionFactory(name="第二工会"), name="第二公司")
    industry = UnionFactory(kind=UnionKind.INDUSTRY, name="交通运输工会联合会")
    IndustryAffiliation.objects.create(enterprise=second, union=industry)
    for _ in range(3):
        MembershipFactory(enterprise=second, occupation=Occupation.TRUCK_DRIVER)
    testing = EnterpriseFactory(union=UnionFactory(parent=UnionFactory(is_test=True)))
    members(testing, 5)
    [covered] = members(s.enterprise, 1)
    members(s.enterprise, 1, birth_date=None)
    issue(s, s.allotment)
    issue(s, allot(by=SYSTEM, campaign=s.campaign, union=industry, copies=9, parent=None))
    issue(s, allot(by=SYSTEM, campaign=s.campaign, enterprise=testing, copies=9))
    return s, second, industry, covered


def test_figures(given):
    s, second, industry, _covered = given
    found = report(s.campaign)
    assert (found.units, found.workers, found.amount) == (2, 6, Decimal("570.00"))

    def table(figures):
        return {(one.key, one.label, one.workers, one.amount) for one in figures}

    assert table(found.by_holder) == {
        (f"enterprise:{s.enterprise.pk}", s.enterprise.name, 3, Decimal("285.00")),
        (f"union:{industry.pk}", "交通运输工会联合会", 3, Decimal("285.00")),
    }
    assert table(found.by_union) == {
        (str(s.union.pk), s.union.name, 3, Decimal("285.00")),
        (str(second.union_id), "第二工会", 3, Decimal("285.00")),
    }
    assert {(one.label, one.workers) for one in found.by_enterprise} == {
        (s.enterprise.name, 3),
        ("第二公司", 3),
    }
    assert {(one.key, one.workers) for one in found.by_occupation} == {("rider", 3), ("truck_driver", 3)}
    assert found.left_out == {LeftOut.NO_BIRTH_DATE: 1}


def test_sentence_carries_the_exact_figures(given, settings):
    from django.utils import translation

    s = given[0]
    with translation.override("en"):
        sentence = report(s.campaign).sentence
    assert sentence == (
        "6 workers of 2 enterprise unions were given 工会二次医保, worth 570.00 yuan in all (95.00 yuan each)."
    )


def test_batches_on_their_way_do_not_count():
    s = scene(workers=2)
    s.approve(s.put_forward())
    found = report(s.campaign)
    assert (found.units, found.workers, found.amount, found.by_union) == (0, 0, Decimal("0.00"), ())


def test_any_size_takes_the_same_number_of_queries(given, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        report(given[0].campaign)
