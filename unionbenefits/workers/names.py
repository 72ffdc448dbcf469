"""Personal names: cleaning, shape and comparison (cases C016, C040, C046, C060, C062, C064). Pure.

The stored name is what stands on the card, at full length and in its own characters: no compatibility
folding, no simplifying. Only invisible characters, the width of Latin letters, inner blanks, the form of the
dot and known private-use code points are put right. `name_key`, without dots, blanks and case, compares.
"""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from typing import Final, NamedTuple

from unionbenefits.workers import text as texts
from unionbenefits.workers.name_tables import (
    COMPOUND_SURNAMES,
    DOT,
    DOTS,
    HYPHENS,
    PRIVATE_CHARACTERS,
    SURNAMES,
    VARIANT_OF,
)

MAX_LENGTH: Final = 100

is_plain_han = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]{1,4}").fullmatch
_HAN = r"\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_han = re.compile(f"[{_HAN}]")
_only_han = re.compile(f"[{_HAN}]+").fullmatch
_latin = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_DOT_BETWEEN_HAN = re.compile(f"(?<=[{_HAN}])\\s*[{re.escape(DOTS + HYPHENS)}]+\\s*(?=[{_HAN}])")
_BLANK_AT_HAN = re.compile(f"(?<=[{_HAN}])\\s+|\\s+(?=[{_HAN}])")
_DOT_ANYWHERE = re.compile(f"[{re.escape(DOTS.replace('.', '').replace('。', ''))}]")
_ILLEGAL = re.compile(r"[<>{}\[\]\"“”&;$=\\/|@#%^~+:：！!,，、]")
_UNREADABLE = re.compile(r"[?？*＊□■〓\ufffd�_某]|[Xx×]{2,}")
_BRACKETS = re.compile(r"[()（）【】〔〕「」『』《》〈〉]")
_TITLE = re.compile(
    r"(?:先生|女士|小姐|师傅|經理|经理|队长|站长|组长|班长|老板|同志|老师|（小）|本人|"
    r"主管|主任|总监|店长|厂长|骑手|司机|快递员|外卖员|客服|会计)$"
)
_NO_NAME = frozenset(
    {
        "无",
        "無",
        "空",
        "空白",
        "未知",
        "不详",
        "无名",
        "暂无",
        "待补",
        "测试",
        "姓名",
        "示例",
        "同上",
        "同前",
        "略",
    }
    | {"离职", "已离职", "在职", "待定", "待招", "待入职", "空缺", "合计", "小计", "总计", "无名氏", "某某"}
    | {"true", "false", "null", "none", "nan", "nil", "undefined", "test", "name"}
)
"""Written where a name should stand, by people and by programs."""
_BLANKS_BETWEEN = re.compile(r"[\s\u200b]+|[和与及跟]")
_RUNNING_NUMBER = re.compile(r"^(.*?\D)(\d+)$", re.DOTALL)
# Dots and hyphens are settled later, by what stands around them.
_WIDTHS = {code: plain for code, plain in texts.FULL_WIDTH.items() if chr(code) not in "．－"}
_CURLY = str.maketrans("’‘ʼ′`´", "''''''")


class NameProblem(StrEnum):
    """Why a name needs a person's eye; the values are roster codes."""

    MISSING = "name_missing"
    ILLEGAL_CHARACTERS = "name_illegal_characters"
    NOT_AS_ON_CARD = "name_not_as_on_card"
    UNREADABLE = "name_unreadable"
    PRIVATE_CHARACTER = "name_private_character"
    MIXED = "name_mixed"
    TOO_LONG = "name_too_long"


class Name(NamedTuple):
    """A name in its stored form. `repaired`: more than blanks was put right; keep the original too."""

    name: str
    problem: NameProblem | None = None
    repaired: bool = False


class Likeness(StrEnum):
    """How two names of the same document compare."""

    SAME = "same"
    VARIANT = "variant"
    DIFFERS = "differs"


def clean_name(given: str) -> Name:
    """The stored form of a name and what is wrong with it, if anything."""
    if is_plain_han(given) and not _suspicious(given):
        return Name(given)
    name = texts.strip_noise(given)
    if _holds_two(name):
        return Name(name, NameProblem.NOT_AS_ON_CARD)
    name = _bare(_standard_latin(name.translate(PRIVATE_CHARACTERS)))
    name = _bare(_standard_dots(_fold_blanks(name)))
    repaired = texts.remove_blanks(name) != texts.remove_blanks(given)
    return Name(name, _problem(name), repaired)


def _suspicious(name: str) -> bool:
    return "某" in name or name in _NO_NAME or _TITLE.search(name) is not None or _holds_two(name)


