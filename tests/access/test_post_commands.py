"""The command line's half: officers from a workbook, and a post handed over."""

import datetime as dt
import json

import pytest
from django.core.management import CommandError, call_command
from python_calamine import CalamineWorkbook

from tests.factories import EnterpriseFactory, PostFactory, UnionFactory, UserFactory
from tests.web.office import workbook
from unionbenefits.access.models import HandOver
from unionbenefits.access.roles import Role
from unionbenefits.accounts.models import User
from unionbenefits.core import clock

HEAD = ("登录名", "姓名", "角色", "单位代码", "起", "止")
DAY = dt.timedelta(days=1)

pytestmark = pytest.mark.django_db


def answer(capsys, *arguments: object) -> tuple[int, dict]:
    try:
        call_command(*map(str, arguments), "--json", "--language", "en")
        code = 0
    except SystemExit as left:
        code = int(left.code or 0)
    return code, json.loads(capsys.readouterr().out)


@pytest.fixture
def file(tmp_path):
    def write(*rows, head=HEAD):
        path = tmp_path / "officers.xlsx"
        path.write_bytes(workbook(list(rows), head))
        return path

    return write


def test_officers_come_from_a_workbook_as_a_whole_or_not_at_all(capsys, file, tmp_path):
    union, shop = UnionFactory(name="甲镇总工会", area_code="440605101"), EnterpriseFactory()
    rows = [
        ("li.wen", "李文", "工会干部", "440605101", "2026-01-01", ""),
        ("he.yi", "何一", "Enterprise union clerk", shop.credit_code, "2026年1月1日", "2026/12/31"),
    ]
    code, said = answer(
        capsys, "import_officers", file(*rows, ("zhao", "赵", "cashier", "nowhere", "2026-01-01", ""))
    )
    assert (code, said["applied"], [row["code"] for row in said["rows"]]) == (
        1,
        False,
        [None, None, "place_unknown"],
    )
    code, said = answer(capsys, "import_officers", file(*rows), "--dry-run")
    assert (code, said["applied"], User.objects.count()) == (0, False, 0)
    report = tmp_path / "out.xlsx"
    code, said = answer(capsys, "import_officers", file(*rows), "--report", report)
    assert (code, said["applied"], said["counts"]["new"]) == (0, True, 2)
    posts = {
        (user.username, post.role, post.where) for user in User.objects.all() for post in user.posts.all()
    }
    assert posts == {("li.wen", "union_officer", union), ("he.yi", "enterprise_clerk", shop)}
    cells = CalamineWorkbook.from_path(report).get_sheet_by_index(0).to_python()
    assert [row[-1] for row in cells[1:]] == [row["link"] for row in said["rows"]]
    assert not User.objects.get(username="he.yi").has_usable_password()
    code, said = answer(capsys, "import_officers", file(*rows))
    assert said["counts"] == {"new": 0, "post": 0, "unchanged": 2, "refused": 0}


def test_a_file_that_is_no_list_of_officers_is_refused_with_a_code(capsys, file, tmp_path):
    text = tmp_path / "note.xlsx"
    text.write_bytes(b"no workbook")
    assert answer(capsys, "import_officers", text)[1]["refused"]["code"] == "file_unreadable"
    assert (
        answer(capsys, "import_officers", file(("a",), head=("姓名",)))[1]["refused"]["code"]
        == "headings_missing"
    )
    assert answer(capsys, "import_officers", file())[1]["refused"]["code"] == "file_empty"
    who = ("--officer", "nobody")
    assert answer(capsys, "import_officers", file(), *who)[1]["refused"]["code"] == "officer_unknown"


def test_a_post_is_handed_over_and_back_from_the_command_line(capsys):
    post, heir = PostFactory(union=UnionFactory()), UserFactory()
    day = clock.today() + 3 * DAY
    base = ("hand_over_post", "--from", post.user.username)
    code, said = answer(capsys, *base, "--to", heir.username, "--on", day)
    assert (code, said["first_day"]) == (0, day.isoformat())
    assert {"text": "Rosters to check and confirm", "count": 0} in said["open_work"]
    assert answer(capsys, *base, "--to", heir.username, "--on", day)[1]["refused"]["code"] == "hand_over_made"
    assert answer(capsys, *base, "--undo") == (0, {"refused": None, "undone": True})
    assert HandOver.objects.get().undone_by == "system:hand_over_post"
    assert answer(capsys, *base, "--undo")[1]["refused"]["code"] == "hand_over_unknown"
    assert answer(capsys, *base, "--role", Role.CASHIER, "--undo")[1]["refused"]["code"] == "post_unknown"
    assert answer(capsys, *base, "--to", "nobody", "--on", day)[1]["refused"]["code"] == "user_unknown"
    with pytest.raises(CommandError):
        call_command(*base)
