"""Judged rows into the working table: sealed in Python, loaded by COPY."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
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
    "occupation", "occupation_as_given", "work_relation", "joined_on", "note", "cleared",
)  # fmt: skip
_COMPLETED: Final = (
    "phone", "sex", "birth", "occupation", "occupation_title", "work_relation", "joined_on", "note",
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
            rows[row.duplicate_of] = replace(first, **missing)


def _chunks(rows: Sequence[JudgedRow], places: Mapping[Named, Place]) -> Iterator[str]:
    """Sealed and written in chunks, which is fast and needs little memory."""
    ring, number_label, phone_label = keyring(), _label("number"), _label("phone")
    job_of = _Jobs().of
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
        lines = [
            f"{n}\t{_about(row, places)}\t{number_and_phone}\t{row.sex or ''}\t{row.birth or NULL}\t"
            f"{job_of(row)}\t{_rest(row)}\n"
            for n, (row, number_and_phone) in enumerate(
                zip(chunk, map("\t".join, sealed), strict=True), start
            )
        ]
        yield "".join(lines)


def _binary(values: list[bytes | None]) -> list[str]:
    return [NULL if value is None else f"\\\\x{value.hex()}" for value in values]


def _about(row: JudgedRow, places: Mapping[Named, Place]) -> str:
    """The columns from `sheet` to `issuer`."""
    findings, verdict = row.findings, row.verdict
    place = places[row.credit_code, row.enterprise_name]
    if place.finding is not None and place.finding.code not in row.codes:
        findings, verdict = with_finding(findings, verdict, place.finding)
    codes, cells = _NOTHING_FOUND, NULL
    if findings:
        codes, cells = escaped(stored(findings)), f"\\\\x{sealed_cells(row.cells).hex()}"
    name = clean(row.name or "", 100)
    key = name_key(name)
    written = escaped(name)
    enterprise = NULL if place.enterprise_id is None else place.enterprise_id
    return (
        f"{_text(row.sheet)}\t{row.row}\t{verdict}\tnone\t{codes}\t{cells}\t{enterprise}\t{written}\t"
        f"{written if key == name else escaped(key)}\t{row.kind or ''}\t{row.issuer}"
    )


class _Jobs(dict[tuple[str | None, str | None], str]):
    """The columns `occupation` to `work_relation`, written once per different pair of title and relation."""

    def of(self, row: JudgedRow) -> str:
        """As text of the COPY; the title decides the occupation."""
        said = (row.occupation_title, row.work_relation)
        found = self.get(said)
        if found is None:
            found = self[said] = (
                f"{_text(row.occupation)}\t{_text(row.occupation_title)}\t{_text(row.work_relation)}"
            )
        return found


def _rest(row: JudgedRow) -> str:
    """The columns from `joined_on` on."""
    if (
        not row.note
        and row.phone is not CLEAR
        and row.occupation_title is not CLEAR
        and row.work_relation is not CLEAR
    ):
        return f"{row.joined_on or NULL}\t\t{{}}"
    return f"{row.joined_on or NULL}\t{_text(row.note, 200)}\t{_cleared(row)}"


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
    if CLEAR not in (row.phone, row.occupation_title, row.work_relation, row.note):
        return "{}"
    named = (
        ("phone", row.phone),
        ("occupation", row.occupation_title),
        ("work_relation", row.work_relation),
        ("note", row.note),
    )
    return f"{{{','.join(name for name, value in named if value is CLEAR)}}}"


def clean(text: str, limit: int | None = None) -> str:
    """Text that PostgreSQL takes: no NUL, no lone surrogates, not over the column's length."""
    if not text.isprintable():
        text = text.replace("\x00", "").encode("utf-8", "replace").decode()
    return text if limit is None else text[:limit]
