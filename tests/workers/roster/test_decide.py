"""Decisions without a database: the table is complete, and nothing enters that the judge would refuse."""

import datetime as dt

import pytest
from hypothesis import given, strategies as st

from unionbenefits.backoffice.pages.roster_titles import BUTTONS, IN_BULK as BULK_BUTTONS, TITLES
from unionbenefits.core.errors import Refusal
from unionbenefits.workers.documents import read_document
from unionbenefits.workers.enums import DocumentKind
from unionbenefits.workers.names import clean_name
from unionbenefits.workers.phones import is_mobile
from unionbenefits.workers.roster.choices import ALLOWED, IN_BULK, PAIRS
from unionbenefits.workers.roster.codes import Code, Severity
from unionbenefits.workers.roster.decide import CHOOSABLE, Made, decide, find, options, read_value
from unionbenefits.workers.roster.facts import Field, Finding, JudgedRow, Verdict
from unionbenefits.workers.roster.rows import verdict_of
from unionbenefits.workers.roster.states import RowChoice

TODAY = dt.date(2026, 1, 1)
HOLDING = {code for code in Code if code.severity is Severity.HOLD}


def row(*findings: Finding, **values) -> JudgedRow:
    given = {"name": "陈测一", "kind": DocumentKind.RESIDENT_ID, "number": "440699199003070010", **values}
    return JudgedRow("名册", 2, verdict_of(findings), findings, ("陈测一",), **given)


def attempt(call, *arguments):
    """(answer, None), or (None, the refusal)."""
    try:
        return call(*arguments), None
    except Refusal as refusal:
        return None, refusal


def test_every_code_that_holds_a_row_has_its_decisions_and_no_other_has():
    assert set(ALLOWED) == HOLDING


def test_every_held_row_can_at_least_be_left_out():
    assert [code for code, choices in ALLOWED.items() if RowChoice.LEFT_OUT not in choices] == []


def test_every_code_has_a_title_and_every_choice_a_button_with_its_own_letter():
    assert set(TITLES) == HOLDING
    assert set(BUTTONS) == set(RowChoice)
    assert len({key for _text, key in BUTTONS.values()}) == len(BUTTONS)
    assert {choice for _code, choice in IN_BULK} <= set(BULK_BUTTONS)


def test_bulk_never_says_who_somebody_is():
    assert {choice for _code, choice in IN_BULK} & PAIRS == set()
    assert (Code.NAME_DIFFERS, RowChoice.PROPOSED) not in IN_BULK


@pytest.mark.parametrize(
    "code",
    [Code.NAME_ILLEGAL_CHARACTERS, Code.NAME_UNREADABLE, Code.NAME_PRIVATE_CHARACTER, Code.UNDER_WORKING_AGE],
)
def test_what_is_never_stored_as_written(code):
    assert RowChoice.WRITTEN not in ALLOWED[code]


@pytest.mark.parametrize("code", sorted(HOLDING))
@pytest.mark.parametrize("field", [None, *Field])
def test_every_open_option_settles_or_refuses_in_words(code, field):
    """Whatever is offered for a finding either answers it or says why not."""
    held = row(Finding(code, field, {"row": "3"}))
    finding = held.findings[0]
    for option in options(finding, held, [0], TODAY, placed=True):
        value = option.values[0] if option.values else "1990-03-07"
        decided, refusal = attempt(decide, held, [Made(option.choice, code, field, value)], TODAY)
        if refusal is not None:
            assert refusal.code == "decision_value"
        elif option.choice is RowChoice.LEFT_OUT:
            assert decided.verdict is Verdict.REJECT
        else:
            assert find(decided.findings, code, field) is None


def test_a_decision_about_a_finding_that_is_gone_does_nothing():
    clean = row()
    assert decide(clean, [Made(RowChoice.WRITTEN, Code.HIDDEN_ROW, None)], TODAY) == clean


def test_a_new_value_answers_all_that_was_said_of_the_old_one_and_nothing_else():
    held = row(
        Finding(Code.NAME_UNREADABLE, Field.NAME),
        Finding(Code.NAME_DIFFERS, Field.NAME, {"row": "3"}, "王䶮"),
        Finding(Code.SEX_DIFFERS, Field.SEX, proposed="male"),
        Finding(Code.NAME_REPAIRED, Field.NAME),
        name="王?",
    )
    decided = decide(held, [Made(RowChoice.PROPOSED, Code.NAME_DIFFERS, Field.NAME)], TODAY)
    assert (decided.name, [f.code for f in decided.findings]) == (
        "王䶮",
        [Code.SEX_DIFFERS, Code.NAME_REPAIRED],
    )


@given(
    st.sampled_from(sorted(CHOOSABLE)), st.text(max_size=30) | st.from_regex(r"1[3-9]\d{9}|\d{4}-\d\d-\d\d")
)
def test_any_typed_value_is_refused_in_words_or_valid(field, value):
    plain = row()
    changes, refusal = attempt(read_value, field, value, plain, TODAY)
    if refusal is not None:
        assert (refusal.code, bool(str(refusal))) == ("decision_value", True)
        return
    changed = plain._replace(**changes)
    assert clean_name(changed.name).problem is None
    assert read_document(changed.number, changed.kind, TODAY).problem is None
    assert changed.phone is None or is_mobile(changed.phone)
    assert changed.joined_on is None or changed.joined_on <= TODAY
    assert changed.birth is None or changed.birth.year <= TODAY.year - 16
