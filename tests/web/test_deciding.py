import datetime as dt

import pytest
from django.urls import reverse
from django.utils import translation
from psycopg.types.range import DateRange

from tests.factories import CoverageFactory, MembershipFactory, resident_number
from tests.factories.people import IdentityDocumentFactory, WorkerFactory
from tests.web.office import person
from unionbenefits.audit.models import Entry
from unionbenefits.core import clock
from unionbenefits.workers.models import PairDecision, Roster, RowDecision, Worker
from unionbenefits.workers.roster.states import RosterMode

DESK_QUERIES = 14
PAIR_QUERIES = 5


@pytest.fixture(autouse=True)
def english(client):
    client.cookies["django_language"] = "en"
    with translation.override("en"):
        yield


def page(name, roster):
    return reverse(f"admin:{name}", args=[roster.pk])


def text_of(client, roster, **query):
    return client.get(page("roster_review", roster), query).content.decode()


def decide(client, roster, line, about, choice, value="", **more):
    row = roster.rows.get(row=line).pk
    data = {"row": row, "about": about, "choice": choice, "value": value, **more}
    headers = {"HX-Request": "true"} if more.pop("htmx", None) else {}
    return client.post(page("roster_decide", roster), data, headers=headers, follow=True)


def namesake(order, **changes):
    """The same name, birth and phone as `person(order)` under another number."""
    return person(order, 证件号码=resident_number(500 + order), **changes)


def bad_name(order, **changes):
    return person(order, 姓名=f"王芳{order}", **changes)


# -- what the page shows


@pytest.mark.parametrize("count", [1, 3])
def test_desk_costs_the_same_for_one_and_three_pairs(office, sign_in, django_assert_num_queries, count):
    office.applied([person(order) for order in range(3)])
    roster = office.judged([namesake(order) for order in range(count)])
    client = sign_in(office.preparer)
    with django_assert_num_queries(DESK_QUERIES):
        rows = client.get(page("roster_review", roster)).context["rows"]
    assert [len(view.desk.questions[0].sides) for view in rows] == [2] * count


def test_desk_offers_each_open_decision_with_its_letter(office, sign_in):
    roster = office.judged([bad_name(1)])
    (view,) = sign_in(office.clerk).get(page("roster_review", roster)).context["rows"]
    (question,) = view.desk.questions
    assert [(option.choice, option.key) for option in question.options] == [("written", "w"), ("chosen", "v")]
    assert (view.desk.leave_out.choice, view.desk.leave_out.key) == ("left_out", "x")
    assert view.told == ()


def test_officer_above_both_sees_both_sides(office, sign_in):
    office.applied([person(1)])
    roster = office.judged([namesake(1)])
    (view,) = sign_in(office.preparer).get(page("roster_review", roster)).context["rows"]
    own, known = view.desk.questions[0].sides
    assert (own.name, known.name, known.enterprises) == (person(1)[0], person(1)[0], office.enterprise.name)
    assert known.numbers == "440***********" + person(1)[1][-4:]
    assert known.phone == "199****0001"


def test_clerk_learns_only_that_somebody_belongs_to_another_unit(office, sign_in):
    """Cases C072 and C082: no name, number, phone or unit of the other side, and nothing to press."""
    other = WorkerFactory(name=person(1)[0], phone=person(1)[2])
    IdentityDocumentFactory(worker=other, number=resident_number(77))
    MembershipFactory(worker=other, enterprise=office.other_enterprise)
    roster = office.judged([namesake(1)], by=office.clerk)
    client = sign_in(office.clerk)
    (view,) = client.get(page("roster_review", roster)).context["rows"]
    (question,) = view.desk.questions
    assert (question.is_elsewhere, question.sides, question.options) == (True, (), ())
    text = text_of(client, roster)
    assert "belongs to another unit" in text
    assert office.other_enterprise.name not in text
    assert "440***********" + resident_number(77)[-4:] not in text
    answer = decide(client, roster, 2, question.code, "same", str(other.pk))
    assert "An officer above both units decides this." in answer.content.decode()
    assert PairDecision.objects.count() == 0
    sign_in(office.officers["province_officer"])
    assert office.other_enterprise.name in text_of(client, roster)


def test_numbers_to_choose_among_are_masked_everywhere(office, sign_in):
    phones = ("19900000014", "19900000015")
    roster = office.judged([person(1, 手机号码="/".join(phones))])
    client = sign_in(office.clerk)
    text = text_of(client, roster)
    assert [phone for phone in phones if phone in text] == []
    assert "199****0015" in text
    answer = decide(client, roster, 2, "phone_several", "chosen", "#1")
    assert roster.rows.get().phone == phones[1]
    assert [phone for phone in phones if phone in answer.content.decode()] == []
    assert phones[1] not in text_of(client, roster, show="decided")