def _holds_two(name: str) -> bool:
    """Whether a cell holds two full names, or a name and a sex: 张测 李测, 张测和李测, 张测 男.

    欧阳 测玉 is one name, 买买提 阿不都 is one too: only parts that begin with a frequent surname count.
    """
    parts = _BLANKS_BETWEEN.split(name)
    if len(parts) != 2 or min(map(len, parts)) < 1 or len(parts[0]) < 2:
        return False
    if parts[1] in {"男", "女"}:
        return True
    return parts[0] not in COMPOUND_SURNAMES and all(
        2 <= len(part) <= 3 and part[0] in SURNAMES and _only_han(part) for part in parts
    )


def _standard_latin(name: str) -> str:
    """Full-width Latin letters, digits and brackets become plain ones; curly apostrophes straight."""
    if name.isascii():
        return name
    return name.translate(_WIDTHS).translate(_CURLY)


def _fold_blanks(name: str) -> str:
    """Blanks inside: none between the characters of 王  芳, one between Latin words, a dot in long Han names.

    A blank between two Han parts of two and more characters, five in all, stands for the dot of a minority
    name (case C060, row 9); 欧阳 测玉 has four.
    """
    parts = name.split()
    if len(parts) < 2:
        return "".join(parts)
    if not all(_only_han(part) for part in parts):
        return (
            " ".join(parts)
            if not _han.search(name)
            else re.sub(f"(?<=[{_HAN}])\\s+|\\s+(?=[{_HAN}])", "", name)
        )
    if min(map(len, parts)) >= 2 and sum(map(len, parts)) >= 5:
        return DOT.join(parts)
    return "".join(parts)


def _standard_dots(name: str) -> str:
    name = _DOT_BETWEEN_HAN.sub(DOT, name)
    return _DOT_ANYWHERE.sub(DOT, name)


def _bare(name: str) -> str:
    """The name without marks that force text, dots and blanks around it, in whatever order they stand."""
    while (bare := texts.strip_forcing(name.strip(DOT + " "))[0]) != name:
        name = bare
    return name


def _problem(name: str) -> NameProblem | None:
    if not name:
        return NameProblem.MISSING
    if len(name) > MAX_LENGTH:
        return NameProblem.TOO_LONG
    if _ILLEGAL.search(name):
        return NameProblem.ILLEGAL_CHARACTERS
    if _UNREADABLE.search(name) or name.casefold() in _NO_NAME:
        return NameProblem.UNREADABLE
    if _BRACKETS.search(name) or _TITLE.search(name):
        return NameProblem.NOT_AS_ON_CARD
    return _problem_of_letters(name)


def _problem_of_letters(name: str) -> NameProblem | None:
    kinds = {unicodedata.category(character) for character in name if character not in "·'-. "}
    if "Co" in kinds:
        return NameProblem.PRIVATE_CHARACTER
    if kinds & {"Nd", "No"}:
        return NameProblem.NOT_AS_ON_CARD
    if not kinds or not all(kind[0] in "LM" or kind == "Nl" for kind in kinds):
        return NameProblem.ILLEGAL_CHARACTERS
    if _han.search(name) and _latin.search(name):
        return NameProblem.MIXED
    return None


def running_number(name: str) -> tuple[str, str] | None:
    """(name without it, digits) of a name that ends in ASCII digits, else None (cases C062, C076)."""
    found = _RUNNING_NUMBER.match(name)
    return (found[1], found[2]) if found and found[2].isascii() else None


def name_key(name: str) -> str:
    """The form in which names are compared: at import, sign-in, payee and bank-name checks.

    >>> name_key("古丽测热．艾测布力") == name_key("古丽测热 艾测布力")
    True
    """
    if is_plain_han(name):
        return name
    folded = unicodedata.normalize("NFKC", name.translate(PRIVATE_CHARACTERS)).casefold()
    kept = (c for c in folded if unicodedata.category(c)[0] in "LMN" or c in "?*")
    return unicodedata.normalize("NFKC", "".join(kept))


def compare_names(one: str, other: str) -> Likeness:
    """Same spelling, a known variant spelling of it, or a different name."""
    key, other_key = name_key(one), name_key(other)
    if key == other_key:
        return Likeness.SAME
    if key.translate(VARIANT_OF) == other_key.translate(VARIANT_OF):
        return Likeness.VARIANT
    if _words(one) == _words(other):
        return Likeness.VARIANT
    return Likeness.DIFFERS


def _words(name: str) -> list[str]:
    """Latin words in alphabetical order: surname first or last is one name."""
    return sorted(re.split(r"[^\w]+", unicodedata.normalize("NFKC", name).casefold()))


def share_a_character(one: str, other: str) -> bool:
    """Whether two names have any character in common, variants counted as one."""
    return not set(name_key(one).translate(VARIANT_OF)).isdisjoint(name_key(other).translate(VARIANT_OF))
