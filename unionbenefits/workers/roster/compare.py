"""What the register has to say about judged rows: who they are, what they change, whom they resemble."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from unionbenefits.core import sql
from unionbenefits.core.copy import copy_rows
from unionbenefits.core.crypto.keyring import keyring
from unionbenefits.core.masking import mask_phone
from unionbenefits.workers.models import Worker
from unionbenefits.workers.names import Likeness, compare_names
from unionbenefits.workers.roster.codes import Code
from unionbenefits.workers.roster.facts import Field, Finding, JudgedRow, Verdict
from unionbenefits.workers.roster.stage import SQL, sealed_cells, stored, with_finding

Row = Mapping[str, Any]
NOTHING = "–"
"""Stands where nothing was on file."""
_TOLD = (Field.INSURANCE.value, Field.REAL_NAME.value)
"""Changes of the person that are told like those of a membership."""
_CLASH_FIELD: Mapping[str, Field] = {
    "phone_used_by_another": Field.PHONE,
    "document_issuer_unknown": Field.ISSUER,
}


def match() -> None:
    """Finds, for every staged row, the worker, the membership, the changes and the clashes."""
    sql.run(SQL, "match")
    sql.run(SQL, "clash")
    sql.run(SQL, "decided")


def match_and_lock() -> None:
    """`match`, with every worker and membership that would be changed locked, and looked at again once
    it is.
    """
    match()
    held = 0
    while (locked := sql.run(SQL, "lock_workers") + sql.run(SQL, "lock_memberships")) > held:
        held = locked
        match()


def changes_as_told() -> bool:
    """Whether the staged rows that change something still change what their findings say, old → new."""
    told_of = {Code.VALUE_CHANGED, Code.VALUE_CLEARED}
    for known in sql.stream(SQL, "unusual"):
        if known["action"] != "changed":
            continue
        told = [f for f in stored_findings(known["codes"]) if f.code in told_of]
        now = list(_changes(known))
        if now and now != told:
            return False
    return True


def find_unusual(rows: Sequence[JudgedRow]) -> None:
    """Adds the register's findings to the rows that need words; `rows` as they were staged."""
    sql.run(SQL, "open_findings")
    # Asked before the COPY begins: the connection can do one thing at a time.
    unusual = sql.stream(SQL, "unusual")
    copy_rows("roster_finding", ("n", "verdict", "codes", "cells", "worker_id"), _told(unusual, rows))


def _told(unusual: Iterator[dict[str, Any]], rows: Sequence[JudgedRow]) -> Iterator[tuple[Any, ...]]:
    for known in unusual:
        row = rows[known["n"]]
        findings, verdict = stored_findings(known["codes"]), Verdict(known["verdict"])
        told = len(findings)
        for finding in _findings(known):
            findings, verdict = with_finding(findings, verdict, finding)
        if len(findings) > told:
            yield (
                known["n"],
                verdict.value,
                stored(findings),
                sealed_cells(row.cells),
                known["clash_worker_id"] if known["worker_id"] is None else known["worker_id"],
            )


def stored_findings(codes: Any) -> tuple[Finding, ...]:
    """The findings that `RosterRow.codes` keeps, as data again."""
    kept = json.loads(codes) if isinstance(codes, str) else codes
    return tuple(
        Finding(
            Code(one["code"]),
            Field(one["field"]) if one.get("field") else None,
            one.get("params", {}),
            one.get("proposed"),
        )
        for one in kept
    )


def _findings(known: Row) -> Iterator[Finding]:
    yield from _about_person(known)
    for clash in known["clashes"] or ():
        code, _mark, workers = clash.partition(":")
        yield Finding(Code(code), _CLASH_FIELD.get(code, Field.DOCUMENT_NUMBER), {"workers": workers})
    if known["phone_missing"]:
        yield Finding(Code.PHONE_MISSING, Field.PHONE)
    if known["phone_kept"]:
        yield Finding(Code.PHONE_KEPT, Field.PHONE)
    yield from _changes(known)


def _about_person(known: Row) -> Iterator[Finding]:
    """The holder of the document on file compared with the person in the row. Never tells what is on file."""
    if known["name_differs"]:
        likeness = compare_names(known["old_name"], known["new_name"])
        if likeness is Likeness.DIFFERS:
            yield Finding(Code.NAME_DIFFERS, Field.NAME)
        elif likeness is Likeness.VARIANT:
            yield Finding(Code.NAME_VARIANT, Field.NAME)
    if known["birth_differs"]:
        yield Finding(Code.BIRTH_DIFFERS, Field.BIRTH)
    if known["sex_differs"]:
        yield Finding(Code.SEX_DIFFERS, Field.SEX)


def _changes(known: Row) -> Iterator[Finding]:
    """Every value that becomes another one, old → new (case C048)."""
    if "phone" in known["person_changes"]:
        yield _changed(Field.PHONE, _masked(known["old_phone"]), _masked(known["new_phone"]))
    for name in (*(name for name in _TOLD if name in known["person_changes"]), *known["member_changes"]):
        field = Field(name)
        yield _changed(field, _shown(known, "old", field), _shown(known, "new", field))


def _changed(field: Field, old: str, new: str) -> Finding:
    params = {"field": field.value, "old": old or NOTHING}
    if not new:
        return Finding(Code.VALUE_CLEARED, field, params)
    return Finding(Code.VALUE_CHANGED, field, params | {"new": new})


def _shown(known: Row, side: str, field: Field) -> str:
    """A value as the findings keep it; codes become titles when they are shown."""
    value = known[f"{side}_{field.value}"]
    if field is Field.OCCUPATION:
        value = known[f"{side}_occupation_as_given"] or value
    return "" if value is None else str(value)


def _masked(sealed: bytes | None) -> str:
    label = Worker._meta.get_field("phone").label
    return "" if sealed is None else mask_phone(keyring().open(sealed, label))
