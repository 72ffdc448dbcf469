"""Judged rows into the working table: sealed in Python, loaded by COPY."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from unionbenefits.core import sql
from unionbenefits.core.copy import copy_rows
from unionbenefits.core.crypto.keyring import keyring
from unionbenefits.workers.models import RosterRow
from unionbenefits.workers.names import name_key
from unionbenefits.workers.roster.facts import (
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
    "n", "sheet", "row", "verdict", "action", "codes", "cells", "enterprise_id", "name", "name_key", "document_kind",
    "issuer", "number", "number_digest", "phone", "phone_digest", "sex", "birth_date", "occupation",
    "occupation_as_given", "work_relation", "joined_on", "note", "cleared",
)  # fmt: skip
_NOTHING_FOUND: Final = "[]"
_NOTHING_CLEARED: Final[list[str]] = []


def open_stage() -> None:
    """An empty working table in the current transaction."""
    sql.run(SQL, "open_stage")


def fill_stage(rows: Sequence[JudgedRow], places: Mapping[Named, Place]) -> None:
    """Loads the rows, numbered as in the list."""
    copy_rows("roster_stage", _COLUMNS, _lines(rows, places))


def _lines(rows: Sequence[JudgedRow], places: Mapping[Named, Place]) -> Iterator[tuple[Any, ...]]:
    """Sealed in chunks, which is fast and needs little memory."""
    ring, number_label, phone_label = keyring(), _label("number"), _label("phone")
    for start in range(0, len(rows), CHUNK):
        chunk = rows[start : start + CHUNK]
        numbers = [row.number for row in chunk]
        phones = [None if row.phone is None or isinstance(row.phone, Clear) else row.phone for row in chunk]
        sealed = ring.seal_many(numbers, number_label), ring.seal_many(phones, phone_label)
        found = _digests(numbers, "document.number"), _digests(phones, "phone")
        for at, row in enumerate(chunk):
            place = places[row.credit_code, row.enterprise_name]
            yield _line(start + at, row, place, sealed[0][at], found[0][at], sealed[1][at], found[1][at])


def _digests(texts: list[str | None], purpose: str) -> list[bytes | None]:
    digest = keyring().digest
    return [None if text is None else digest(text, purpose) for text in texts]


def _line(
    n: int,
    row: JudgedRow,
    place: Place,
    number: bytes | None,
    number_digest: bytes | None,
    phone: bytes | None,
    phone_digest: bytes | None,
) -> tuple[Any, ...]:
    """One line of the COPY, in the order of `_COLUMNS`."""
    name = clean(row.name or "", 100)
    findings, verdict = row.findings, row.verdict
    if place.finding is not None:
        findings, verdict = with_finding(findings, verdict, place.finding)
    return (
        n, clean(row.sheet, 60), row.row, verdict.value, "none", stored(findings),
        sealed_cells(row.cells) if findings else None, place.enterprise_id, name, name_key(name),
        row.kind.value if row.kind else "", row.issuer, number, number_digest, phone, phone_digest,
        row.sex.value if row.sex else "", row.birth, _value(row.occupation), _value(row.occupation_title, 60),
        _value(row.work_relation), row.joined_on, _value(row.note, 200), _cleared(row),
    )  # fmt: skip


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


def _value(value: str | Clear | None, limit: int = 60) -> str:
    return "" if value is None or isinstance(value, Clear) else clean(value, limit)


def _cleared(row: JudgedRow) -> list[str]:
    """Names of the fields whose cell asks to wipe what is on file."""
    cleared = [
        name
        for name, value in (
            ("phone", row.phone),
            ("occupation", row.occupation_title),
            ("work_relation", row.work_relation),
            ("note", row.note),
        )
        if isinstance(value, Clear)
    ]
    return cleared or _NOTHING_CLEARED


def clean(text: str, limit: int | None = None) -> str:
    """Text that PostgreSQL takes: no NUL, no lone surrogates, not over the column's length."""
    if not text.isprintable():
        text = text.replace("\x00", "").encode("utf-8", "replace").decode()
    return text if limit is None else text[:limit]