def test_auditor_reads_decisions_and_presses_nothing(office, sign_in):
    roster = office.judged([bad_name(1), bad_name(2)])
    decide(sign_in(office.preparer), roster, 2, "name_not_as_on_card", "written")
    text = text_of(sign_in(office.officers["auditor"]), roster)
    assert "Last decision:" in text
    assert str(office.preparer) in text
    for name in ("roster_decide", "roster_undo", "roster_decide_all"):
        assert page(name, roster) not in text


def test_second_officer_sees_what_the_first_decided(office, sign_in):
    roster = office.judged([bad_name(1)])
    decide(sign_in(office.preparer), roster, 2, "name_not_as_on_card", "written")
    (view,) = sign_in(office.approver).get(page("roster_review", roster), {"show": "decided"}).context["rows"]
    (decision,) = view.desk.decisions
    assert (str(decision.text), decision.by, decision.can_undo) == (
        "Accepted as written", str(office.preparer), True,
    )  # fmt: skip


def test_kinds_are_counted_and_filter_the_rows(office, sign_in):
    roster = office.judged([bad_name(1), bad_name(2), person(3, 入会日期="03/04/2025")])
    answer = sign_in(office.preparer).get(page("roster_review", roster), {"code": "joined_on_ambiguous"})
    assert {kind.code: kind.rows for kind in answer.context["bulk"]} == {
        "name_not_as_on_card": 2, "joined_on_ambiguous": 1,
    }  # fmt: skip
    assert [view.row.row for view in answer.context["rows"]] == [4]


# -- deciding


def test_decision_comes_back_to_the_rows_that_were_shown(office, sign_in):
    roster = office.judged([bad_name(1), bad_name(2)])
    answer = decide(
        sign_in(office.preparer), roster, 2, "name_not_as_on_card", "written",
        show="hold", code="name_not_as_on_card",
    )  # fmt: skip
    assert answer.redirect_chain == [
        (page("roster_review", roster) + "?show=hold&code=name_not_as_on_card", 302)
    ]
    assert [view.row.row for view in answer.context["rows"]] == [3]


def test_value_that_cannot_be_stored_is_refused_in_words(office, sign_in):
    roster = office.judged([bad_name(1)])
    client = sign_in(office.preparer)
    for htmx in ("", "1"):
        answer = decide(client, roster, 2, "name_not_as_on_card", "chosen", "王?", htmx=htmx)
        assert "Part of the name is missing or masked." in answer.content.decode()
    assert RowDecision.objects.count() == 0


def test_htmx_gets_the_desk_with_its_message(office, sign_in):
    roster = office.judged([bad_name(1)])
    client = sign_in(office.preparer)
    row = roster.rows.get().pk
    data = {"row": row, "about": "name_not_as_on_card", "choice": "chosen", "value": "王?"}
    answer = client.post(page("roster_decide", roster), data, headers={"HX-Request": "true"}, follow=True)
    desk = answer.content.decode().split('id="desk"')[1]
    assert "Part of the name is missing or masked." in desk


@pytest.mark.parametrize(
    "data", [{}, {"row": "x"}, {"row": "9" * 30}, {"about": "no_such_code"}, {"choice": "same"}]
)
def test_nonsense_is_answered_with_a_sentence(office, sign_in, said, data):
    roster = office.judged([bad_name(1)])
    good = {"row": roster.rows.get().pk, "about": "name_not_as_on_card", "choice": "written"}
    answer = sign_in(office.preparer).post(page("roster_decide", roster), {**good, **data}, follow=True)
    assert (len(said(answer)), RowDecision.objects.count()) == (1 if data else 0, 0 if data else 1)


@pytest.mark.parametrize(
    "name", ["roster_decide", "roster_undo", "roster_decide_all", "roster_apply_settled"]
)
def test_rosters_of_others_are_not_found(office, sign_in, name):
    roster = office.judged([bad_name(1)])
    answer = sign_in(office.officers["sibling_officer"]).post(
        page(name, roster), {"row": roster.rows.get().pk}
    )
    assert (answer.status_code, RowDecision.objects.count()) == (404, 0)
    assert sign_in(office.officers["auditor"]).post(page(name, roster)).status_code == 403


def test_undo_takes_the_last_decision_back(office, sign_in):
    roster = office.judged([bad_name(1)])
    client = sign_in(office.preparer)
    decide(client, roster, 2, "name_not_as_on_card", "written")
    client.post(page("roster_undo", roster), {"decision": RowDecision.objects.get().pk})
    assert (RowDecision.objects.count(), roster.rows.get().verdict) == (0, "hold")
    assert list(Entry.objects.filter(action__in=["roster.settle", "roster.undo"]).order_by("pk").values_list("action", flat=True)) == [
        "roster.settle", "roster.undo",
    ]  # fmt: skip


