"""Every handed import and identity case on its own file, as far as no database is needed.

Left to the tests with a database: C048, C070, C072 and C074 over two files, C068, C076 after a kill, C078, C079.
"""

import pytest

from unionbenefits.workers.roster.codes import Code, RosterRefused

REFUSED = {"encrypted": Code.FILE_ENCRYPTED, "DTD": Code.FILE_DTD, True: Code.MOJIBAKE}


def verdicts(judgement):
    return {row.row: row.verdict.value for row in judgement.rows}


def rows_with(judgement, *wanted):
    return sorted(row.row for row in judgement.rows if row.verdict.value in wanted)


def by_row(judgement):
    return {row.row: row for row in judgement.rows}


def file_warnings(judgement):
    return {warning.code for warning in judgement.warnings}


def check(expect, judgement):
    """What the oracle says of single rows, whatever the case."""
    rows = by_row(judgement)
    for number, stored in expect.get("accept", {}).items():
        assert (rows[int(number)].verdict.value, rows[int(number)].number) == ("accept", stored)
    for number in expect.get("accept_rows", []):
        assert rows[number].verdict.value == "accept"
    for key, allowed in (
        ("reject", {"reject"}),
        ("hold", {"hold"}),
        ("hold_or_reject", {"hold", "reject"}),
        ("reject_or_hold", {"hold", "reject"}),
        ("same_or_hold", {"accept", "hold"}),
        ("people_rows", {"accept"}),
        ("visible_rows", {"accept"}),
        ("hidden_rows", {"hold"}),
    ):
        assert [
            rows[n].verdict.value for n in expect.get(key, []) if rows[n].verdict.value not in allowed
        ] == []
    for number, name in expect.get("names", {}).items():
        assert rows[int(number)].name == name
    for text in expect.get("never", []):
        stored = [(row.name, row.number, row.note) for row in judgement.rows if row.verdict.value != "reject"]
        assert not any(text in str(value) for values in stored for value in values if value)
    if "people" in expect:
        assert {row.verdict.value for row in judgement.rows} == {"accept"}
        assert len(judgement.rows) == expect["people"]
    if "people_or_refuse" in expect:
        assert len(rows_with(judgement, "accept")) == expect["people_or_refuse"]


ROW_CASES = [
    ("C001", "001a-id-as-number.xlsx"), ("C001", "001b-id-as-integer.xlsx"), ("C003", "003-id-apostrophe.xlsx"),
    ("C005", "005-id-x-variants.csv"), ("C007", "007-id-autofill.xlsx"), ("C009", "009-dob-sex-mismatch.xlsx"),
    ("C011", "011-id-types.xlsx"), ("C013", "013-uscc.csv"), ("C014", "014-gbk.csv"),
    ("C016", "016-pua-and-substitute-names.xlsx"), ("C018", "018a-utf16le-tab.csv"),
    ("C018", "018b-utf16le-nobom.txt"), ("C022", "022-title-rows.xlsx"),
    ("C024", "024-two-columns-one-field.xlsx"), ("C026", "026-hidden-rows.xlsx"),
    ("C028", "028-million-empty-rows.xlsx"), ("C030", "030-wrong-dimension.xlsx"), ("C034", "034a-biff.xls"),
    ("C034", "034b-html.xls"), ("C034", "034c-tsv.xls"), ("C034", "034d-spreadsheetml2003.xls"),
    ("C034", "034e-biff-named.xlsx"), ("C040", "040-x000d.xlsx"), ("C042", "042-many-sheets.xlsx"),
    ("C044", "044-wps-dispimg.xlsx"), ("C046", "046-html-in-names.csv"), ("C062", "062-name-shapes.xlsx"),
    ("C064", "064-variant-characters.csv"), ("C076", "076-error-in-the-middle.xlsx"),
]  # fmt: skip


@pytest.mark.parametrize(("case", "name"), ROW_CASES)
def test_case_file_gets_the_verdicts_of_its_oracle(case, name, cases, judge_case):
    check(cases[case]["expect"][name], judge_case(name))


@pytest.mark.parametrize(
    ("case", "name"),
    [("C020", "020-double-mojibake.csv"), ("C036", "036-password.xlsx"), ("C038", "038-xml-entities.xlsx")],
)
def test_case_file_is_refused_as_a_whole(case, name, cases, judge_case):
    with pytest.raises(RosterRefused) as refusal:
        judge_case(name)
    assert refusal.value.code == REFUSED[cases[case]["expect"][name]["refuse_file"]]


