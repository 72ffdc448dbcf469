"""What the oracle of a handed case may say about a file, and how each word is checked against the register.

An unknown word fails: a case is never passed by not being understood.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from tests.workers.conftest import told, verdicts
from unionbenefits.enterprises.models import Enterprise
from unionbenefits.workers.models import IdentityDocument, Membership, Roster, Worker
from unionbenefits.workers.roster import queries


@dataclass(frozen=True)
class Outcome:
    """A case's file after it went through the ordinary import."""

    roster: Roster
    enterprises_before: int
    seconds: float
    again: Any
    """Imports the same file once more."""


def check(word: str, expected: Any, outcome: Outcome) -> None:
    """One line of the oracle."""
    CHECKS[word](expected, outcome)


def lines(outcome: Outcome, *wanted: str) -> list[int]:
    return sorted(row for row, verdict in verdicts(outcome.roster).items() if verdict in wanted)


def stored_texts() -> list[str]:
    """Everything of a person that is on file, in clear."""
    people = [value for row in Worker.objects.values_list("name", "phone") for value in row]
    numbers = [document.number for document in IdentityDocument.objects.all()]
    members = [
        value for row in Membership.objects.values_list("note", "occupation_as_given") for value in row
    ]
    return [value for value in (*people, *numbers, *members) if value]


def holder(number: str) -> Worker:
    return Worker.objects.with_document(number).get()


def notices(outcome: Outcome) -> set[str]:
    return {str(notice.code) for notice in queries.notices_of(outcome.roster)}


def row_of(outcome: Outcome, line: int | str) -> Any:
    return outcome.roster.rows.get(row=int(line))


def only(*allowed: str):
    """The listed rows have one of these verdicts."""

    def look(rows: list[int], outcome: Outcome) -> None:
        found = verdicts(outcome.roster)
        assert {row: found[row] for row in rows if found[row] not in allowed} == {}

    return look


def exactly(verdict: str):
    """The listed rows, and no others, have this verdict."""
    return lambda rows, outcome: _equal(lines(outcome, verdict), sorted(rows))


def _equal(found: Any, expected: Any) -> None:
    assert found == expected


def accept(rows: dict[str, str], outcome: Outcome) -> None:
    assert lines(outcome, "accept") == sorted(map(int, rows))
    for line, number in rows.items():
        row = row_of(outcome, line)
        assert (row.number, holder(number).name) == (number, row.name)


def never(texts: list[str], outcome: Outcome) -> None:
    assert [text for text in texts for stored in stored_texts() if text in stored] == []


def people(count: int, outcome: Outcome) -> None:
    assert set(verdicts(outcome.roster).values()) == {"accept"}
    assert Worker.objects.count() == count


def names(expected: dict[str, str], outcome: Outcome) -> None:
    assert {line: holder(row_of(outcome, line).number).name for line in expected} == expected


def sex(expected: dict[str, str], outcome: Outcome) -> None:
    words = {"男": "male", "女": "female"}
    found = {line: holder(row_of(outcome, line).number).sex for line in expected}
    assert found == {line: words[word] for line, word in expected.items()}


def join_date(expected: dict[str, str], outcome: Outcome) -> None:
    for line, answer in expected.items():
        row = row_of(outcome, line)
        if answer in {"hold", "reject"}:
            assert (line, row.verdict) == (line, answer)
            assert not Worker.objects.with_document(row.number).exists()
            continue
        joined = holder(row.number).memberships.get().joined_on
        assert (line, joined) == (line, None if "blank" in answer else dt.date.fromisoformat(answer))


def refuse_file(_reason: Any, outcome: Outcome) -> None:
    codes = {"encrypted": "file_encrypted", "DTD": "file_dtd", True: "mojibake"}
    assert (outcome.roster.state, outcome.roster.refusal) == ("refused", codes[_reason])
    assert queries.refusal_text(outcome.roster)
    assert (Worker.objects.count(), outcome.roster.rows.count()) == (0, 0)


