"""The generator says what is wrong with each line; the judge has to find exactly that in the workbook."""

from collections import Counter

from tests.demo.test_generator import TODAY
from unionbenefits.demo import lines, units, workbooks
from unionbenefits.demo.layouts import LAYOUTS
from unionbenefits.workers.roster.facts import JudgeOptions, Verdict
from unionbenefits.workers.roster.judge import judge
from unionbenefits.workers.roster.read import read_workbook


def test_judge_finds_exactly_what_was_spoiled(tmp_path):
    """Every unit's real workbook: as many rows as lines, in order, each with the verdict that its fault deserves."""
    wrong: Counter[tuple[object, ...]] = Counter()
    used = set()
    for plan in lines.plan_rosters(units.units()):
        used.add(plan.layout)
        workbooks.write_workbook(plan, tmp_path / "roster.xlsx")
        workbook = read_workbook((tmp_path / "roster.xlsx").read_bytes(), "roster.xlsx")
        options = JudgeOptions(today=TODAY, own_code=plan.unit.enterprise_code, own_name=plan.unit.name)
        rows = judge(workbook, options).rows
        assert len(rows) == len(plan.lines)
        for line, row in zip(plan.lines, rows, strict=True):
            code = line.fault.code if line.fault else None
            found = {finding.code for finding in row.findings if finding.severity.value in ("reject", "hold")}
            if found != ({code} if code else set()):
                wrong[plan.unit.name, code, *sorted(found)] += 1
            elif code is None:
                assert (row.verdict, row.number, row.name, row.phone) == (
                    Verdict.ACCEPT,
                    line.person.number,
                    line.person.name,
                    line.person.phone,
                )
    assert wrong == Counter()
    assert used == set(LAYOUTS)
