"""Names: stored form, comparison, private-use characters."""

import pytest

from unionbenefits.workers.name_tables import PRIVATE_CHARACTERS, VARIANTS
from unionbenefits.workers.names import Likeness, clean_name, compare_names, name_key, share_a_character


@pytest.mark.parametrize("dot", "·•．・‧.。∙⋅-－ ")
def test_every_form_of_the_dot_is_stored_as_one(dot):
    assert clean_name(f"古丽测热{dot}艾测布力").name == "古丽测热·艾测布力"


def test_key_ignores_dots_blanks_case_and_width():
    spellings = ("古丽测热·艾测布力", "古丽测热艾测布力", "古丽测热 艾测布力")
    assert len({name_key(name) for name in spellings}) == 1
    assert name_key("O'Test Maria-Lopez") == name_key("ＯＴＥＳＴ　ＭＡＲＩＡ　ＬＯＰＥＺ")


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        ("王䶮", "王\ue863", Likeness.SAME),
        ("王䶮", "王龑", Likeness.DIFFERS),
        ("张测訢", "张测䜣", Likeness.VARIANT),
        ("刘测喆", "刘测哲", Likeness.DIFFERS),
        ("陳測豐", "陈測丰", Likeness.VARIANT),
        ("MARIA TESTA", "Testa Maria", Likeness.VARIANT),
        ("王芳", "王YAN", Likeness.DIFFERS),
    ],
)
def test_two_names_of_one_document(one, other, likeness):
    assert compare_names(one, other) is likeness
    assert compare_names(other, one) is likeness


def test_stored_name_is_never_simplified_or_folded():
    for name in ("张测訢", "王﨑", "李測", "赵测峯", "𠮷测"):
        assert clean_name(name).name == name


def test_private_code_points_of_gbk_lead_to_real_characters():
    assert PRIVATE_CHARACTERS[0xE863] == "䶮"
    assert PRIVATE_CHARACTERS[0xE831] == "\U000215d7"
    assert len([code for code in PRIVATE_CHARACTERS if 0xE815 <= code <= 0xE864]) == 80
    assert not [new for new in PRIVATE_CHARACTERS.values() if 0xE000 <= ord(new) <= 0xF8FF]


def test_characters_of_different_people_are_not_in_one_group():
    groups = [set(group) for group in VARIANTS.split()]
    for pair in ("喆哲", "䶮龑", "肖萧", "付傅", "代戴", "阎闫"):
        assert not [group for group in groups if set(pair) <= group]


def test_strangers_share_no_character():
    assert not share_a_character("张测甲", "李文乙")
    assert share_a_character("陳測", "陈文")
