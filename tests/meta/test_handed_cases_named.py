"""Every handed case about rosters is named by a test that runs: in the test's name or among its parameters."""

import ast
import json
import os
import re
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("SHARED_DIR") or TESTS.parents[1] / "shared")
AREAS = {"import", "identity", "dedupe", "security"}
_CASE = re.compile(r"(?<![0-9A-Za-z])c(\d{3})(?!\d)", re.IGNORECASE)


def handed() -> list[dict]:
    path = SHARED / "cases" / "cases-handed.json"
    if not path.is_file():
        pytest.fail(
            f"No case files at {path}. Put the folder `shared` beside the repository or set SHARED_DIR."
        )
    return json.loads(path.read_text(encoding="utf-8"))["cases"]


def named_in(path: Path) -> set[str]:
    """Ids in the names of test functions and in the values that a module's tests are given; comments do not count."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = [
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    ]
    prose = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    values = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose
    ]
    return {
        f"C{found}"
        for text in (*(name.replace("_", " ") for name in names), *values)
        for found in _CASE.findall(text)
    }


def test_every_handed_case_about_rosters_is_named_by_a_test():
    wanted = {case["id"] for case in handed() if case["area"] in AREAS}
    assert {"C068", "C076", "C078", "C079", "C082"} <= wanted
    modules = [path for path in TESTS.rglob("test_*.py") if path != Path(__file__)]
    assert wanted - set().union(*map(named_in, modules)) == set()


def test_every_file_of_those_cases_is_there():
    files = [name for case in handed() if case["area"] in AREAS for name in case["files"]]
    assert [name for name in files if not (SHARED / "cases" / "files" / name).is_file()] == []
