import datetime as dt
import io
from decimal import Decimal

import openpyxl
import pytest
from django.urls import reverse

from tests.web.office import person
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.backoffice.pages import charts
from unionbenefits.campaigns import actions

FIGURES_QUERIES = 12


def issued(office, allotment):
    actions.issue_batch(by=office.approver, batch=office.approved(office.batch(allotment)))


def figures(client, campaign):
    return client.get(reverse("admin:campaign_figures", args=[campaign.pk]))


@pytest.fixture
def shared(office):
    """A campaign of the province that gave to both districts: three here, one there."""
    office.applied([person(1), person(2), person(3)])
    office.applied([person(9)], by=office.officers["sibling_officer"], enterprise=office.other_enterprise)
    own = office.allotment(owner=office.province)
    other = actions.allot(by=SYSTEM, campaign=own.campaign, copies=5, enterprise=office.other_enterprise)
    issued(office, own)
    issued(office, other)
    return own.campaign


def test_figures_hold_units_workers_amount_tables_and_the_sentence(office, sign_in, shared):
    context = figures(sign_in(office.officers["province_officer"]), shared).context
    report = context["report"]
    assert (report.units, report.workers, report.amount) == (2, 4, Decimal("380.00"))
    assert [[line.workers for line in table.lines] for table in context["tables"]] == [[3, 1]] * 3 + [[4]]
    assert [table.amount for table in context["tables"]] == [Decimal("380.00")] * 4
    assert [(fund.balance.used, fund.balance.held) for fund in context["funds"]] == [
        (Decimal("380.00"), Decimal("0.00"))
    ]
    assert report.paragraph.startswith(report.sentence)
    assert [(day.workers, day.amount) for day in report.by_day] == [(4, Decimal("380.00"))]
    assert context["growth"] is None
    assert report.sentence in figures(sign_in(office.officers["province_officer"]), shared).content.decode()


@pytest.mark.parametrize("role", ["union_officer", "enterprise_clerk", "industry_officer"])
def test_figures_of_a_part_hold_nothing_of_another_unit(office, sign_in, shared, role):
    answer = figures(sign_in(office.officers[role]), shared)
    assert (answer.context["report"].workers, answer.context["report"].units) == (3, 1)
    assert office.other_enterprise.name not in answer.content.decode()
    assert answer.context["funds"] == []


def test_figures_before_the_first_issue_say_what_they_count(office, sign_in):
    answer = figures(sign_in(office.preparer), office.allotment().campaign)
    assert (answer.context["report"].workers, answer.context["tables"]) == (0, [])


@pytest.mark.parametrize("count", [1, 3])
def test_figures_cost_the_same_for_one_and_three_workers(office, sign_in, django_assert_num_queries, count):
    office.applied([person(order) for order in range(count)])
    allotment = office.allotment()
    issued(office, allotment)
    client = sign_in(office.preparer)
    with django_assert_num_queries(FIGURES_QUERIES):
        assert figures(client, allotment.campaign).context["report"].workers == count


def test_list_holds_the_campaigns_in_scope(office, sign_in):
    own = office.allotment().campaign
    office.allotment(enterprise=office.other_enterprise, owner=office.province)
    rows = sign_in(office.preparer).get(reverse("admin:campaign_list")).context["rows"].rows
    assert [row.pk for row in rows] == [own.pk]


def test_the_workbook_holds_the_same_figures_as_numbers_and_names_as_text(office, sign_in, shared):
    office.other_enterprise.name = "=1+1"
    office.other_enterprise.save()
    client = sign_in(office.officers["province_officer"])
    answer = client.get(reverse("admin:campaign_workbook", args=[shared.pk]))
    assert "no-store" in answer.headers["Cache-Control"]
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    sheets = [[[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)] for sheet in book]
    totals = {row[0]: row[1] for row in sheets[0]}
    assert [totals[name] for name in ("工会数", "职工", "金额（元）")] == [2, 4, 380]
    assert totals["下载人"] == office.officers["province_officer"].audit_name
    by_enterprise = {row[0]: tuple(row[1:]) for row in sheets[3]}
    assert by_enterprise["=1+1"] == (1, 95)
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_growth_draws_a_step_for_each_day():
    first = dt.date(2026, 1, 1)
    drawn = charts.growth([(first, 1), (first + dt.timedelta(days=2), 3)])
    assert drawn.line == "0,160 0.0,160.0 0.0,120.0 600.0,120.0 600.0,0.0"
    assert drawn.total == 4
    assert charts.growth([(first, 1)]) is None
