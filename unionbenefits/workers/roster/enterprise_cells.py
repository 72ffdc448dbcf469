"""From the cells about the enterprise to a credit code (cases C013, C046, C082). Pure."""

from __future__ import annotations

import re

from unionbenefits.workers.roster.codes import Code
from unionbenefits.workers.roster.facts import Cell, Field, Finding, JudgeOptions
from unionbenefits.workers.roster.normalise import (
    CodeProblem,
    cut,
    fold_value,
    has_markup,
    is_blank,
    is_cell_error,
    is_credit_code,
    is_formula_text,
    lost_precision,
    read_credit_code,
    same_enterprise,
    text_of,
)

NAME_LIMIT = 120
_OURSELVES = frozenset({"本公司", "本单位", "本企业", "我司", "我公司", "我单位", "本站", "本站点"})
_HAN = re.compile(r"[\u4e00-\u9fff]")
_Answer = tuple[str | None, str | None, tuple[Finding, ...]]


def _each_in_its_cell(name: Cell, code: Cell) -> tuple[Cell, Cell]:
    """(name, code) where a clerk wrote the code into the name's cell, or the name into the code's."""
    name_text, code_text = text_of(name), text_of(code)
    if is_blank(code_text) and is_credit_code(name_text.upper()):
        return "", name
    if is_credit_code(name_text.upper()) and fold_value(name_text) == fold_value(code_text):
        return "", code
    named = len(_HAN.findall(code_text)) >= 4 and not re.search(r"\d{6}", code_text)
    if named and (is_blank(name_text) or same_enterprise(name_text, code_text)):
        return code if is_blank(name_text) else name, ""
    return name, code


class EnterpriseCells:
    """Reads the pair of cells once per different pair: a roster repeats few of them."""

    def __init__(self, options: JudgeOptions) -> None:
        self._options = options
        self._known: dict[tuple[Cell, Cell], _Answer] = {}

    def read(self, code: Cell, name: Cell, findings: list[Finding]) -> tuple[str | None, str | None]:
        """(credit code, name as written). A row that names no enterprise belongs to the uploader's own.

        The code is None where only a name is given that is not the own one: the register must answer then.
        """
        answer = self._known.get((code, name))
        if answer is None:
            answer = self._known[code, name] = self._read(code, name)
        findings.extend(answer[2])
        return answer[0], answer[1]

    def _read(self, code_cell: Cell, name_cell: Cell) -> _Answer:
        findings: list[Finding] = []
        name_cell, code_cell = _each_in_its_cell(name_cell, code_cell)
        name = self._name(name_cell, findings)
        code = self._code(code_cell, findings)
        own = self._options.own_code
        if code is None and not findings:
            if name is None or (self._options.own_name and same_enterprise(name, self._options.own_name)):
                code = own
            elif self._options.confined:
                findings.append(Finding(Code.OUTSIDE_UNIT, Field.ENTERPRISE_NAME))
        elif code is not None and code != own and self._options.confined:
            findings = [Finding(Code.OUTSIDE_UNIT, Field.CREDIT_CODE)]
            code = None
        elif code is not None and code == own and not findings and self._names_another(name):
            proposed = self._options.own_name
            findings.append(Finding(Code.ENTERPRISE_NAME_DIFFERS, Field.ENTERPRISE_NAME, proposed=proposed))
        return code, name, tuple(findings)

    def _names_another(self, name: str | None) -> bool:
        own = self._options.own_name
        return name is not None and own is not None and not same_enterprise(name, own)

    @staticmethod
    def _name(cell: Cell, findings: list[Finding]) -> str | None:
        text = text_of(cell)
        if is_blank(text) or is_cell_error(text) or is_formula_text(text) or text in _OURSELVES:
            return None
        if has_markup(text):
            findings.append(Finding(Code.ENTERPRISE_NAME_ILLEGAL, Field.ENTERPRISE_NAME))
        return cut(text, NAME_LIMIT)

    @staticmethod
    def _code(cell: Cell, findings: list[Finding]) -> str | None:
        """A code that passes its check, or the suggested one together with a finding that holds the row."""
        if lost_precision(cell):
            findings.append(Finding(Code.PRECISION_LOST, Field.CREDIT_CODE))
            return None
        text = text_of(cell)
        if is_blank(text):
            return None
        if is_cell_error(text):
            findings.append(Finding(Code.CELL_ERROR, Field.CREDIT_CODE, {"error": text}))
            return None
        read = read_credit_code(text)
        if read.problem is CodeProblem.SUGGESTION and read.suggestion:
            params = {"suggestion": read.suggestion}
            findings.append(Finding(Code.CREDIT_CODE_SUGGESTION, Field.CREDIT_CODE, params, read.suggestion))
            return read.suggestion
        if read.problem is not None:
            findings.append(Finding(Code(str(read.problem)), Field.CREDIT_CODE))
        return read.code
