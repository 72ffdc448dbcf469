"""A kept head of the chain: says later whether the log up to it still stands, however it was rewritten."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection

from unionbenefits.audit.actions import chain_hash, record, seal
from unionbenefits.audit.actors import SYSTEM
from unionbenefits.audit.heads import (
    DIFFERS,
    FORGED,
    MISSING,
    STANDS,
    check_head,
    current_head,
    print_head,
    read_head,
)
from unionbenefits.audit.models import Seal
from unionbenefits.audit.queries import chain_faults
from unionbenefits.core.errors import Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept():
    for number in range(3):
        record("union.change", by=SYSTEM, number=number)
    return current_head()


def unguarded(statement, *parameters):
    """As somebody with the database in hand would."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(statement, parameters)
        cursor.execute("SET LOCAL session_replication_role = origin")


def test_a_head_is_read_as_scanned_typed_or_with_blanks(kept):
    grouped = " ".join(kept.groups)
    for text in (
        kept.text,
        f"https://127.0.0.1:8000/admin/chain-head/?head={kept.text}",
        f"{kept.position} {grouped}",
        f"{kept.position}:{kept.hash.upper()}",
    ):
        assert read_head(text) == kept
    for text in ("", "3", kept.hash, f"{kept.position}:{kept.hash[:-1]}", f"{kept.position}:{kept.hash}0"):
        with pytest.raises(Refusal) as refused:
            read_head(text)
        assert refused.value.code == "head_unreadable"


def test_a_kept_head_stands_while_the_log_grows(kept):
    record("union.change", by=SYSTEM)
    assert current_head().position == kept.position + 1
    assert check_head(kept) == STANDS


def test_a_rewritten_log_does_not_fit_the_kept_head_though_its_chain_is_whole(kept):
    """Whoever has keys and database can make the chain agree with itself; not with paper in a safe."""
    unguarded("UPDATE audit_entry SET data = '{}' WHERE id = (SELECT max(id) FROM audit_entry)")
    assert check_head(kept) == FORGED
    last = Seal.objects.select_related("entry").get(position=kept.position)
    unguarded(
        "UPDATE audit_seal SET hash = %s WHERE position = %s",
        chain_hash(bytes(last.previous), last.entry),
        kept.position,
    )
    assert chain_faults() == []
    assert check_head(kept) == DIFFERS
    unguarded("DELETE FROM audit_seal WHERE position = %s", kept.position)
    assert check_head(kept) == MISSING


def run(*arguments):
    out = StringIO()
    try:
        call_command("check_integrity", *arguments, "--json", stdout=out, stderr=out)
    except SystemExit as left:
        return left.code, json.loads(out.getvalue())
    return 0, json.loads(out.getvalue())


def test_the_command_gives_the_head_and_checks_a_kept_one(kept):
    code, found = run("--head", kept.text)
    assert (code, found["ok"], found["head"]) == (0, True, kept.text)
    code, found = run("--head", f"{kept.position}:{'0' * 64}")
    assert (code, [fault["code"] for fault in found["faults"]]) == (1, ["head_differs"])
    code, found = run("--head", "nonsense")
    assert (code, found["refused"]["code"]) == (1, "head_unreadable")


def test_the_printed_page_carries_the_head_and_leaves_an_act(kept):
    printed, content = print_head(by=SYSTEM, printed_by="陈审计 (chen)", address=lambda head: head.text)
    assert (printed, content[:5]) == (kept, b"%PDF-")
    assert seal() == 1
    assert check_head(kept) == STANDS
