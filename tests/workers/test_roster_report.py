"""The workbook back to the clerk: the same rows, faults marked, reasons beside them, whatever came in."""

import datetime as dt
import io

import openpyxl
import pytest

from tests.factories.people import resident_number
from tests.workers.conftest import HEAD, person, sheet
from unionbenefits.core.errors import Refusal
from unionbenefits.workers.models import RosterFile
from unionbenefits.workers.roster import actions, report

pytestmark = pytest.mark.django_db
ONE, TWO = resident_number(1), resident_number(3)
WRONG = TWO[:17] + ("1" if TWO[17] != "1" else "2")
ROWS = [person("陈测一", ONE), person("=1+1", TWO), person("陈测三", WRONG, 备注="+2+2")]


@pytest.fixture
def reported(import_file):
    """The report of a file that was judged, as pages of an opened workbook."""

    def run(content, name="r.xlsx"):
        roster = import_file(content, file_name=name, apply=False)
        assert roster.refusal == ""
        return openpyxl.load_workbook(io.BytesIO(report.report_workbook(roster)))

    return run


def texts(page, row):
    return [cell.value for cell in page[row]]


def delimited(sep=","):
    return "\r\n".join(sep.join(row) for row in (HEAD, *ROWS))


def html():
    lines = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in (HEAD, *ROWS))
    return f"<html><meta charset=utf-8><table>{lines}</table></html>"


def xml2003(name="名/册"):
    lines = "".join(
        "<Row>" + "".join(f'<Cell><Data ss:Type="String">{cell}</Data></Cell>' for cell in row) + "</Row>"
        for row in (HEAD, *ROWS)
    )
    space = 'xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"'
    sheets = "".join(
        f'<Worksheet ss:Name="{one}"><Table>{lines}</Table></Worksheet>'
        for one in (name, "长" * 40, "长" * 41)
    )
    return f"<?xml version='1.0'?><Workbook {space}>{sheets}</Workbook>"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (lambda: sheet(*ROWS), "r.xlsx"),
        (lambda: delimited().encode(), "r.csv"),
        (lambda: delimited().encode("gb18030"), "r.csv"),
        (lambda: delimited("\t").encode("utf-16"), "r.xls"),
        (lambda: html().encode(), "r.xls"),
        (lambda: xml2003().encode(), "r.xml"),
    ],
)  # fmt: skip
def test_report_of_every_format_has_the_same_rows_marks_and_reasons(content, name, reported):
    page = reported(content(), name).worksheets[0]
    assert texts(page, 1)[: len(HEAD)] == HEAD
    assert [page.cell(row, 3).value for row in (2, 3, 4)] == [ONE, TWO, WRONG]
    fills = [page.cell(row, 3).fill.fill_type for row in (2, 4)]
    assert (fills, page.cell(4, 3).fill.fgColor.rgb[-6:]) == ([None, "solid"], "FFC7CE")
    reason = len(HEAD) + 1
    assert (bool(page.cell(1, reason).value), bool(page.cell(4, reason).value)) == (True, True)
    assert page.max_row == 4


@pytest.mark.parametrize(
    "content", [lambda: sheet(*ROWS), lambda: delimited().encode(), lambda: xml2003().encode()]
)
def test_no_cell_of_the_report_is_a_formula(content, reported):
    for page in reported(content()):
        assert {cell.data_type for row in page.iter_rows() for cell in row} <= {"s", "n", "inlineStr"}


def test_sheet_names_that_no_workbook_allows_are_changed_not_refused(reported):
    assert reported(xml2003("a/b:c*d?[e]").encode()).sheetnames == ["abcde", "长" * 31, "长" * 25 + "-3"]


def test_workbook_too_large_to_hold_says_that_its_formats_are_gone(reported, monkeypatch):
    monkeypatch.setattr(report, "KEPT_ROWS", 2)

    page = reported(
        sheet(*ROWS, person("陈测四", resident_number(5), 入会日期=dt.date(2025, 3, 1)))
    ).worksheets[0]
    assert texts(page, 1)[: len(HEAD)] == HEAD
    assert page.cell(1, len(HEAD) + 1).value not in {"Reason", "原因"}
    assert page.cell(5, 10).value.date() == dt.date(2025, 3, 1)
    assert page.cell(4, 3).fill.fgColor.rgb[-6:] == "FFC7CE"


def test_what_was_hidden_stays_hidden_in_a_rewritten_workbook(import_case, monkeypatch):
    monkeypatch.setattr(report, "KEPT_ROWS", 0)
    roster = import_case("026-hidden-rows.xlsx", apply=False)
    book = openpyxl.load_workbook(io.BytesIO(report.report_workbook(roster)))
    page = book.worksheets[0]
    assert {row for row, seen in page.row_dimensions.items() if seen.hidden} == {3, 6}
    assert page.column_dimensions["D"].hidden
    assert [one.sheet_state for one in book.worksheets] == ["visible", "hidden"]


def test_cells_that_no_workbook_takes_become_text(reported):
    lines = [HEAD, person("陈测一", ONE, 备注="长" * 40_000), person("陈测\x01三", TWO, 备注="a\x00b")]
    data = "\r\n".join(",".join(row) for row in lines).encode()
    page = reported(data, "r.csv").worksheets[0]
    assert (len(page.cell(2, 11).value), page.cell(3, 1).value, page.cell(3, 11).value) == (
        32_767,
        "陈测三",
        "ab",
    )


def test_removed_file_is_told_in_a_sentence(import_file, client, officer):
    from django.urls import reverse

    from unionbenefits.access.actions import sync_roles
    from unionbenefits.audit.actors import SYSTEM

    sync_roles(by=SYSTEM)
    roster = import_file(sheet(*ROWS), apply=False)
    RosterFile.objects.filter(roster=roster).delete()
    with pytest.raises(Refusal) as refusal:
        report.report_workbook(roster)
    assert refusal.value.code == "roster_file_removed"
    client.force_login(officer)
    answer = client.get(reverse("admin:roster_report", args=[roster.pk]), follow=True)
    assert (answer.status_code, str(refusal.value) in answer.content.decode()) == (200, True)


def test_discarded_roster_has_no_report_left(import_file, officer):
    roster = import_file(sheet(*ROWS), apply=False)
    actions.discard_roster(by=officer, roster=roster)
    with pytest.raises(Refusal):
        report.report_workbook(roster)
