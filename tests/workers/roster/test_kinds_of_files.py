"""Kinds of sheets and files beyond the handed cases: what surrounds people, what text files suffer, odd workbooks."""

import datetime as dt
import io
import re
import zipfile

import pytest

from unionbenefits.workers.roster.codes import Code, RosterRefused
from unionbenefits.workers.roster.facts import JudgeOptions
from unionbenefits.workers.roster.judge import judge
from unionbenefits.workers.roster.read import read_workbook

HEAD = ["姓名", "证件类型", "证件号码", "手机号码", "性别", "出生日期", "所属企业", "统一社会信用代码", "工种", "入会日期", "备注"]  # fmt: skip


def judged(data, name="a.xlsx"):
    options = JudgeOptions(
        today=dt.date(2026, 1, 1), own_code="91440000XX00000191", own_name="海燕速运(测试)有限公司"
    )
    return judge(read_workbook(data, name), options)


def verdicts(judgement):
    return {row.row: row.verdict.value for row in judgement.rows}


def refusal(data, name=""):
    with pytest.raises(RosterRefused) as refused:
        judged(data, name)
    assert str(refused.value)
    return refused.value.code


def text(*rows, sep=",", encoding="utf-8", end="\r\n"):
    return end.join(sep.join(map(str, row)) for row in (HEAD, *rows)).encode(encoding)


def rewritten(data, change):
    """A workbook with its parts rewritten by change(name, bytes); None leaves a part out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = change(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
    return out.getvalue()


def sheet_part(data, change):
    return rewritten(data, lambda name, part: change(part) if name.endswith("sheet1.xml") else part)


# -- lines that are no person


def test_pages_groups_subtotals_and_notes_are_told_and_left_out(make_workbook, person):
    rows = [
        ["海燕速运名册"],
        ["基本信息", "", "", "", "", "", "单位"],
        HEAD,
        ["一部"],
        person(1),
        ["小计", "1人"],
        ["海燕速运名册"],
        ["基本信息", "", "", "", "", "", "单位"],
        HEAD,
        ["配送二组（1人）"],
        person(3),
        ["", "小计", 1.0],
        ["合计", "", "", 2.0],
        ["1、本表一式两份，请于月底前报送"],
        ["海燕速运名册（第2页）"],
        ["经办人：王测", "", "", "联系电话：19900000009"],
    ]
    judgement = judged(make_workbook(rows))
    assert verdicts(judgement) == {5: "accept", 11: "accept"}
    assert {line.row for line in judgement.skipped} == set(range(4, 17)) - {5, 11}
    assert [warning.code for warning in judgement.warnings] == [Code.ROWS_SKIPPED]


def test_lone_name_is_told_not_left_out(make_workbook, person):
    judgement = judged(make_workbook([HEAD, person(1), ["李测"]]))
    assert verdicts(judgement) == {2: "accept", 3: "reject"}


def test_numbered_and_prefilled_blank_lines_are_nobody(make_workbook, person):
    own = ["海燕速运(测试)有限公司", "91440000XX00000191", "快递员"]
    rows = [
        ["序号", *HEAD],
        [1.0, *person(1)],
        [2.0],
        [3.0, "", "居民身份证", "", "", "", "", *own],
        ["-"] * 12,
    ]
    assert verdicts(judged(make_workbook(rows))) == {2: "accept"}


def test_family_members_are_refused_and_the_worker_is_not(make_workbook, person):
    head = ["姓名", "与职工关系", "身份证号", "手机"]
    rows = [
        ["张测甲", "本人", person(1)[2], "19900000001"],
        ["李测乙", "配偶", person(2)[2], "19900000001"],
        ["张测丙", "子女", person(3, born="20200101")[2], ""],
        ["王测丁", "", person(5)[2], "19900000005"],
    ]
    judgement = judged(make_workbook([head, *rows]))
    assert verdicts(judgement) == {2: "accept", 3: "reject", 4: "reject", 5: "accept"}
    assert [Code.FAMILY_MEMBER in row.codes for row in judgement.rows] == [False, True, True, False]


def test_columns_about_relatives_and_two_people_side_by_side_are_never_mixed(make_workbook, person):
    one, two = person(1), person(3)
    beside = [
        ["姓名", "身份证号", "手机", "家属姓名", "家属身份证号", "家属电话"],
        ["张测", one[2], one[3], "李测", two[2], two[3]],
    ]
    grouped = [
        ["职工本人", "", "", "配偶", "", ""],
        ["姓名", "身份证号", "手机"] * 2,
        ["张测", one[2], one[3], "李测", two[2], two[3]],
    ]
    blocks = [
        ["姓名", "身份证号", "手机", "", "姓名", "身份证号", "手机"],
        ["张测", one[2], one[3], "", "李测", two[2], two[3]],
    ]
    for rows in (beside, grouped):
        (row,) = judged(make_workbook(rows)).rows
        assert (row.name, row.number, row.phone, row.verdict.value) == ("张测", one[2], one[3], "accept")
    (row,) = judged(make_workbook(blocks)).rows
    assert (row.verdict.value, set(row.codes)) == ("hold", {Code.TWO_COLUMNS_DIFFER})


# -- text files


@pytest.mark.parametrize("before", range(6))
def test_unclosed_quotation_mark_loses_nobody(before, person):
    """However short the file is: a person is never swallowed by somebody else's remark."""
    people = [person(order) for order in range(1, 13, 2)]
    people[before][-1] = '"夜班'
    judgement = judged(text(*people), "a.csv")
    assert [row.number for row in judgement.rows] == [cells[2] for cells in people]
    assert set(verdicts(judgement).values()) == {"accept"}