def test_c003_report_says_what_was_stripped(judge_case):
    stripped = [
        finding.params["what"]
        for row in judge_case("003-id-apostrophe.xlsx").rows
        for finding in row.findings
        if finding.code is Code.VALUE_CLEANED
    ]
    assert stripped == ["'", "‘", "’", '="…"', "`"]


def test_c005_eleven_forms_of_x_are_one_person(judge_case):
    judgement = judge_case("005-id-x-variants.csv")
    accepted = [row for row in judgement.rows if row.verdict.value == "accept"]
    assert {row.number for row in accepted} == {"44000019880101919X"}
    assert [row.row for row in accepted if row.duplicate_of is None] == [2]


def test_c007_series_is_pointed_out_for_the_file(judge_case):
    judgement = judge_case("007-id-autofill.xlsx")
    assert file_warnings(judgement) == {Code.CONSECUTIVE_NUMBERS_FOUND}
    assert rows_with(judgement, "accept") == [2]


def test_c009_sex_comes_from_the_17th_digit_and_the_slid_block_is_named(cases, judge_case):
    judgement = judge_case("009-dob-sex-mismatch.xlsx")
    words = {"男": "male", "女": "female"}
    expected = cases["C009"]["expect"]["009-dob-sex-mismatch.xlsx"]["sex"]
    assert {str(n): row.sex.value for n, row in by_row(judgement).items() if str(n) in expected} == {
        number: words[word] for number, word in expected.items()
    }
    assert file_warnings(judgement) == {Code.COLUMN_SHIFTED_FOUND}
    proposed = {f.field.value: f.proposed for f in by_row(judgement)[5].findings if f.proposed}
    assert proposed == {"birth": "1986-01-04"}


def test_c013_rows_attach_to_one_enterprise_or_propose_it(judge_case):
    judgement = judge_case("013-uscc.csv")
    assert {row.credit_code for row in judgement.rows} == {"91440000XX00000191", None}
    held = [row for row in judgement.rows if row.verdict.value == "hold"]
    assert [f.proposed for row in held for f in row.findings] == ["91440000XX00000191"] * 2


def test_c014_and_c018_name_the_encoding_found(case_file):
    from unionbenefits.workers.roster.read import read_workbook

    names = ("014-gbk.csv", "018a-utf16le-tab.csv", "018b-utf16le-nobom.txt")
    assert [read_workbook(case_file(name)).encoding for name in names] == ["gb18030", "utf-16", "utf-16"]


def test_c016_one_person_keeps_the_good_name(cases, judge_case):
    judgement = judge_case("016-pua-and-substitute-names.xlsx")
    assert {row.name for row in judgement.rows if row.verdict.value == "accept"} == {
        cases["C016"]["expect"]["016-pua-and-substitute-names.xlsx"]["name_after"]
    }
    assert len({row.number for row in judgement.rows}) == 1


def test_c022_header_row_is_found_and_the_hint_told(cases, judge_case):
    judgement = judge_case("022-title-rows.xlsx")
    expect = cases["C022"]["expect"]["022-title-rows.xlsx"]
    assert judgement.sheets[0].mapping.header_row == expect["header_row"]
    assert [row.row for row in judgement.rows] == expect["people_rows"]
    assert [skipped.row for skipped in judgement.skipped] == [6]


def test_c024_differing_columns_are_never_overwritten_silently(judge_case):
    judgement = judge_case("024-two-columns-one-field.xlsx")
    assert sorted(
        f.field.value for f in by_row(judgement)[2].findings if f.code is Code.TWO_COLUMNS_DIFFER
    ) == [
        "document_number",
        "phone",
    ]
    assert by_row(judgement)[2].note == "甲；乙"
    assert by_row(judgement)[3].note == "丙"


def test_c026_hidden_parts_are_mentioned(judge_case):
    judgement = judge_case("026-hidden-rows.xlsx")
    assert file_warnings(judgement) == {Code.HIDDEN_ROWS, Code.HIDDEN_COLUMNS, Code.HIDDEN_SHEETS}
    assert {row.sheet for row in judgement.rows} == {"花名册"}
    released = judge_case("026-hidden-rows.xlsx", release_hidden=True)
    assert rows_with(released, "accept") == [2, 3, 4, 5, 6, 7]


