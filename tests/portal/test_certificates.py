"""The public check: masked, honest about today, and not to be walked through."""

import datetime as dt

import pytest

from tests.portal.conftest import cover, person
from unionbenefits.core import clock
from unionbenefits.plans.certificates import certificate_no, grouped
from unionbenefits.plans.papers import verify_address

pytestmark = pytest.mark.django_db


def test_certificate_scanned_by_others_shows_a_masked_name(client, rider):
    answer = client.get(verify_address(rider.cover, clock.today()).removeprefix("http://127.0.0.1:8000"))
    words = answer.content.decode()
    assert answer.status_code == 200
    assert "state-covered" in words
    assert "李*" in words
    assert "李风" not in words
    assert rider.cover.given_by.name in words
    assert grouped(rider.cover.certificate_no) in words
    assert [piece for piece in (rider.number, rider.phone) if piece in words] == []


@pytest.mark.parametrize(
    ("starts", "tone"),
    [(-365, "state-none"), (-364, "state-covered"), (0, "state-covered"), (1, "state-waiting")],
)
def test_validity_is_of_today(client, starts, tone):
    made = cover(person(), starts=starts)
    assert tone in client.get(f"/verify/{made.certificate_no}").content.decode()


def test_cancelled_certificate_is_not_valid(client, rider):
    made = rider.cover
    yesterday = clock.today() - dt.timedelta(days=1)
    type(made)._default_manager.filter(pk=made.pk).update(
        live_period=made.period.__class__(made.period.lower, clock.today()),
        status="cancelled",
        cancelled_from=clock.today(),
    )
    assert made.period.lower == yesterday
    assert "state-none" in client.get(f"/verify/{made.certificate_no}").content.decode()


def test_form_leads_to_the_address_of_the_certificate(client, rider):
    typed = grouped(rider.cover.certificate_no).replace(" ", " - ")
    answer = client.get("/verify/", {"certificate": typed})
    assert answer.headers["Location"] == f"/verify/{rider.cover.certificate_no}"


def test_number_never_given_is_404(client):
    answer = client.get(f"/verify/{certificate_no(2026, 999_999_999)}")
    assert answer.status_code == 404
    assert "state-none" in answer.content.decode()


@pytest.mark.parametrize("number", ["202600000001786", "abc", "%3Cscript%3E", "1" * 60, "二〇二六"])
def test_mistyped_number_is_explained(client, number):
    answer = client.get(f"/verify/{number}")
    assert answer.status_code == 404
    assert list(answer.context["form"].errors) == ["certificate"]
    assert "<script>" not in answer.content.decode()


def test_empty_form_is_no_fault_until_sent(client):
    assert client.get("/verify/").context["form"].errors == {}
    assert list(client.get("/verify/", {"certificate": ""}).context["form"].errors) == ["certificate"]


def test_numbers_cannot_be_harvested(client, rider):
    url = f"/verify/{rider.cover.certificate_no}"
    answers = [client.get(url).status_code for _ in range(31)]
    assert answers == [200] * 30 + [429]
    refused = client.get(url)
    assert "李" not in refused.content.decode()
    assert client.get(url, REMOTE_ADDR="198.51.100.9").status_code == 200


def test_harvesting_is_bounded_over_the_day(client, rider, clock_at):
    url, passed = f"/verify/{rider.cover.certificate_no}", 0
    for window in range(12):
        clock_at(minutes=11 * window)
        passed += sum(client.get(url).status_code == 200 for _ in range(30))
    assert passed == 200
