from decimal import Decimal

import pytest

from tests.campaigns.scene import scene
from unionbenefits.campaigns.queries import preview, report
from unionbenefits.funds.queries import balance_of

pytestmark = pytest.mark.django_db


def test_smoke():
    s = scene()
    p = preview(s.allotment)
    assert (p.eligible, p.cost, p.obstacles) == (4, Decimal("380.00"), ())
    b = s.put_forward()
    assert balance_of(s.fund).held == Decimal("380.00")
    out = s.issue(s.approve(b))
    assert out.changed and out.issued == 4
    print(report(s.campaign))