def test_c032_every_shape_of_a_date_gets_its_answer(cases, judge_case):
    expected = cases["C032"]["expect"]["032-dates.xlsx"]["join_date"]
    for number, row in by_row(judge_case("032-dates.xlsx")).items():
        answer = expected[str(number)]
        if answer in {"hold", "reject"}:
            assert (number, row.verdict.value, row.joined_on) == (number, answer, None)
        elif answer.startswith("accept blank"):
            assert (row.verdict.value, row.joined_on) == ("accept", None)
        else:
            assert (number, row.verdict.value, row.joined_on.isoformat()) == (number, "accept", answer)


def test_c034_phones_have_no_decimal_point(judge_case):
    for name in (
        "034a-biff.xls",
        "034b-html.xls",
        "034c-tsv.xls",
        "034d-spreadsheetml2003.xls",
        "034e-biff-named.xlsx",
    ):
        assert [row.phone for row in judge_case(name).rows] == ["19900000169", "19900000170"]


def test_c042_sheet_names_stand_in_the_references(judge_case):
    judgement = judge_case("042-many-sheets.xlsx")
    assert [(row.sheet, row.row) for row in judgement.rows] == [
        ("东站", 2),
        ("东站", 3),
        ("西站", 2),
        ("西站", 3),
    ]
    assert judgement.warnings == []


def test_c044_says_that_pictures_were_left(judge_case):
    assert file_warnings(judge_case("044-wps-dispimg.xlsx")) == {Code.PICTURES_NOT_TAKEN}


def test_c048_blank_says_nothing(judge_case):
    second = by_row(judge_case("048b-second-with-blanks.xlsx"))
    assert (second[2].phone, second[2].note) == (None, None)
    assert (second[3].phone, second[3].occupation_title) == ("19900000216", "站长")


def test_c060_dots_compare_equal_and_the_original_is_kept(cases, judge_case):
    judgement = judge_case("060-middle-dots.xlsx")
    assert rows_with(judgement, "accept") == list(range(2, 13))
    assert [row.row for row in judgement.rows if row.duplicate_of is None] == [2]
    assert judgement.rows[0].name == cases["C060"]["expect"]["060-middle-dots.xlsx"]["name_after"]
    assert by_row(judgement)[7].name_as_given == "古丽测热.艾测布力"


def test_c064_first_name_is_kept_and_variants_named(cases, judge_case):
    judgement = judge_case("064-variant-characters.csv")
    rows = by_row(judgement)
    assert [rows[n].name for n in range(2, 7)] == cases["C064"]["expect"]["064-variant-characters.csv"][
        "name_kept"
    ]
    assert len({row.number for row in judgement.rows}) == 5
    assert [n for n in range(7, 12) if Code.NAME_VARIANT in rows[n].codes] == [7, 8, 9, 11]
    assert Code.NAME_DIFFERS in rows[10].codes


def test_c066_number_alone_merges_nobody(judge_case):
    rows = by_row(judge_case("066-same-number-two-types.csv"))
    assert {(row.kind, row.issuer, row.number) for row in rows.values()} == {
        ("passport", "RUS", "ZZ7777777"),
        ("passport", "ITA", "ZZ7777777"),
        ("hk_macao_permit", "", "H77777777"),
        ("passport", "", "H77777777"),
    }
    assert [(f.code, f.params["row"]) for f in rows[5].findings] == [(Code.POSSIBLE_SAME_PERSON, "4")]


def test_c082_clerk_reaches_no_other_enterprise(cases, judge_case):
    judgement = judge_case("082-other-enterprise-rows.xlsx", confined=True)
    check(cases["C082"]["expect"]["082-other-enterprise-rows.xlsx"], judgement)
    rows = by_row(judgement)
    assert (rows[3].codes, rows[3].credit_code) == ((Code.OUTSIDE_UNIT,), None)
    assert rows[4].credit_code == "91440000XX00000191"


def test_roster_files_of_the_database_cases_are_clean(judge_case):
    for name, people in (
        ("048a-first-full.xlsx", 2), ("070a-roster.xlsx", 4), ("070b-same-roster-resaved.xlsx", 4),
        ("072a-platform-a.xlsx", 3), ("072b-platform-b.xlsx", 3), ("074a-month1-full.xlsx", 5),
        ("074b-month2.xlsx", 3),
    ):  # fmt: skip
        judgement = judge_case(name)
        assert (name, judgement.counts()["accept"], judgement.warnings) == (name, people, [])