def test_unclosed_quotation_mark_before_a_name_loses_nobody(person):
    people = [person(1), person(3), person(5)]
    people[0][0] = '"' + people[0][0]
    assert verdicts(judged(text(*people), "a.csv")) == {2: "accept", 3: "accept", 4: "accept"}


def test_line_breaks_and_separators_in_quoted_cells_stay_in_their_cells(person):
    people = [person(1, 备注='"一,二\n三;四"'), person(3)]
    judgement = judged(text(*people), "a.csv")
    assert verdicts(judgement) == {2: "accept", 3: "accept"}
    assert judgement.rows[0].note == "一,二 三;四"


@pytest.mark.parametrize(
    ("sep", "encoding", "end"),
    [
        (";", "utf-8", "\n"), ("|", "utf-8-sig", "\n"), (",", "utf-8", "\r"), (",", "utf-16-be", "\r\n"), ("\t", "utf-16", "\n"),
        (", ", "utf-8", "\n"), ("，", "gb18030", "\r\n"), (",", "gb18030", "\n"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["名册.csv", "名册.xlsx", "名册.txt", "../../etc/passwd", "名册.csv.exe"])
def test_text_is_text_whatever_it_is_called(sep, encoding, end, name, person):
    people = [person(1, 姓名="王䶮", 所属企业=""), person(3, 姓名="𠮷测", 所属企业="")]
    judgement = judged(text(*people, sep=sep, encoding=encoding, end=end), name)
    assert [(row.name, row.verdict.value) for row in judgement.rows] == [
        ("王䶮", "accept"),
        ("𠮷测", "accept"),
    ]


def test_big5_with_traditional_headings(person):
    head = ["姓名", "身分證號碼", "手機號碼", "性別", "工種", "入會日期", "備註"]
    row = ["張測", person(1)[2], "19900000001", "男", "快遞員", "2025-03-01", "夜班"]
    data = "\r\n".join(",".join(cells) for cells in (head, row)).encode("big5")
    (found,) = judged(data, "a.csv").rows
    assert (found.name, found.occupation.value, found.note) == ("張測", "courier", "夜班")
    assert (found.verdict.value, found.joined_on) == ("accept", dt.date(2025, 3, 1))


@pytest.mark.parametrize("nul", ["inside", "end"])
def test_stray_nul_bytes_lose_nobody_and_reach_no_value(nul, person):
    people = [person(1, 姓名="张\0测" if nul == "inside" else "张测"), person(3)]
    judgement = judged(text(*people) + b"\0" * (700 if nul == "end" else 0), "a.csv")
    assert verdicts(judgement) == {2: "accept", 3: "accept"}
    assert judgement.rows[0].name == "张测"


def test_byte_broken_inside_a_name_holds_that_row_only(person):
    people = [person(order) for order in range(1, 80)]
    data = text(*people).replace("张测戊".encode(), "张测戊".encode()[:-1], 1)
    judgement = judged(data, "a.csv")
    assert [row.row for row in judgement.rows if row.verdict.value != "accept"] == [5]
    assert judgement.rows[3].verdict.value == "hold"


def test_rows_shorter_and_wider_than_the_heading(person):
    judgement = judged(text(person(1)[:5], person(3), [*person(5), "甲", "乙"]), "a.csv")
    assert verdicts(judgement) == {2: "accept", 3: "accept", 4: "hold"}


def test_formulas_in_a_text_file_are_never_stored(person):
    people = [
        person(1, 备注="=cmd|' /C calc'!A0"),
        person(3, 姓名='=HYPERLINK("x")'.replace('"', "'")),
        person(5, 备注="+1+1"),
        person(7, 备注="@SUM(A1)"),
    ]
    rows = judged(text(*people, sep="\t"), "a.tsv").rows
    assert [(row.verdict.value, row.note) for row in rows] == [
        ("accept", None), ("reject", None), ("accept", "+1+1"), ("accept", "@SUM(A1)")
    ]  # fmt: skip


# -- what is no roster at all


def archive(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        for name, part in parts.items():
            zipped.writestr(name, part)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\xef\xbb\xbf  %PDF-1.4 x", "file_format_unsupported"),
        (b"BM\0\0\0\0" + b"\0" * 60, "file_format_unsupported"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "file_format_unsupported"),
        (b"\x00\x00\x00\x18ftypheic\0\0", "file_format_unsupported"),
        (b"II*\0" + b"\0" * 60, "file_format_unsupported"),
        (b"MZ\x90\0" + b"\0" * 99, "file_format_unsupported"),
        (b"SQLite format 3\0" + b"\0" * 99, "file_format_unsupported"),
        (b"From: <Saved by Microsoft Excel>\r\nMIME-Version: 1.0\r\n", "file_format_unsupported"),
        (archive(**{"mimetype": "x", "content.xml": "<a/>"}), "file_format_unsupported"),
        (archive(**{"[Content_Types].xml": "<a/>", "xl/workbook.bin": b"x"}), "file_format_unsupported"),
        (archive(**{"Index/Document.iwa": b"x"}), "file_format_unsupported"),
        (archive(**{"名册.xlsx": b"PK"}), "file_format_unsupported"),
        (archive(), "file_format_unsupported"),
        ("您好，附件是名册。\n请查收".encode(), "no_header"),
        ('[{"姓名": "张测"}]'.encode(), "no_header"),
        (b"\0" * 400, "file_empty"),
        ("姓名,证件号码\n , \n,,,\n".encode(), "no_rows"),
    ],
)  # fmt: skip
def test_other_files_are_refused_with_a_sentence(data, code):
    assert refusal(data, "名册.xlsx") == code


# -- workbooks


@pytest.fixture
def book(make_workbook, person):
    return make_workbook([HEAD, person(1), person(3)])


@pytest.mark.parametrize("attribute", [rb' r="[A-Z]*\d+"', rb'(?<=<c) r="[A-Z]+\d+"', rb'(?<=<row) r="\d+"'])
def test_cells_without_references_are_counted(attribute, book):
    assert verdicts(judged(sheet_part(book, lambda part: re.sub(attribute, b"", part)))) == {
        2: "accept",
        3: "accept",
    }


@pytest.mark.parametrize(
    ("place", "cell", "verdict", "code"),
    [
        ("A2", '<c r="A2" t="str"><f>B9</f><v>张测乙</v></c>', "accept", None),
        ("A2", '<c r="A2" t="b"><v>1</v></c>', "hold", Code.NAME_UNREADABLE),
        ("A2", '<c r="A2" t="e"><v>#NAME?</v></c>', "reject", Code.CELL_ERROR),
        ("C2", '<c r="C2"><f>B9</f><v>4.4069919900307E+17</v></c>', "reject", Code.PRECISION_LOST),
        ("C2", '<c r="C2"><f t="shared" ref="C2:C3" si="0">B9</f></c>', "reject", Code.FORMULA_NOT_CALCULATED),
        ("C2", '<c r="C2" t="str"><f>B9</f><v></v></c>', "reject", Code.FORMULA_NOT_CALCULATED),
        ("D2", '<c r="D2" t="e"><v>#REF!</v></c>', "reject", Code.CELL_ERROR),
        ("F2", '<c r="F2" t="e"><v>#N/A</v></c>', "accept", Code.FORMULA_TEXT_DROPPED),
        ("J2", '<c r="J2" t="d"><v>2025-03-01T00:00:00</v></c>', "accept", None),
        ("A2", '<c r="A2" t="inlineStr"><is><r><t>张</t></r><r><t>测乙</t></r><rPh sb="0" eb="1"><t>ZHANG</t></rPh></is></c>', "accept", None),
    ],
)  # fmt: skip
def test_cells_of_every_type(place, cell, verdict, code, book):
    data = sheet_part(
        book, lambda part: re.sub(rb'<c r="%s" t="s"><v>\d+</v></c>' % place.encode(), cell.encode(), part)
    )
    first = judged(data).rows[0]
    assert (first.verdict.value, first.codes) == (verdict, (code,) if code else ())
    if verdict == "accept":
        assert (first.name, first.joined_on) == ("张测乙", dt.date(2025, 3, 1))


@pytest.mark.parametrize(
    ("form", "column", "value"),
    [
        ("¥#,##0.00", 3, 19900000001), ("0.00%", 3, 19900000001), ("0.00E+00", 3, 19900000001), ("yyyy-mm-dd", 3, 19900000001),
        ("@", 9, 45717), ("General", 9, 45717), ("yyyy-mm-dd hh:mm", 9, 45717.75), ("[$-804]yyyy/m/d;@", 9, 45717),
        ('[DBNum1][$-804]yyyy"年"m"月"d"日";@', 9, 45717), ('[=1]"男";[=2]"女"', 4, 1),
    ],
)  # fmt: skip
def test_formats_change_how_a_number_looks_not_what_it_is(form, column, value, make_workbook, person):
    def write(made, page):
        page.write_number(1, column, value, made.add_format({"num_format": form}))

    (row,) = judged(make_workbook([HEAD, person(1)], change=write)).rows
    assert (row.verdict.value, row.codes, row.phone, row.joined_on) == (
        "accept", (), "19900000001", dt.date(2025, 3, 1),
    )  # fmt: skip


@pytest.mark.parametrize("part", ["sharedStrings.xml", "workbook.xml.rels", "sheet1.xml"])
def test_workbook_without_a_needed_part_is_refused(part, book):
    assert (
        refusal(rewritten(book, lambda name, data: None if name.endswith(part) else data))
        == "file_unreadable"
    )


@pytest.mark.parametrize("part", ["styles.xml", "theme1.xml", "[Content_Types].xml", "core.xml", "app.xml"])
def test_workbook_without_a_needless_part_is_read(part, book):
    assert len(judged(rewritten(book, lambda name, data: None if name.endswith(part) else data)).rows) == 2


@pytest.mark.parametrize(
    ("name", "extra"),
    [
        ("宏.xlsm", "xl/vbaProject.bin"),
        ("a.xlsx", "xl/externalLinks/externalLink1.xml"),
        ("a.xlsx", "../../evil.xml"),
    ],
)
def test_macros_and_links_are_never_followed(name, extra, book):
    out = io.BytesIO(book)
    with zipfile.ZipFile(out, "a") as zipped:
        zipped.writestr(extra, b'<externalLink xmlns="x"/>' if extra.endswith("xml") else b"\xd0\xcf\x11\xe0")
    assert verdicts(judged(out.getvalue(), name)) == {2: "accept", 3: "accept"}


def test_sheets_of_different_layouts_are_each_read_by_their_own_heading(make_workbook, person):
    def more(made, page):
        made.add_chartsheet("图")
        second, words, bare = (made.add_worksheet(name) for name in ("二站", "说明", "无表头"))
        for at, row in enumerate(
            [["名单"], ["手机", "身份证号", "姓名"], ["19900000005", person(5)[2], "王测"]]
        ):
            second.write_row(at, 0, row)
        words.write_string(0, 0, "填表说明")
        bare.write_row(0, 0, [str(cell) for cell in person(7)])

    judgement = judged(make_workbook([HEAD, person(1)], change=more))
    assert [(row.sheet, row.row, row.name, row.phone) for row in judgement.rows] == [
        ("名册", 2, "张测乙", "19900000001"), ("二站", 3, "王测", "19900000005"),
    ]  # fmt: skip
    assert [(warning.code, warning.sheet) for warning in judgement.warnings] == [
        (Code.SHEET_SKIPPED, "无表头")
    ]


@pytest.mark.parametrize(
    "hide",
    [
        lambda page: page.set_row(2, None, None, {"hidden": True}),
        lambda page: page.set_row(2, None, None, {"level": 1, "hidden": True, "collapsed": True}),
        lambda page: page.set_row(2, 0),
    ],
)
def test_rows_out_of_sight_wait(hide, make_workbook, person):
    judgement = judged(make_workbook([HEAD, person(1), person(3)], change=lambda _book, page: hide(page)))
    assert verdicts(judgement) == {2: "accept", 3: "hold"}
    assert [warning.code for warning in judgement.warnings] == [Code.HIDDEN_ROWS]


def test_merged_cells_speak_for_all_they_cover_except_where_each_has_their_own(make_workbook, person):
    def merge(_book, page):
        page.merge_range("I2:I4", "骑手")
        page.merge_range("A2:A3", "张测乙")

    rows = [HEAD, person(1), person(3, 姓名="", 工种=""), person(5, 工种="")]
    judgement = judged(make_workbook(rows, change=merge))
    assert [row.occupation.value for row in judgement.rows] == ["rider"] * 3
    assert verdicts(judgement) == {2: "accept", 3: "reject", 4: "accept"}


def test_sixteen_thousand_columns_are_told_shortly(make_workbook, person):
    def widen(_book, page):
        for column in range(20, 16384):
            page.write_string(0, column, f"列{column}")

    judgement = judged(make_workbook([HEAD, person(1)], change=widen))
    assert verdicts(judgement) == {2: "accept"}
    (warning,) = judgement.warnings
    assert (warning.code, len(warning.params["names"]) < 200) == (Code.COLUMNS_NOT_TAKEN, True)


def test_longest_cells_comments_and_rich_text(make_workbook, person):
    def write(made, page):
        page.write_rich_string(1, 0, "张", made.add_format({"bold": 1}), "测")
        page.write_comment("A2", "李测")
        page.insert_textbox("B2", "盖章")

    rows = judged(
        make_workbook([HEAD, person(1, 备注="长" * 32767), person(3, 姓名="长" * 32767)], change=write)
    ).rows
    assert [(row.verdict.value, row.codes) for row in rows] == [
        ("accept", (Code.TEXT_TOO_LONG,)), ("hold", (Code.NAME_TOO_LONG,)),
    ]  # fmt: skip
    assert (rows[0].name, len(rows[0].note), len(rows[1].name)) == ("张测", 200, 100)


@pytest.mark.parametrize("data", [b"," * 2_000_000, b"a" * 1_100_000, b'"' + b"a," * 1_000_000])
def test_line_longer_than_any_roster_has_is_refused_before_it_fills_memory(data):
    assert refusal(",".join(HEAD).encode() + b"\n" + data) == "file_unreadable"
