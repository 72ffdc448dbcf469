"""The one page that must be right: covered or not, until when, what it pays, who gave it."""

import datetime as dt
from decimal import Decimal

import pytest
from psycopg.types.range import DateRange

from tests.factories import UnionFactory
from tests.portal.conftest import cover, person, sign_in
from unionbenefits.core import clock
from unionbenefits.portal.cover import card
from unionbenefits.portal.templatetags.portal import day, percent, yuan

pytestmark = pytest.mark.django_db


def page(client, worker, language="en"):
    client.cookies["django_language"] = language
    sign_in(client, worker)
    return client.get("/")


def text(answer):
    import re

    body = re.sub(r"<head>.*?</head>|<[^>]+>", " ", answer.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", body)


def test_covered_person_reads_the_whole_answer(client, rider):
    words = text(page(client, rider))
    last = clock.today() + dt.timedelta(days=363)
    for sentence in [
        "You are covered",
        f"Covered until {last.day} {last:%B %Y}",
        "364 days left",
        "Hospital stay no. 1 80%",
        "Hospital stay no. 2 70%",
        "After the first stay you get 800 yuan",
        "示例快递行业工会",
        "李风",
    ]:
        assert sentence in words
    assert rider.number not in words
    assert rider.phone not in words
    assert "waiting" not in words


def test_covered_person_reads_it_in_chinese(client, rider):
    answer = page(client, rider, "zh-hans")
    assert answer.headers["Content-Language"] == "zh-hans"
    words = text(answer)
    last = clock.today() + dt.timedelta(days=363)
    for sentence in [
        "您有保障",
        f"{last.year}年{last.month}月{last.day}日",
        "还有 364 天",
        "第 1 次住院 80%",
    ]:
        assert sentence in words
    assert not [word for word in ("理赔", "保费", "You ", "the ") if word in words]


def test_waiting_period_is_a_date(client, version):
    worker = person()
    cover(worker, starts=-10, first_enrolment=True, plan_version=version(waiting_days=30))
    words = text(page(client, worker))
    first_paid = clock.today() + dt.timedelta(days=20)
    assert "the waiting period is running" in words
    assert f"begin on {first_paid.day} {first_paid:%B %Y} or later are paid" in words


def test_last_day_of_cover_is_a_covered_day(client):
    worker = person()
    cover(worker, starts=-364, days=365)
    words = text(page(client, worker))
    assert "You are covered" in words
    assert "1 day left" in words


def test_day_after_the_last_is_not_covered(client):
    worker = person()
    cover(worker, starts=-365, days=365)
    words = text(page(client, worker))
    yesterday = clock.today() - dt.timedelta(days=1)
    assert "You are not covered any more" in words
    assert f"The last day of your cover was {yesterday.day} {yesterday:%B %Y}" in words
    assert "What you can do" in words
    assert "You can still apply" in words


def test_person_without_any_cover_reads_what_to_do(client):
    words = text(page(client, person()))
    assert "You are not covered" in words
    assert "What you can do" in words
    assert "12351" in words
    assert "Earlier cover" not in words


def test_coming_cover_says_from_when_and_that_today_is_not_covered(client):
    worker = person()
    cover(worker, starts=400, given_by=UnionFactory(name="更晚的工会"))
    cover(worker, starts=10)
    words = text(page(client, worker))
    first = clock.today() + dt.timedelta(days=10)
    assert f"Your cover begins on {first.day} {first:%B %Y}" in words
    assert "You are not covered today" in words


def test_renewal_is_shown_under_the_running_cover(client, rider):
    cover(rider, starts=364, plan_version=rider.cover.plan_version)
    words = text(page(client, rider))
    assert "What comes next" in words


def test_cover_cancelled_from_the_start_was_never_a_cover(client):
    worker = person()
    made = cover(worker, starts=-20)
    type(made)._default_manager.filter(pk=made.pk).update(
        live_period=DateRange(empty=True), status="cancelled", cancelled_from=made.period.lower
    )
    words = text(page(client, worker))
    assert "You are not covered any more" in words
    assert "Your cover was cancelled from" in words
    assert "You can still apply" not in words


def test_several_plans_are_each_shown(client, rider, version):
    terms = version(rates=[Decimal("0.50")], deductible=Decimal("200.00"), cap_per_stay=Decimal("300.00"))
    cover(rider, starts=-1, plan_version=terms, given_by=UnionFactory(name="另一家工会"))
    words = text(page(client, rider))
    assert words.count("You are covered") == 2
    assert "50%" in words
    assert "The first 200 yuan of each stay are not counted" in words
    assert "At most 300 yuan for one stay" in words
    assert "you get 300 yuan" in words
    assert "另一家工会" in words


def test_another_persons_data_is_nowhere(client, rider, stranger):
    words = text(page(client, rider))
    for piece in [stranger.name, stranger.number, stranger.cover.certificate_no[4:-2], "示例外卖行业工会"]:
        assert piece not in words


def test_ids_in_the_session_cannot_be_swapped_for_another_phone(client, rider, stranger):
    """C144: even a session that names another worker opens nothing without that worker's phone."""
    sign_in(client, rider)
    session = client.session
    session["worker"] = session["worker"] | {"worker": stranger.pk}
    session.save()
    assert stranger.name not in client.get("/").content.decode()


@pytest.mark.parametrize("covers", [1, 3])
def test_home_page_takes_five_queries(client, django_assert_num_queries, covers):
    worker = person()
    for n in range(covers):
        cover(worker, starts=-1 - 400 * n)
    sign_in(client, worker)
    with django_assert_num_queries(5):
        client.get("/")


def test_guest_finds_the_sign_in_at_home(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/")
    assert answer.status_code == 200
    assert 'name="document"' in answer.content.decode()


def test_page_of_ones_own_is_never_stored(client, rider):
    assert "no-store" in page(client, rider).headers["Cache-Control"]


@pytest.mark.parametrize(
    ("rate", "words"), [("0.80", "80%"), ("0.755", "75.5%"), ("1.00", "100%"), ("0.05", "5%")]
)
def test_share_as_people_say_it(rate, words):
    assert percent(Decimal(rate)) == words


def test_amounts_and_dates(settings):
    assert (yuan(Decimal("1000.00")), yuan(Decimal("1234.50"))) == ("1,000", "1,234.50")
    assert day(dt.date(2026, 12, 31)) == "2026年12月31日"


def test_days_add_up_over_the_whole_period(rider):
    from unionbenefits.plans.queries import coverage_of

    first, last = rider.cover.period.lower, rider.cover.period.upper - dt.timedelta(days=1)
    for today in (first, first + dt.timedelta(days=100), last):
        [view] = coverage_of(rider, today).current
        made = card(view, today)
        assert (made.days_in_all, made.days_gone + made.days_left) == (365, 365)
        assert made.days_left == (last - today).days + 1


def part(answer, after, before="</section>"):
    """The words of the piece of the page that begins with one text and ends with another."""
    return answer.content.decode().split(after, 1)[1].split(before, 1)[0]


def test_of_two_units_each_cover_names_the_one_that_gave_it(client, rider):
    cover(
        rider,
        starts=364,
        plan_version=rider.cover.plan_version,
        given_by=UnionFactory(name="明年的工会"),
    )
    answer = page(client, rider)
    whole = text(answer)
    assert (whole.count("示例快递行业工会"), whole.count("明年的工会")) == (1, 1)
    assert "明年的工会" in part(answer, "What comes next")
    assert "示例快递行业工会" in part(answer, "Your certificate")


def test_revoked_cover_says_since_when_and_that_what_came_before_can_be_claimed(client):
    worker = person()
    made = cover(worker, starts=-50, given_by=UnionFactory(name="给过的工会"))
    gone = clock.today() - dt.timedelta(days=5)
    type(made)._default_manager.filter(pk=made.pk).update(
        live_period=DateRange(made.period.lower, gone), status="cancelled", cancelled_from=gone
    )
    answer = page(client, worker)
    words = text(answer)
    assert "You are not covered any more" in words
    assert f"Your cover was cancelled from {gone.day} {gone:%B %Y} on" in words
    assert "What you can do" in words
    assert "You can still apply" in words
    assert words.count("给过的工会") == 1
    assert "给过的工会" in part(answer, "Earlier cover")


def test_cover_to_come_after_one_that_lapsed_says_first_when_it_begins(client):
    worker = person()
    cover(worker, starts=-400, days=365, given_by=UnionFactory(name="从前的工会"))
    cover(worker, starts=10, first_enrolment=False, given_by=UnionFactory(name="以后的工会"))
    answer = page(client, worker)
    first = clock.today() + dt.timedelta(days=10)
    assert f"Your cover begins on {first.day} {first:%B %Y}" in part(answer, "<h1", "</h1>")
    assert "You are not covered any more" not in text(answer)
    assert "以后的工会" in part(answer, "Your certificate")
    assert "从前的工会" in part(answer, "Earlier cover")
