import pytest

from unionbenefits.demo.summary import table, width


@pytest.mark.parametrize(
    ("text", "columns"), [("", 0), ("abc", 3), ("南海", 4), ("（示例）", 8), ("a·b…–", 5), ("𬱖", 2)]
)
def test_width_counts_terminal_columns(text, columns):
    assert width(text) == columns


def test_table_aligns_wide_and_narrow_letters():
    rows = [("工会", "35", "unions"), ("Workers", "20,812", "")]
    assert table(rows, numbers=frozenset({1})) == [
        "  工会         35  unions",
        "  Workers  20,812",
    ]
