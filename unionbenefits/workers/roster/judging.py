"""From the sealed file to judged rows in the database: read, map, judge, stage, compare, keep."""

import time
from collections.abc import Callable, Mapping
from typing import Any, Final

import psycopg
from django.db import connection
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from unionbenefits.core import clock, sql
from unionbenefits.core.crypto.keyring import keyring
from unionbenefits.core.errors import Refusal
from unionbenefits.core.scope import Scope
from unionbenefits.workers.models import Roster, RosterFile, RosterLeaver, RosterRow
from unionbenefits.workers.roster import compare, leaving, queries, settling, stage
from unionbenefits.workers.roster.codes import Code
from unionbenefits.workers.roster.facts import (
    Field,
    FileWarning,
    HeaderMapping,
    Judgement,
    JudgeOptions,
    Sheet,
    SheetState,
    Workbook,
)
from unionbenefits.workers.roster.judge import judge
from unionbenefits.workers.roster.mapping import map_at, map_sheet, override
from unionbenefits.workers.roster.places import find_places
from unionbenefits.workers.roster.read import read_workbook
from unionbenefits.workers.roster.stage import SQL
from unionbenefits.workers.roster.states import RosterMode

FILE_LABEL: Final = "workers.rosterfile.sealed"
_PROGRESS_SECONDS: Final = 0.3


def keep_file(roster: Roster, content: bytes) -> None:
    """Stores the uploaded bytes, sealed. They travel as they are: as a literal they would take four
    times the memory.
    """
    sealed = keyring().seal_bytes(content, FILE_LABEL)
    with connection.cursor(), connection.wrap_database_errors:
        psycopg.Cursor(connection.connection).execute(
            "INSERT INTO workers_rosterfile (roster_id, sealed) VALUES (%s, %b)", [roster.pk, sealed]
        )


def open_file(roster: Roster) -> bytes:
    """The uploaded bytes. Raises Refusal `roster_file_removed` where they were removed."""
    kept = RosterFile.objects.filter(roster=roster).first()
    if kept is None:
        message = _("The file of this roster was removed. Upload the roster again.")
        raise Refusal("roster_file_removed", message)
    return keyring().open_bytes(bytes(kept.sealed), FILE_LABEL)


def read_and_judge(roster: Roster, content: bytes) -> Judgement:
    """The pure half, with progress written where others see it; notes format and encoding on `roster`.

    The workbook is let go before anything is staged: a large one holds 150 MB. Raises RosterRefused.
    """
    workbook = read_workbook(content, roster.file_name)
    roster.file_format, roster.encoding = workbook.format, workbook.encoding or ""
    Roster.objects.filter(pk=roster.pk).update(rows_total=_expected(workbook, roster.mapping))
    options = JudgeOptions(
        today=clock.today(),
        own_code=roster.enterprise.credit_code,
        own_name=roster.enterprise.name,
        confined=roster.as_clerk,
    )
    return judge(workbook, options, chosen_columns(workbook, roster.mapping), _progress_of(roster))


def _expected(workbook: Workbook, chosen: Mapping[str, Any]) -> int:
    """About how many rows will be judged: the filled lines of the sheets that count, less a heading each."""
    counted = [
        max(sheet.lines - 1, 0)
        for sheet in workbook.sheets
        if chosen.get(sheet.name, sheet.state is SheetState.VISIBLE or None) is not None
    ]
    return sum(counted)


def chosen_columns(workbook: Workbook, chosen: Mapping[str, Any]) -> dict[str, HeaderMapping | None]:
    """The headings that a person corrected, per sheet; None leaves a sheet out."""
    sheets = {sheet.name: sheet for sheet in workbook.sheets}
    return {name: _chosen(sheets[name], wish) for name, wish in chosen.items() if name in sheets}


def _chosen(sheet: Sheet, wish: Mapping[str, Any] | None) -> HeaderMapping | None:
    if wish is None:
        return None
    row = wish.get("header_row")
    found = map_at(sheet, int(row)) if row else map_sheet(sheet)
    if found is None:
        return None
    columns = {int(at): Field(name) if name else None for at, name in (wish.get("columns") or {}).items()}
    return override(found, columns=columns)


def _progress_of(roster: Roster, every: float = _PROGRESS_SECONDS) -> Callable[[int], None]:
    """Writes the number of judged rows at most once in `every` seconds; the history leaves it out."""
    last = time.monotonic()

    def tell(judged: int) -> None:
        nonlocal last
        if time.monotonic() - last >= every:
            last = time.monotonic()
            Roster.objects.filter(pk=roster.pk).update(rows_judged=judged)

    return tell


def keep_judgement(roster: Roster, judgement: Judgement, scope: Scope, *, to_apply: bool) -> None:
    """Replaces the roster's rows by the judged ones and fills its summary, in the caller's transaction.

    `to_apply`: the caller goes on to write them, so what they change is locked before it is compared.
    """
    rows, places = judgement.rows, find_places(judgement.rows, scope)
    roster.sheets = [stage.stored_sheet(report) for report in judgement.sheets]
    settling.drop_known_pairs(rows)
    settling.replay(roster, rows, places)
    stage.open_stage()
    stage.fill_stage(rows, places)
    match = compare.match_and_lock if to_apply else compare.match
    match()
    compare.find_unusual(rows)
    RosterRow.objects.filter(roster=roster).delete()
    RosterLeaver.objects.filter(roster=roster).delete()
    sql.run(SQL, "keep_rows", {"roster": roster.pk, "confined": roster.as_clerk})
    notices = [*_already_uploaded(roster), *judgement.warnings]
    if roster.mode == RosterMode.FULL:
        notices += leaving.find_leavers(roster)
    roster.notices = [stage.stored_warning(warning) for warning in notices]
    roster.rows_total = roster.rows_judged = len(rows)
    settling.sum_up(roster)


def _already_uploaded(roster: Roster) -> list[FileWarning]:
    """That the same bytes came before, by whom and when (case C070); a notice, since nothing is doubled."""
    earlier = queries.same_file(roster)
    if earlier is None:
        return []
    on = format_date(earlier.uploaded_at.astimezone(clock.SHANGHAI), "Y-m-d")
    return [FileWarning(Code.ALREADY_UPLOADED, params={"by": str(earlier.uploaded_by), "on": on})]
