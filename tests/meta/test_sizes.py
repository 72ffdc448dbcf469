"""Budgets: a function fits on a screen, a module is read in one sitting, a template shows its page."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "unionbenefits"
MODULES = [path for path in sorted(PACKAGE.rglob("*.py")) if "migrations" not in path.parts]
TEMPLATES = sorted((PACKAGE / "templates").rglob("*.html"))

# Longer on purpose: the file, and why.
LONG_MODULES = {
    "workers/roster/codes.py": "the closed list of codes is data, one entry per code",
    "workers/models.py": "one app's models, mostly field declarations",
    "campaigns/models.py": "one app's models, mostly field declarations",
}


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_modules_and_functions_stay_short(path):
    text = path.read_text(encoding="utf-8")
    if name_of(path) not in LONG_MODULES:
        assert text.count("\n") <= 400
    functions = [
        node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    assert [f.name for f in functions if (f.end_lineno or 0) - f.lineno >= 60] == []


@pytest.mark.parametrize(
    "path", TEMPLATES, ids=lambda path: path.relative_to(PACKAGE / "templates").as_posix()
)
def test_templates_stay_short_and_free_of_inline_code(path):
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= 150
    assert "<script>" not in text
    assert "<style" not in text