def enterprises_after(count: int, outcome: Outcome) -> None:
    """None is made beside those that there were, and the accepted rows are all at the same one."""
    assert Enterprise.objects.count() == outcome.enterprises_before
    assert Membership.objects.values("enterprise").distinct().count() == count


def not_merged(pairs: list[list[int]], outcome: Outcome) -> None:
    for one, other in pairs:
        rows = [row_of(outcome, line) for line in (one, other)]
        keys = {(row.document_kind, row.issuer, bytes(row.number_digest)) for row in rows}
        held = [row for row in rows if row.verdict == "hold"]
        assert len(keys) == 2
        assert held or Worker.objects.with_document(rows[0].number).count() == 2


def possible_same(pairs: list[list[int]], outcome: Outcome) -> None:
    for one, other in pairs:
        assert verdicts(outcome.roster)[other] == "hold"
        found = [f for f in queries.findings_of(row_of(outcome, other)) if f.code == "possible_same_person"]
        assert [finding.params["row"] for finding in found] == [str(one)]


def same_as_first(rows: list[int], outcome: Outcome) -> None:
    first = row_of(outcome, 2)
    for line in rows:
        row = row_of(outcome, line)
        assert (row.verdict, row.number) == ("accept", first.number)


def max_len(length: int, outcome: Outcome) -> None:
    assert Worker._meta.get_field("name").max_length >= length
    longest = max((row.name for row in outcome.roster.rows.all()), key=len)
    assert Worker.objects.filter(name=longest).exists()


def file_warning(words: str, outcome: Outcome) -> None:
    assert {"consecutive IDs": "consecutive_numbers_found"}[words] in notices(outcome)


def must_mention_hidden(_yes: bool, outcome: Outcome) -> None:
    assert {"hidden_rows", "hidden_sheets"} <= notices(outcome)


def passes_checksum(rows: list[int], outcome: Outcome) -> None:
    assert [row for row in rows if "document_check_digit" in told(outcome.roster)[row]] == []


def after_again(count: int, outcome: Outcome) -> None:
    outcome.again()
    assert Worker.objects.count() == count


CHECKS = {
    "accept": accept,
    "accept_rows": only("accept"),
    "people_rows": only("accept"),
    "visible_rows": only("accept"),
    "hidden_rows": only("hold"),
    "reject": exactly("reject"),
    "hold": only("hold"),
    "hold_or_reject": only("hold", "reject"),
    "reject_or_hold": only("hold", "reject"),
    "same_or_hold": only("accept", "hold"),
    "auto_same": same_as_first,
    "same_as_row_2": same_as_first,
    "never": never,
    "people": people,
    "people_or_refuse": people,
    "persons_after": lambda count, _outcome: _equal(Worker.objects.count(), count),
    "stored": lambda number, _outcome: _equal([d.number for d in IdentityDocument.objects.all()], [number]),
    "names": names,
    "name_after": lambda name, _outcome: _equal(Worker.objects.get().name, name),
    "name_kept": lambda kept, _outcome: _equal(set(Worker.objects.values_list("name", flat=True)), set(kept)),
    "sex": sex,
    "join_date": join_date,
    "refuse_file": refuse_file,
    "enterprises_after": enterprises_after,
    "not_merged": not_merged,
    "possible_same": possible_same,
    "max_len_at_least": max_len,
    "file_warning": file_warning,
    "must_mention_hidden": must_mention_hidden,
    "passes_checksum": passes_checksum,
    "header_row": lambda row, outcome: _equal(outcome.roster.sheets[0]["header_row"], row),
    "max_seconds": lambda limit, outcome: _equal(outcome.seconds < limit, True),
    "after_kill_and_retry": after_again,
}
"""Words with a check of their own elsewhere: `no_raw_html` and `max_memory_mb` in test_handed_cases.py."""
