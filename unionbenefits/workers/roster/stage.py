"""Judged rows into the working table: sealed in Python, loaded by COPY."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from unionbenefits.core import sql
from unionbenefits.core.copy import NULL, copy_lines, escaped
from unionbenefits.core.crypto.keyring import keyring
from unionbenefits.workers.models import RosterRow
from unionbenefits.workers.names import name_key
from unionbenefits.workers.roster.facts import (
    CLEAR,
    Cell,
    Clear,
    Field,
    FileWarning,
    Finding,
    JudgedRow,
    SheetReport,
    Verdict,
)
from unionbenefits.workers.roster.normalise import text_of
from unionbenefits.workers.roster.places import Named, Place

SQL: Final = Path(__file__).parent / "sql"
CHUNK: Final = 2000
_COLUMNS: Final = (
    "n", "sheet", "row", "verdict", "action", "codes", "cells", "enterprise_id", "name", "name_key",
    "document_kind", "issuer", "number", "number_digest", "phone", "phone_digest", "sex", "birth_date",
    "occupation", "occupation_as_given", "work_relation", "joined_on", "note", "cleared", "basic_insurance",
    "real_name_checked_on",
)  # fmt: skip
_COMPLETED: Final = (
    "phone", "sex", "birth", "occupation", "occupation_title", "work_relation", "joined_on", "note",
    "insurance", "real_name_on",
)  # fmt: skip
_NOTHING_FOUND: Final = "[]"


def open_stage() -> None:
    """An empty working table in the current transaction."""
    sql.run(SQL, "open_stage")


def fill_stage(rows: list[JudgedRow], places: Mapping[Named, Place]) -> None:
    """Loads the rows, numbered as in the list."""
    _complete(rows)
    copy_lines("roster_stage", _COLUMNS, _chunks(rows, places))


def _complete(rows: list[JudgedRow]) -> None:
    """Fills, in place, the blanks of a person's first row from the rows that say the same person there
    again.
    """
    for row in rows:
        if row.duplicate_of is None or row.verdict is not Verdict.ACCEPT:
            continue
        first = rows[row.duplicate_of]
        missing = {name: getattr(row, name) for name in _COMPLETED if getattr(first, name) is None}
        if any(value is not None for value in missing.values()):
            rows[row.duplicate_of] = first._replace(**missing)


def _chunks(rows: Sequence[JudgedRow], places: Mapping[Named, Place]) -> Iterator[str]:
    """Sealed and written in chunks, which is fast and needs little memory."""
    ring, number_label, phone_label = keyring(), _label("number"), _label("phone")
    write = _Writer(places).write
    for start in range(0, len(rows), CHUNK):
        chunk = rows[start : start + CHUNK]
        numbers = [row.number for row in chunk]
        phones = [None if row.phone is None or row.phone is CLEAR else str(row.phone) for row in chunk]
        sealed = zip(
            _binary(ring.seal_many(numbers, number_label)),
            _binary(ring.digest_many(numbers, "document.number")),
            _binary(ring.seal_many(phones, phone_label)),
            _binary(ring.digest_many(phones, "phone")),
            strict=True,
        )
        yield "".join(map(write, map(str, range(start, len(rows))), chunk, map("\t".join, sealed)))


def _binary(values: list[bytes | None]) -> list[str]:
    return [NULL if value is None else f"\\\\x{value.hex()}" for value in values]


class _Writer:
    """Writes rows as lines of the COPY; what a roster repeats is written once."""

    def __init__(self, places: Mapping[Named, Place]) -> None:
        self._places = {
            named: NULL if place.enterprise_id is None else str(place.enterprise_id)
            for named, place in places.items()
        }
        self._told = {named: place.finding for named, place in places.items() if place.finding is not None}
        self._sheets: dict[str, str] = {}
        self._jobs: dict[tuple[str | None, str | None], str] = {}

    def write(self, n: str, row: JudgedRow, number_and_phone: str) -> str:
        """One line. Joined and not formatted: enumerated values are text already, and joining knows it."""
        verdict, codes, cells = row.verdict, _NOTHING_FOUND, NULL
        named = row.credit_code, row.enterprise_name
        if row.findings or named in self._told:
            verdict, codes, cells = self._findings(row, self._told.get(named))
        name = clean(row.name or "", 100)
        key = name_key(name)
        written = escaped(name)
        line = (
            n, self._sheets.get(row.sheet) or self._sheet(row.sheet), str(row.row), verdict, "none", codes,
            cells, self._places[named], written, written if key == name else escaped(key), row.kind or "",
            row.issuer, number_and_phone, row.sex or "", str(row.birth or NULL),
            self._jobs.get((row.occupation_title, row.work_relation)) or self._job(row),
            str(row.joined_on or NULL), _text(row.note, 200) if row.note else "", _cleared(row),
            _text(row.insurance), str(row.real_name_on or NULL),
        )  # fmt: skip
        return "\t".join(line) + "\n"

    @staticmethod
    def _findings(row: JudgedRow, told: Finding | None) -> tuple[Verdict, str, str]:
        """Verdict, codes and cells of a row of which something is said."""
        findings, verdict = row.findings, row.verdict
        if told is not None and told.code not in row.codes:
            findings, verdict = with_finding(findings, verdict, told)
        return verdict, escaped(stored(findings)), f"\\\\x{sealed_cells(row.cells).hex()}"

    def _sheet(self, name: str) -> str:
        self._sheets[name] = _text(name)
        return self._sheets[name]

    def _job(self, row: JudgedRow) -> str:
        """The columns `occupation` to `work_relation`; the title decides the occupation."""
        written = "\t".join(map(_text, (row.occupation, row.occupation_title, row.work_relation)))
        self._jobs[row.occupation_title, row.work_relation] = written
        return written


def _text(value: str | Clear | None, limit: int = 60) -> str:
    return "" if value is None or value is CLEAR else escaped(clean(value, limit))


def with_finding(
    findings: tuple[Finding, ...], verdict: Verdict, finding: Finding
) -> tuple[tuple[Finding, ...], Verdict]:
    """One finding more, and the verdict that is then due: it only ever gets heavier."""
    if any(one.code is finding.code and one.field is finding.field for one in findings):
        return findings, verdict
    due = verdict
    if finding.severity == "reject":
        due = Verdict.REJECT
    elif finding.severity == "hold" and verdict is Verdict.ACCEPT:
        due = Verdict.HOLD
    return (*findings, finding), due


def stored(findings: Sequence[Finding]) -> str:
    """Findings as `RosterRow.codes` keeps them: a list of {code, field?, params?, proposed?}."""
    return json.dumps([_stored(finding) for finding in findings]) if findings else _NOTHING_FOUND


def _stored(finding: Finding) -> dict[str, Any]:
    kept: dict[str, Any] = {"code": finding.code.value}
    if finding.field is not None:
        kept["field"] = finding.field.value
    if finding.params:
        kept["params"] = {key: clean(str(value)) for key, value in finding.params.items()}
    if finding.proposed is not None:
        kept["proposed"] = clean(finding.proposed)
    return kept


def stored_warning(warning: FileWarning) -> dict[str, Any]:
    """A warning as `Roster.notices` keeps it."""
    return {
        "code": warning.code.value,
        "sheet": clean(warning.sheet),
        "params": {key: clean(str(value)) for key, value in warning.params.items()},
        "rows": list(warning.rows),
    }


def stored_sheet(report: SheetReport) -> dict[str, Any]:
    """How a sheet was understood, as `Roster.sheets` keeps it."""
    mapping = report.mapping
    fields: dict[int, Field] = {}
    if mapping is not None:
        fields = {index: field for field, indexes in mapping.columns.items() for index in indexes}
    headings = mapping.headings if mapping is not None else ()
    return {
        "name": clean(report.name),
        "state": report.state.value,
        "header_row": mapping.header_row if mapping is not None else None,
        "rows": report.rows,
        "hidden_rows": report.hidden_rows,
        "columns": [
            {
                "index": index,
                "heading": clean(heading),
                "field": fields[index].value if index in fields else None,
            }
            for index, heading in enumerate(headings)
        ],
    }


def sealed_cells(cells: Sequence[Cell]) -> bytes:
    """The row as written, sealed: it may hold anything personal."""
    return keyring().seal(json.dumps([text_of(cell) for cell in cells]), _label("cells"))


def _label(field: str) -> str:
    """What the ciphertexts of a column of the rows are bound to."""
    return str(RosterRow._meta.get_field(field).label)  # type: ignore[union-attr]


def _cleared(row: JudgedRow) -> str:
    """The names of the fields whose cell asks to wipe what is on file, as an array."""
    wished = row.phone, row.occupation_title, row.work_relation, row.note, row.insurance
    if CLEAR not in wished:
        return "{}"
    names = ("phone", "occupation", "work_relation", "note", "basic_insurance")
    return f"{{{','.join(name for name, value in zip(names, wished, strict=True) if value is CLEAR)}}}"


def clean(text: str, limit: int | None = None) -> str:
    """Text that PostgreSQL takes: no NUL, no lone surrogates, not over the column's length."""
    if not text.isprintable():
        text = text.replace("\x00", "").encode("utf-8", "replace").decode()
    return text if limit is None else text[:limit]