def test_decision_makes_a_confirmation_seen_before_stale(office, sign_in, said):
    """Case C078: what somebody else has decided meanwhile is not confirmed unseen."""
    roster = office.judged([person(1), bad_name(2)])
    seen = roster.verdict_digest
    decide(sign_in(office.approver), roster, 3, "name_not_as_on_card", "written")
    answer = sign_in(office.preparer).post(
        page("roster_confirm", roster), {"verdict_digest": seen}, follow=True
    )
    assert said(answer) == [
        "People or enterprises changed since this preview. It has to be judged again before confirming."
    ]
    assert Worker.objects.count() == 0


# -- many at once


def test_many_at_once_shows_how_many_and_which_before_anything_happens(office, sign_in):
    roster = office.judged([bad_name(1), bad_name(2), person(3)])
    query = {"about": "name_not_as_on_card", "choice": "left_out"}
    answer = sign_in(office.preparer).get(page("roster_decide_all", roster), query)
    assert (answer.context["count"], [view.row.row for view in answer.context["rows"]]) == (2, [2, 3])
    assert RowDecision.objects.count() == 0
    answer = sign_in(office.preparer).post(
        page("roster_decide_all", roster), {**query, "verdict_digest": roster.verdict_digest}, follow=True
    )
    assert "2 rows are no longer on hold." in answer.content.decode()
    assert RowDecision.objects.count() == 2


@pytest.mark.parametrize(
    "query", [{}, {"about": "name_not_as_on_card", "choice": "written"}, {"about": "x", "choice": "same"}]
)
def test_what_cannot_be_decided_for_many_leads_back(office, sign_in, said, query):
    roster = office.judged([bad_name(1)])
    answer = sign_in(office.preparer).get(page("roster_decide_all", roster), query, follow=True)
    assert said(answer) == ["This cannot be decided for all rows at once."]


# -- settled later, and pairs


def test_row_settled_after_applying_is_taken_over_alone(office, sign_in, said):
    roster = office.applied([person(1), bad_name(2)])
    client = sign_in(office.preparer)
    answer = decide(client, roster, 3, "name_not_as_on_card", "written")
    assert answer.context["settled"] == 1
    roster = Roster.objects.get(pk=roster.pk)
    for _click in range(2):
        answer = client.post(
            page("roster_apply_settled", roster), {"verdict_digest": roster.verdict_digest}, follow=True
        )
        assert said(answer) == ["The settled rows were taken over."]
    assert (answer.context["settled"], Worker.objects.count()) == (0, 2)


def test_pairs_are_listed_in_scope_and_withdrawn(office, sign_in, django_assert_num_queries):
    office.applied([person(1)])
    roster = office.judged([namesake(1)])
    client = sign_in(office.preparer)
    decide(client, roster, 2, "possible_same_as_known", "apart")
    pair = PairDecision.objects.get()
    with django_assert_num_queries(PAIR_QUERIES):
        assert [row.pk for row in client.get(reverse("admin:roster_pairs")).context["rows"].rows] == [pair.pk]
    stranger = sign_in(office.officers["sibling_officer"])
    assert stranger.get(reverse("admin:roster_pairs")).context["rows"].rows == []
    assert stranger.post(page("roster_pair_withdraw", pair)).status_code == 404
    client = sign_in(office.preparer)
    client.post(page("roster_pair_withdraw", pair))
    pair.refresh_from_db()
    assert pair.withdrawn_by == office.preparer
    assert client.get(reverse("admin:roster_pairs")).context["rows"].rows == []


def test_full_list_shows_who_is_missing_after_a_decision(office, sign_in):
    office.applied([person(1)])
    roster = office.judged([namesake(1)], mode=RosterMode.FULL)
    answer = decide(sign_in(office.preparer), roster, 2, "possible_same_as_known", "apart")
    assert [leaver.membership.worker.name for leaver in answer.context["leavers"].leavers] == [person(1)[0]]


# -- cover, whoever gave it


def covered(name_of, first, last):
    worker = Worker.objects.get(name=name_of)
    return CoverageFactory(worker=worker, period=DateRange(first, last + dt.timedelta(days=1)))


@pytest.mark.parametrize("role", ["enterprise_clerk", "union_officer"])
def test_a_known_person_is_said_to_be_covered_until_when_and_never_through_whom(office, sign_in, role):
    office.applied(
        [person(1), person(2)], by=office.officers["sibling_officer"], enterprise=office.other_enterprise
    )
    today = clock.today()
    cover = covered(person(1)[0], today, today + dt.timedelta(days=9))
    cover.given_by.name = "丙县总工会"
    cover.given_by.save()
    past = covered(person(2)[0], today - dt.timedelta(days=9), today - dt.timedelta(days=1))
    roster = office.judged([person(1), person(2), person(3)], by=office.officers[role])
    answer = sign_in(office.officers[role]).get(page("roster_review", roster), {"show": "all"})
    last = today + dt.timedelta(days=9)
    assert [view.covered_until for view in answer.context["rows"]] == [last, None, None]
    assert answer.context["covered"] == 1
    words = answer.content.decode()
    assert f"Already covered until {last}" in words
    assert "丙县总工会" not in words
    assert past.certificate_no not in words
