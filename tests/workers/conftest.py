"""What the tests of rosters in the database share: the three test enterprises, officers, imports of files and rows."""

import datetime as dt
import io
import os
from pathlib import Path

import pytest
import xlsxwriter

from tests.factories.access import PostFactory, UserFactory
from tests.factories.organisation import EnterpriseFactory, UnionFactory
from unionbenefits.access.roles import Role
from unionbenefits.core.scope import EVERYTHING
from unionbenefits.workers.models import IdentityDocument, Membership, Worker
from unionbenefits.workers.roster import actions
from unionbenefits.workers.roster.states import RosterMode

HEAD = [
    "姓名",
    "证件类型",
    "证件号码",
    "手机号码",
    "性别",
    "出生日期",
    "企业名称",
    "统一社会信用代码",
    "工种",
    "入会日期",
    "备注",
]
SWALLOW, LARK, CAMEL = "91440000XX00000191", "91440000XX0000027U", "91440000XX0000035N"


@pytest.fixture
def units(db):
    """The three test enterprises of design §7 by credit code, under one union."""
    union = UnionFactory(name="测试")
    names = {
        SWALLOW: "海燕速运(测试)有限公司",
        LARK: "云雀外卖配送(测试)有限公司",
        CAMEL: "骆驼货运(测试)有限公司",
    }
    return {code: EnterpriseFactory(name=name, credit_code=code, union=union) for code, name in names.items()}


@pytest.fixture
def officer(units):
    """A union officer above all three."""
    return PostFactory(role=Role.UNION_OFFICER, union=units[SWALLOW].union).user


@pytest.fixture
def clerk(units):
    """A clerk of the first enterprise alone."""
    return PostFactory(role=Role.ENTERPRISE_CLERK, enterprise=units[SWALLOW]).user


@pytest.fixture
def stranger(db):
    """Somebody with no post at all."""
    return UserFactory()


@pytest.fixture
def case_bytes():
    """The content of a case's file."""
    base = Path(os.environ.get("SHARED_DIR") or Path(__file__).resolve().parents[3] / "shared")

    def read(name):
        path = base / "cases" / "files" / name
        if not path.is_file():
            pytest.fail(
                f"No case file {path}. Put the folder `shared` beside the repository or set SHARED_DIR."
            )
        return path.read_bytes()

    return read


@pytest.fixture
def import_file(units, officer):
    """Imports a file's bytes for an enterprise, by its code, as the officer; keywords go to the verb."""

    def run(content, code=SWALLOW, **kwargs):
        name = kwargs.pop("file_name", "roster.xlsx")
        settings = {"by": officer, "mode": RosterMode.ADDITIONS, "scope": EVERYTHING, **kwargs}
        return actions.import_roster(enterprise=units[code], file_name=name, content=content, **settings)

    return run


@pytest.fixture
def import_case(import_file, case_bytes):
    """Imports a case's file."""
    return lambda name, code=SWALLOW, **kwargs: import_file(case_bytes(name), code, file_name=name, **kwargs)


def person(name="陈测一", number="440699199003070013", phone="", **more):
    """A row of the usual columns; further fields by their place in HEAD."""
    row = {"姓名": name, "证件类型": "居民身份证", "证件号码": number, "手机号码": phone, **more}
    return [row.get(heading, "") for heading in HEAD]


def sheet(*rows, head=HEAD) -> bytes:
    """An .xlsx of text cells (dates stay dates)."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet("名册")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for at, row in enumerate([head, *rows]):
        for column, value in enumerate(row):
            if isinstance(value, dt.date):
                page.write_datetime(at, column, value, day)
            elif value != "":
                page.write_string(at, column, value)
    book.close()
    return out.getvalue()


def verdicts(roster) -> dict[int, str]:
    """Verdict by line."""
    return dict(roster.rows.order_by("pk").values_list("row", "verdict"))


def told(roster) -> dict[int, list[str]]:
    """Codes by line."""
    return {
        row: [finding["code"] for finding in codes] for row, codes in roster.rows.values_list("row", "codes")
    }


def actions_of(roster) -> dict[int, str]:
    """Action by line."""
    return dict(roster.rows.order_by("pk").values_list("row", "action"))


def totals() -> tuple[int, int, int]:
    """Workers, documents, memberships on file."""
    return Worker.objects.count(), IdentityDocument.objects.count(), Membership.objects.count()
