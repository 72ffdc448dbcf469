"""The threat model names tests; all of them exist."""

import ast
import re
from pathlib import Path

TESTS = Path(__file__).resolve().parents[1]
PAGE = TESTS.parent / "docs" / "threats.md"


def functions(path: Path) -> set[str]:
    return {node.name for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.FunctionDef)}


def test_every_attempt_names_tests_that_exist():
    named = re.findall(r"`([\w/]+\.py)::(test_\w+)`", PAGE.read_text())
    assert len(named) > 40
    known = {path: functions(TESTS / path) for path, _name in named if (TESTS / path).exists()}
    assert [f"{path}::{name}" for path, name in named if name not in known.get(path, set())] == []


def test_no_attempt_is_without_a_test():
    tables = PAGE.read_text().split("## Strangers")[1]
    attempts = [line for line in tables.splitlines() if line.startswith("| ") and "| Attempt" not in line]
    assert [line for line in attempts if "::test_" not in line] == []
