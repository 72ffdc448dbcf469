"""Reading: the format by content, safety before parsing, what the clerk cannot see."""

import contextlib
import datetime as dt
import io
import struct
import zipfile

import pytest

from unionbenefits.workers.roster.codes import RosterRefused
from unionbenefits.workers.roster.facts import SheetState
from unionbenefits.workers.roster.read import Limits, read_workbook
from unionbenefits.workers.roster.read.text import find_delimiter

HEADING = "姓名,证件号码,手机号码\n"
LINE = "张测甲,440699199003070010,19900000001\n"


def only_rows(data, name=""):
    (sheet,) = read_workbook(data, name).sheets
    return list(sheet.rows())


def code_of_refusal(data, **limits):
    with pytest.raises(RosterRefused) as refusal:
        read_all(data, Limits(**limits))
    return refusal.value.code


def read_all(data, limits):
    return [list(sheet.rows()) for sheet in read_workbook(data, limits=limits).sheets]


def changed(data, change):
    """A workbook with its parts rewritten by change(name, bytes)."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
    return buffer.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_text_is_read_in_every_usual_encoding(encoding):
    rows = only_rows((HEADING + LINE).encode(encoding))
    assert rows == [
        (1, ["姓名", "证件号码", "手机号码"]),
        (2, ["张测甲", "440699199003070010", "19900000001"]),
    ]


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|", "，"])
def test_delimiter_is_found(delimiter):
    assert find_delimiter((HEADING + LINE).replace(",", delimiter)) == delimiter


def test_quoted_line_break_stays_one_line_and_blank_lines_count():
    data = '姓名,备注\n张测甲,"一\n二"\n\n张测乙,三\n'.encode()
    assert [(number, cells[0]) for number, cells in only_rows(data)] == [
        (1, "姓名"),
        (2, "张测甲"),
        (4, "张测乙"),
    ]


def test_unclosed_quote_swallows_nobody():
    lines = "".join(f'张测,"甲{number}\n' if number == 3 else f"张测,{number}\n" for number in range(60))
    assert len(only_rows(("姓名,备注\n" + lines).encode())) == 61


def test_declared_separator_line_is_no_row():
    assert only_rows("sep=;\n姓名;证件号码\n张测甲;1\n".encode())[0] == (2, ["姓名", "证件号码"])


def test_few_broken_bytes_do_not_lose_the_file():
    data = (HEADING + LINE * 200).encode("gb18030") + b"\x81"
    assert len(only_rows(data)) == 202


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "file_empty"),
        (b"\xef\xbb\xbf\r\n", "file_empty"),
        (b"%PDF-1.7", "file_format_unsupported"),
        (b"\x89PNG\r\n\x1a\n0000", "file_format_unsupported"),
        (b"PK\x03\x04 broken", "file_unreadable"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "file_unreadable"),
        (b"<html><body>Login</body></html>", "file_format_unsupported"),
        (b"<?xml version='1.0'?><a/>", "file_format_unsupported"),
        (b"\xff\xfe\x00\x00a\x00\x00\x00", "encoding_unknown"),
        (bytes(range(128, 256)) * 4, "encoding_unknown"),
    ],
)
def test_what_is_no_roster_is_refused_with_a_reason(data, code):
    assert code_of_refusal(data) == code


def test_file_over_the_limit_is_refused():
    assert code_of_refusal(b"x" * 2000, file_bytes=1000) == "file_too_large"


def test_too_many_rows_are_refused_before_they_are_read(make_workbook):
    rows = [["姓名"], *[["张"]] * 30]
    assert code_of_refusal(make_workbook(rows), rows=20) == "sheet_too_large"
    assert code_of_refusal("".join("a,b\n" * 30).encode(), rows=20) == "sheet_too_large"


def test_other_office_files_are_named():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("[Content_Types].xml", "<a/>")
        archive.writestr("word/document.xml", "<a/>")
    with pytest.raises(RosterRefused) as refusal:
        read_workbook(buffer.getvalue())
    assert refusal.value.details == {"format": "Word"}


def test_strict_workbook_and_other_prefixes_read_alike(make_workbook):
    data = make_workbook([["姓名", "证件号码"], ["张测甲", "1"]])

    def strict(_name, part):
        part = part.replace(
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        )
        return part.replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )

    assert (
        only_rows(changed(data, strict))
        == only_rows(data)
        == [(1, ["姓名", "证件号码"]), (2, ["张测甲", "1"])]
    )


def test_declared_size_of_a_sheet_is_not_believed(make_workbook):
    data = make_workbook([["姓名"], ["张"], ["李"]])
    wrong = changed(
        data, lambda _name, part: part.replace(b'<dimension ref="A1:A3"/>', b'<dimension ref="A1"/>')
    )
    assert len(only_rows(wrong)) == 3


def test_doctype_in_any_part_is_refused(make_workbook):
    data = make_workbook([["姓名"], ["张"]])
    for part_name in ("xl/styles.xml", "xl/worksheets/sheet1.xml", "docProps/core.xml", "_rels/.rels"):

        def change(name, part, wanted=part_name):
            return part.replace(b"?>", b"?><!DOCTYPE a [<!ENTITY b 'c'>]>", 1) if name == wanted else part

        assert code_of_refusal(changed(data, change)) == "file_dtd"


def test_doctype_in_2003_xml_is_refused(case_file):
    data = case_file("034d-spreadsheetml2003.xls").read_bytes()
    assert (
        code_of_refusal(data.replace(b"?>", b"?><!DOCTYPE a SYSTEM 'file:///etc/passwd'>", 1)) == "file_dtd"
    )


def bomb(make_workbook, size, declared=None):
    """A workbook whose shared strings unpack to `size` bytes, and perhaps say less."""
    data = make_workbook([["姓名"], ["张"]])
    padded = bytearray(
        changed(data, lambda name, part: part + b" " * size if name.endswith("sharedStrings.xml") else part)
    )
    if declared is not None:
        entry = padded.rindex(b"PK\x01\x02", 0, padded.rindex(b"xl/sharedStrings.xml"))
        struct.pack_into("<I", padded, entry + 24, declared)
    return bytes(padded)


def test_part_that_unpacks_to_too_much_is_refused(make_workbook):
    assert code_of_refusal(bomb(make_workbook, 200_000_000)) == "zip_bomb"


def test_part_that_lies_about_its_size_is_refused(make_workbook):
    assert code_of_refusal(bomb(make_workbook, 200_000_000, declared=300)) == "zip_bomb"


def test_encrypted_zip_is_told_as_encrypted(make_workbook):
    data = bytearray(make_workbook([["姓名"]]))
    entry = data.index(b"PK\x01\x02")
    struct.pack_into("<H", data, entry + 8, 1)
    assert code_of_refusal(bytes(data)) == "file_encrypted"


def test_hidden_rows_columns_and_sheets_are_seen(make_workbook):
    def hide(book, sheet):
        sheet.set_row(1, None, None, {"hidden": True})
        sheet.set_row(3, 0)
        sheet.set_column(1, 2, None, None, {"hidden": True})
        book.add_worksheet("旧").very_hidden()

    shown, hidden = read_workbook(
        make_workbook([["姓名", "a", "b"], ["张"], ["李"], ["王"]], change=hide)
    ).sheets
    assert (shown.hidden_rows, shown.hidden_columns) == ({2, 4}, {1, 2})
    assert hidden.state is SheetState.HIDDEN


def test_formulas_without_value_and_errors_are_seen(make_workbook):
    def write(_book, sheet):
        sheet.write_formula("A2", "=B2", None, "")
        sheet.write_formula("A3", "=B3", None, "李")
        sheet.write_formula("A4", "=NA()", None, "#N/A")

    (sheet,) = read_workbook(make_workbook([["姓名"]], change=write)).sheets
    assert sheet.uncalculated == {(2, 0)}
    assert sheet.errors == {(4, 0): "#N/A"}
    assert [cells[0] for _row, cells in sheet.rows()] == ["姓名", "李"]


def test_1904_calendar_is_told(make_workbook):
    data = make_workbook([["入会日期"], [dt.date(2025, 3, 1)]], date_1904=True)
    workbook = read_workbook(data)
    assert workbook.date1904
    assert list(workbook.sheets[0].rows())[1] == (2, [dt.date(2025, 3, 1)])


def test_stray_values_far_away_are_read_without_filling_memory(make_workbook):
    def write(_book, sheet):
        sheet.write("XFD1048576", "x")

    rows = only_rows(make_workbook([["姓名", "手机"], ["张", 19900000001]], change=write))
    assert rows == [(1, ["姓名", "手机"]), (2, ["张", 19900000001.0])]


def test_html_spans_entities_scripts_and_hidden_rows():
    page = (
        "<html><meta charset=gb2312><script>x</script><table><tr><th rowspan=2>姓名</th><th colspan=2>证件</th></tr>"
        "<tr><td>证件类型</td><td>证件号码</td></tr><tr style='display:none'><td>张&amp;测</td><td>身份证<td>1</table>"
    )
    (sheet,) = read_workbook(page.encode("gb18030"), "a.xls").sheets
    assert list(sheet.rows()) == [
        (1, ["姓名", "证件"]),
        (2, ["", "证件类型", "证件号码"]),
        (3, ["张&测", "身份证", "1"]),
    ]
    assert sheet.hidden_rows == {3}


def test_2003_xml_gaps_types_and_hidden_rows(case_file):
    data = case_file("034d-spreadsheetml2003.xls").read_text(encoding="utf-8")
    data = data.replace("<Row>", '<Row ss:Index="5" ss:Hidden="1">', 1)
    data = data.replace('<Data ss:Type="String">19900000169', '<Data ss:Type="Number">19900000169')
    (sheet,) = read_workbook(data.encode()).sheets
    rows = list(sheet.rows())
    assert [number for number, _cells in rows] == [5, 6, 7]
    assert rows[1][1][3] == 19900000169.0
    assert sheet.hidden_rows == {5}


def test_et_is_told_by_name_only_between_old_workbooks(case_file):
    data = case_file("034a-biff.xls").read_bytes()
    assert [read_workbook(data, name).format for name in ("a.et", "a.xls", "a.xlsx")] == ["et", "xls", "xls"]


def test_every_cut_of_a_file_is_read_or_refused(case_file):
    for name in (
        "034a-biff.xls",
        "026-hidden-rows.xlsx",
        "034d-spreadsheetml2003.xls",
        "036-password.xlsx",
        "034b-html.xls",
    ):
        data = case_file(name).read_bytes()
        for size in range(1, len(data), max(1, len(data) // 60)):
            with contextlib.suppress(RosterRefused):  # and nothing else
                read_all(data[:size], Limits())
