"""The page of cumulative statistics."""

import pytest
from django.urls import reverse

from unionbenefits.plans.models import OpeningFigures

FIGURES = {
    "since_year": "1999",
    "until": "2024-12-31",
    "enrolments": "30704000",
    "payouts": "783000",
    "amount": "2010000000.00",
    "source": "年报",
}


def post(client, **change):
    return client.post(reverse("admin:statistics_enter"), FIGURES | change)


def test_the_association_enters_figures_and_sees_the_sum(office, sign_in):
    client = sign_in(office.officers["province_officer"])
    assert post(client).headers["Location"] == reverse("admin:statistics")
    page = client.get(reverse("admin:statistics"))
    assert page.context["found"].total == 30_704_000
    assert "30,704,000" in page.content.decode()
    assert OpeningFigures.objects.get().payouts == 783_000


def test_a_wrong_figure_is_explained_and_nothing_is_lost(office, sign_in):
    client = sign_in(office.officers["province_officer"])
    answer = post(client, until="2999-01-01")
    assert answer.status_code == 409
    assert 'value="30704000"' in answer.content.decode()
    assert post(client, amount="x").status_code == 422
    assert not OpeningFigures.objects.exists()


@pytest.mark.parametrize("role", ["union_officer", "enterprise_clerk", "auditor"])
def test_others_read_but_do_not_enter(office, sign_in, role):
    client = sign_in(office.officers[role])
    assert client.get(reverse("admin:statistics")).context["may_enter"] is False
    assert post(client).status_code == 403
