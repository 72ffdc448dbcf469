"""The same person, phone or document more than once in one file (cases C005, C016, C060, C064, C066). Pure.

The first usable row of a document stands; later ones are compared with it. Nothing here merges two documents.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Final

from unionbenefits.workers.names import Likeness, compare_names, name_key, share_a_character
from unionbenefits.workers.roster.codes import Code
from unionbenefits.workers.roster.facts import Clear, Field, FileWarning, Finding, JudgedRow, Verdict
from unionbenefits.workers.roster.neighbours import with_finding

_COMPARED: Final = (
    (Field.PHONE, "phone"),
    (Field.OCCUPATION, "occupation_title"),
    (Field.WORK_RELATION, "work_relation"),
    (Field.JOINED_ON, "joined_on"),
    (Field.INSURANCE, "insurance"),
)
"""What two rows of one person at one enterprise must not contradict; remarks may differ (case C005)."""
_WIDELY: Final = 5
_BAD_NAMES: Final = frozenset(
    {
        Code.NAME_ILLEGAL_CHARACTERS,
        Code.NAME_NOT_AS_ON_CARD,
        Code.NAME_UNREADABLE,
        Code.NAME_PRIVATE_CHARACTER,
        Code.NAME_MIXED,
        Code.NAME_TOO_LONG,
    }
)


def judge_duplicates(rows: list[JudgedRow]) -> list[FileWarning]:
    """Adds to all rows of a file, in place, what other rows say of the same person, document or phone."""
    finder = _Finder(rows)
    for index in range(len(rows)):
        finder.look_at(index)
    return finder.warnings()


class _Finder:
    """Indexes of the rows seen so far, by document, by name and birth, by name and phone, by phone."""

    def __init__(self, rows: list[JudgedRow]) -> None:
        self._rows = rows
        self._documents: dict[Hashable, int] = {}
        self._numbers: dict[str, int] = {}
        self._persons: dict[int, int] = {}
        self._phones: dict[str, int] = {}
        self._phone_uses: dict[str, int] = {}

    def look_at(self, index: int) -> None:
        """Compares one row with those before it and remembers it."""
        row = self._rows[index]
        if row.number is None or row.verdict is Verdict.REJECT:
            return
        key = (
            row.number
            if row.sex is not None and len(row.number) == 18
            else (row.kind, row.issuer, row.number)
        )
        first = self._documents.get(key)
        if first is None or (_has_bad_name(self._rows[first]) and not _has_bad_name(row)):
            self._documents[key] = index
            self._look_for_same_person(index)
            self._look_for_phone(index)
            return
        self._compare(first, index)
        if self._rows[first].verdict is Verdict.HOLD and self._rows[index].verdict is Verdict.ACCEPT:
            self._documents[key] = index

    def _add(
        self, index: int, code: Code, field: Field | None, other: int, proposed: str | None = None
    ) -> None:
        finding = Finding(code, field, {"row": self._place(index, other)}, proposed)
        self._rows[index] = with_finding(self._rows[index], finding)

    def _place(self, index: int, other: int) -> str:
        """The number of another row, with its sheet where that is a different one."""
        row = self._rows[other]
        return str(row.row) if row.sheet == self._rows[index].sheet else f"{row.sheet}!{row.row}"

    def _compare(self, first: int, index: int) -> None:
        """One document twice: the same again, a second enterprise, another name, other values."""
        known, row = self._rows[first], self._rows[index]
        likeness = compare_names(known.name or "", row.name or "")
        if likeness is Likeness.DIFFERS:
            self._note_other_name(first, index)
            return
        if likeness is Likeness.VARIANT:
            self._add(index, Code.NAME_VARIANT, Field.NAME, first, known.name)
        same_place = _enterprise(known) == _enterprise(row)
        self._compare_values(first, index, _COMPARED if same_place else _COMPARED[:1])
        if not same_place:
            self._add(index, Code.SECOND_ENTERPRISE_IN_FILE, Field.ENTERPRISE_NAME, first)
        elif Code.DUPLICATE_DIFFERS not in self._rows[index].codes:
            self._add(index, Code.DUPLICATE_IN_FILE, Field.DOCUMENT_NUMBER, first)
            if known.verdict is Verdict.ACCEPT:
                self._rows[index] = self._rows[index]._replace(duplicate_of=first)

    def _compare_values(self, first: int, index: int, compared: tuple[tuple[Field, str], ...]) -> None:
        known, row = self._rows[first], self._rows[index]
        for field, name in compared:
            one, other = getattr(known, name), getattr(row, name)
            if (
                one is None
                or other is None
                or one == other
                or isinstance(one, Clear)
                or isinstance(other, Clear)
            ):
                continue
            self._add(index, Code.DUPLICATE_DIFFERS, field, first, str(one))

    def _note_other_name(self, first: int, index: int) -> None:
        known, row = self._rows[first], self._rows[index]
        one, other = known.name or "", row.name or ""
        if not row.issuer and row.kind == "passport" and known.birth != row.birth:
            self._add(index, Code.DOCUMENT_ISSUER_UNKNOWN, Field.ISSUER, first)
            self._add(first, Code.DOCUMENT_ISSUER_UNKNOWN, Field.ISSUER, index)
        elif _is_han(one) and _is_han(other) and not share_a_character(one, other):
            self._add(index, Code.DOCUMENT_SHARED, Field.DOCUMENT_NUMBER, first)
            self._add(first, Code.DOCUMENT_SHARED, Field.DOCUMENT_NUMBER, index)
        else:
            self._add(index, Code.NAME_DIFFERS, Field.NAME, first, known.name)

    def _look_for_same_person(self, index: int) -> None:
        """Another document with the same name and birth: offered, never merged (case C066).

        Homonyms with one birthday exist: two documents of one kind need the same phone as well.
        """
        row = self._rows[index]
        if not row.name or row.birth is None:
            return
        # A whole number instead of a tuple: 200,000 rows fit in memory. Equal hashes are compared below.
        before = self._persons.setdefault(hash((name_key(row.name), row.birth)), index)
        if before == index:
            return
        other = self._rows[before]
        same = other.birth == row.birth and name_key(other.name or "") == name_key(row.name)
        if same and (other.kind is not row.kind or (row.phone is not None and row.phone == other.phone)):
            self._add(index, Code.POSSIBLE_SAME_PERSON, Field.DOCUMENT_NUMBER, before)

    def _look_for_phone(self, index: int) -> None:
        """One phone for two documents: under one name perhaps one person whose number changed (C068)."""
        phone = self._rows[index].phone
        if not isinstance(phone, str) or isinstance(phone, Clear):
            return
        first = self._phones.setdefault(phone, index)
        if first == index:
            return
        self._phone_uses[phone] = self._phone_uses.get(phone, 1) + 1
        if name_key(self._rows[first].name or "") == name_key(self._rows[index].name or ""):
            self._add(index, Code.POSSIBLE_SAME_PERSON, Field.DOCUMENT_NUMBER, first)
        self._add(index, Code.PHONE_SHARED, Field.PHONE, first)

    def warnings(self) -> list[FileWarning]:
        """About phones that stand for many people."""
        return [
            FileWarning(
                Code.PHONE_SHARED_WIDELY,
                self._rows[self._phones[phone]].sheet,
                {"count": str(uses)},
                (self._rows[self._phones[phone]].row,),
            )
            for phone, uses in self._phone_uses.items()
            if uses > _WIDELY
        ]


def _has_bad_name(row: JudgedRow) -> bool:
    """Such a row is no measure for others of the same document: 王? does not hold up 王䶮."""
    return row.verdict is Verdict.HOLD and not _BAD_NAMES.isdisjoint(row.codes)


def _enterprise(row: JudgedRow) -> str | None:
    return row.credit_code or row.enterprise_name


def _is_han(name: str) -> bool:
    return all("\u3400" <= character <= "\u9fff" or character >= "\U00020000" for character in name_key(name))
