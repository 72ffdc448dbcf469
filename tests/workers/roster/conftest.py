"""What the roster tests share: the case files, a judged case, workbooks made on the spot."""

import datetime as dt
import io
import json
import os
from pathlib import Path

import pytest
import xlsxwriter

from unionbenefits.workers.roster.facts import JudgeOptions
from unionbenefits.workers.roster.judge import judge
from unionbenefits.workers.roster.read import read_workbook

TODAY = dt.date(2026, 1, 1)
OWN = {"own_code": "91440000XX00000191", "own_name": "海燕速运(测试)有限公司"}
HEAD = [
    "姓名",
    "证件类型",
    "证件号码",
    "手机号码",
    "性别",
    "出生日期",
    "所属企业",
    "统一社会信用代码",
    "工种",
    "入会日期",
    "备注",
]


def shared_cases() -> Path:
    """The folder of the case files: `SHARED_DIR`, or `shared` beside the repository."""
    base = os.environ.get("SHARED_DIR") or Path(__file__).resolve().parents[4] / "shared"
    folder = Path(base) / "cases"
    if not (folder / "cases-handed.json").is_file():
        pytest.fail(
            f"No case files in {folder}. Put the folder `shared` beside the repository or set SHARED_DIR."
        )
    return folder


@pytest.fixture(scope="session")
def cases() -> dict[str, dict]:
    """The handed cases by id."""
    text = (shared_cases() / "cases-handed.json").read_text(encoding="utf-8")
    return {case["id"]: case for case in json.loads(text)["cases"]}


@pytest.fixture(scope="session")
def case_file():
    """The path of a case's file."""
    return lambda name: shared_cases() / "files" / name


@pytest.fixture(scope="session")
def judge_case(case_file):
    """Judges a case's file for the first test enterprise."""

    def run(name: str, **options):
        path = case_file(name)
        return judge(read_workbook(path, name), JudgeOptions(today=TODAY, **{**OWN, **options}))

    return run


@pytest.fixture(scope="session")
def judge_rows():
    """Judges rows written into a new workbook; without `head` the usual columns."""

    def run(rows, head=HEAD, **options):
        data = workbook_bytes([head, *rows])
        return judge(read_workbook(data), JudgeOptions(today=TODAY, **{**OWN, **options}))

    return run


def workbook_bytes(rows, *, change=None, **settings) -> bytes:
    """An .xlsx of one sheet; `change` may format the sheet."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, **settings})
    sheet = book.add_worksheet("名册")
    dates = book.add_format({"num_format": "yyyy-mm-dd"})
    for number, row in enumerate(rows):
        for index, value in enumerate(row):
            if isinstance(value, dt.date):
                sheet.write_datetime(number, index, value, dates)
            elif isinstance(value, str) and value:
                sheet.write_string(number, index, value)
            elif value not in {None, ""}:
                sheet.write(number, index, value)
    if change:
        change(book, sheet)
    book.close()
    return buffer.getvalue()


@pytest.fixture(scope="session")
def make_workbook():
    """Bytes of a new workbook."""
    return workbook_bytes


@pytest.fixture(scope="session")
def person():
    """A row of the usual columns with a valid invented number; keyword arguments replace single cells."""
    from unionbenefits.workers.documents import check_character

    def make(order: int = 1, **changes):
        birth = changes.pop("born", "19900307")
        first17 = f"440699{birth}{order:03d}"
        cells = {
            "姓名": "张测" + "甲乙丙丁戊己庚辛壬癸"[order % 10],
            "证件类型": "居民身份证",
            "证件号码": first17 + check_character(first17),
            "手机号码": f"199{order:08d}",
            "性别": "男" if order % 2 else "女",
            "出生日期": f"{birth[:4]}-{birth[4:6]}-{birth[6:]}",
            "所属企业": OWN["own_name"],
            "统一社会信用代码": OWN["own_code"],
            "工种": "快递员",
            "入会日期": "2025-03-01",
            "备注": "",
        }
        return list((cells | changes).values())

    return make
