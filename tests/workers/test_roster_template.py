"""The template: filled in properly it imports without a warning."""

import datetime as dt
import io

import openpyxl
import pytest

from tests.factories.people import resident_number
from tests.workers.conftest import told, verdicts
from unionbenefits.workers.enums import DocumentKind, Occupation, Sex, WorkRelation
from unionbenefits.workers.models import Membership
from unionbenefits.workers.roster import queries, template
from unionbenefits.workers.roster.normalise import read_occupation, read_sex, read_work_relation
from unionbenefits.workers.roster.report import template_workbook

pytestmark = pytest.mark.django_db


def filled(*rows) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(template_workbook()))
    page = book.active
    headings = [cell.value for cell in page[1]]
    for row in rows:
        page.append([row.get(heading) for heading in headings])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_filled_template_imports_without_a_word(import_file):
    row = {
        "姓名": "陈测一",
        "证件类型": "居民身份证",
        "证件号码": resident_number(1),
        "手机号码": "19900000001",
        "性别": "男",
        "出生日期": dt.date(1990, 3, 7),
        "职业工种": "快递员",
        "用工关系": "新型用工关系",
        "入会日期": dt.date(2025, 3, 1),
        "备注": "甲",
    }
    roster = import_file(filled(row))
    assert (verdicts(roster), told(roster), queries.notices_of(roster)) == ({2: "accept"}, {2: []}, [])
    tie = Membership.objects.get()
    assert (tie.occupation, tie.work_relation, tie.joined_on, tie.note) == (
        Occupation.COURIER, WorkRelation.NEW_FORM, dt.date(2025, 3, 1), "甲",
    )  # fmt: skip


def test_empty_template_holds_nobody(import_file):
    assert import_file(template_workbook()).refusal == "no_rows"


def test_every_choice_is_understood_and_every_value_offered():
    from unionbenefits.workers.roster.vocabulary import DOCUMENT_KINDS, fold

    assert [DOCUMENT_KINDS[fold(word)] for word in template.KINDS] == list(DocumentKind)
    assert {read_sex(word) for word in template.SEXES} == set(Sex)
    assert {read_occupation(word)[0] for word in template.OCCUPATIONS} == set(Occupation)
    assert {read_work_relation(word) for word in template.RELATIONS} == set(WorkRelation)


def test_number_columns_are_text_and_lists_can_be_chosen():
    page = openpyxl.load_workbook(io.BytesIO(template_workbook())).active
    assert {page.column_dimensions[letter].number_format for letter in ("C", "E", "I")} == {"@"}
    assert len(page.data_validations.dataValidation) == 4
