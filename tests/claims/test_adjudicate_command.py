"""`manage.py adjudicate`: the contract of design §6, without a database."""

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command, execute_from_command_line

ROOT = Path(__file__).resolve().parents[2]
FACTS = {
    "plan": {
        "rates": ["0.80", "0.70"], "deductible": "0.00", "cap_per_stay": None, "cap_per_period": None,
        "waiting_days": 30, "straddle": "admission_date", "episode_gap_days": 1, "filing_deadline_days": 730,
    },
    "coverage": {
        "start": "2025-02-01", "end": "2026-01-31", "first_enrolment": True, "status": "active",
        "cancelled_from": None,
    },
    "stays": [
        {
            "id": "A", "hospital": "X", "admitted": "2025-03-10", "discharged": "2025-03-18",
            "settled": "2025-03-18", "filed": "2025-04-01", "total": "37000.00", "pooled_fund": "28000.00",
            "supplementary": "0.00", "medical_aid": "0.00", "self_paid": "7000.00", "own_expense": "2000.00",
            "other_paid": "0.00", "state": "filed", "approved_amount": None,
        }
    ],
    "decide": "A",
}  # fmt: skip


class Piped(io.StringIO):
    """Standard input as a program hands it over: bytes."""

    def __init__(self, text):
        super().__init__(text)
        self.buffer = io.BytesIO(text.encode())


def run(monkeypatch, capsys, text, *arguments):
    """Exit code, standard output and standard error of the command line, in this process."""
    monkeypatch.setattr(sys, "stdin", Piped(text))
    try:
        execute_from_command_line(["manage.py", "adjudicate", *arguments])
    except SystemExit as end:
        return end.code, *capsys.readouterr()
    return 0, *capsys.readouterr()


def run_apart(text, *arguments, **environment):
    """The same in a process of its own, as another program starts it."""
    return subprocess.run(
        [sys.executable, "manage.py", "adjudicate", *arguments],
        cwd=ROOT,
        input=text,
        capture_output=True,
        text=True,
        env=os.environ | environment,
        check=False,
    )


def test_the_contracts_own_example_from_standard_input():
    answer = run_apart(json.dumps(FACTS))
    assert (answer.returncode, answer.stderr) == (0, "")
    document = json.loads(answer.stdout)
    assert {name: document[name] for name in ("outcome", "amount", "ordinal", "rate", "base", "reasons", "flags")} == {
        "outcome": "pay", "amount": "5600.00", "ordinal": 1, "rate": "0.80", "base": "7000.00", "reasons": [],
        "flags": [],
    }  # fmt: skip
    assert document["ruleset"]
    assert set(document["lines"][0]) == {"code", "amount", "text"}


def test_it_needs_no_database_and_starts_none(tmp_path):
    broken = {
        "UNIONBENEFITS_MODE": "production", "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
        "SECRET_KEY": "x" * 50, "ENCRYPTION_KEYS": "k1:" + "A" * 43 + "=", "BLIND_INDEX_KEY": "A" * 43 + "=",
        "SIGNING_KEYS": "k1:" + "A" * 43 + "=",
        "ALLOWED_HOSTS": "example.org", "PUBLIC_URL": "https://example.org", "SMS_BACKEND": "console",
    }  # fmt: skip
    assert run_apart(json.dumps(FACTS), **broken).returncode == 0
    answer = run_apart(json.dumps(FACTS), UNIONBENEFITS_VAR=str(tmp_path))
    assert answer.returncode == 0
    assert not (tmp_path / "pg").exists()


def test_a_file_and_an_explanation_for_people(tmp_path, monkeypatch, capsys):
    path = tmp_path / "facts.json"
    path.write_text(json.dumps(FACTS), encoding="utf-8")
    _code, out, _errors = run(monkeypatch, capsys, "", str(path), "--explain", "--language", "en")
    assert out.splitlines()[0] == "pay: 5,600.00"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{", "json_invalid"),
        ("[]", "type_invalid"),
        (json.dumps(FACTS | {"decide": "B"}), "stay_unknown"),
        (json.dumps(FACTS | {"stays": []}), "field_missing"),
        (json.dumps(FACTS | {"stays": FACTS["stays"] * 2}), "stay_twice"),
        (json.dumps(FACTS | {"plan": {"rate": []}}), "field_unknown"),
        (json.dumps(FACTS | {"coverage": {"start": "2025-02-30", "end": "2026-01-31"}}), "date_invalid"),
    ],
)
def test_facts_that_cannot_be_read_are_refused_by_their_place(monkeypatch, capsys, text, code):
    exit_code, out, _errors = run(monkeypatch, capsys, text, "--json")
    assert exit_code == 1
    assert json.loads(out)["refused"]["code"] == code


def test_a_missing_file_is_a_usage_error(monkeypatch, capsys):
    code, out, errors = run(monkeypatch, capsys, "", "nowhere.json")
    assert (code, out) == (2, "")
    assert "nowhere.json" in errors


def test_a_byte_order_mark_is_no_fault(tmp_path, monkeypatch, capsys):
    path = tmp_path / "facts.json"
    path.write_text(json.dumps(FACTS), encoding="utf-8-sig")
    for text, name in (("\ufeff" + json.dumps(FACTS), "-"), ("", str(path))):
        code, out, _errors = run(monkeypatch, capsys, text, name)
        assert code == 0
        assert json.loads(out)["amount"] == "5600.00"


def printed(tmp_path, facts, *arguments):
    """What the command prints of a file, in this process; SystemExit where it refuses."""
    path, out = tmp_path / "facts.json", io.StringIO()
    path.write_text(json.dumps(facts), encoding="utf-8")
    call_command("adjudicate", str(path), *arguments, stdout=out)
    return json.loads(out.getvalue())


def test_the_outcome_never_decides_the_exit_code(tmp_path):
    """0 says that a decision was printed, whatever it is; 1 that there is none."""
    assert printed(tmp_path, FACTS | {"coverage": None}, "--json")["reasons"] == ["outside_coverage"]
    with pytest.raises(SystemExit, match="1"):
        printed(tmp_path, FACTS | {"decide": "B"})


@pytest.mark.parametrize(("language", "text"), [("zh-hans", "应给付"), ("en", "To be paid")])
def test_lines_speak_both_languages(tmp_path, language, text):
    assert printed(tmp_path, FACTS, "--language", language)["lines"][-1]["text"] == text
