"""Memory peaks of rosters, accepted and refused: nothing that anybody can upload may take more than 512 MB (issue 4).

    [SHARED_DIR=../shared] python bench/import_memory.py [--only NAME …] [--database]

Every file is made on the spot, then read and judged in a process of its own whose peak is printed. `--database` adds
whole imports of 20,812 and 200,000 rows. Exits with 1 when a peak is above the bar or a file meets another fate than it
should.
"""

import argparse
import io
import random
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench import rig  # noqa: E402 - found through the path above

BAR = 512
HEAD = [
    "姓名",
    "证件类型",
    "证件号码",
    "手机号码",
    "性别",
    "出生日期",
    "企业名称",
    "工种",
    "入会日期",
    "备注",
]
MB = 1024 * 1024


def person(order: int) -> list[str]:
    """A row with a valid invented number."""
    body = f"4406991990{1 + order // 1000 % 9:02d}{1 + order // 9000 % 28:02d}{order % 1000:03d}"
    number = body + "10X98765432"[int(body, 13) * 2 % 11]
    name = "张测" + chr(0x4E00 + order % 20000)
    return [name, "居民身份证", number, f"199{order:08d}", "", "", "", "快递员", "2025-03-01", f"第{order}号"]


def workbook(rows: int, columns: int = 0, styled: int = 0) -> bytes:
    """An .xlsx of people, with more columns or styled empty rows below."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": rows > 2})
    page = book.add_worksheet("名册")
    grey = book.add_format({"bg_color": "#eeeeee"})
    for row in range(rows + 1):
        cells = person(row) if row else HEAD
        page.write_row(row, 0, cells)
        if columns:
            page.write_row(row, len(cells), [1] * (columns - len(cells)))
    for row in range(rows + 1, rows + 1 + styled):
        page.set_row(row, 15, grey)
        for column in range(len(HEAD)):
            page.write_blank(row, column, None, grey)
    book.close()
    return out.getvalue()


def padded(part: str, size: int, filling: bytes = b" ") -> bytes:
    """A workbook of which one part unpacks to so many bytes."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(2))) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            with new.open(name, "w") as target:
                target.write(old.read(name))
                for _piece in range(size // MB if name.endswith(part) else 0):
                    target.write(filling * (MB // len(filling)))
    return out.getvalue()


def text(rows: int, sep: str = ",", encoding: str = "utf-8") -> bytes:
    """A text file of people."""
    return "\r\n".join(sep.join(person(row) if row else HEAD) for row in range(rows + 1)).encode(encoding)


def page(rows: int) -> bytes:
    """A web page of people."""
    lines = (
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in (person(row) if row else HEAD))
        for row in range(rows + 1)
    )
    return f"<html><meta charset=utf-8><table>{''.join(lines)}</table>".encode()


def xml2003(rows: int) -> bytes:
    """A workbook of 2003 in one XML file."""
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    cell = '<Cell><Data ss:Type="String">{}</Data></Cell>'
    lines = (
        "<Row>" + "".join(map(cell.format, person(row) if row else HEAD)) + "</Row>"
        for row in range(rows + 1)
    )
    sheet = f'<Worksheet ss:Name="a"><Table>{"".join(lines)}</Table></Worksheet>'
    return f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}">{sheet}</Workbook>'.encode()


FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "xlsx of 20,812 people": (lambda: workbook(20_812), "20812"),
    "xlsx of 200,000 people": (lambda: workbook(200_000), "200000"),
    "csv of 200,000 people": (lambda: text(200_000), "200000"),
    "csv in UTF-16 of 200,000 people": (lambda: text(200_000, "\t", "utf-16"), "200000"),
    "xlsx of 400,000 people": (lambda: workbook(400_000), "sheet_too_large"),
    "csv of 400,000 people": (lambda: text(400_000), "sheet_too_large"),
    "html of 100,000 people": (lambda: page(100_000), "100000"),
    "html of 280,000 people": (lambda: page(280_000), "280000 or refused"),
    "2003 XML of 70,000 people": (lambda: xml2003(70_000), "70000"),
    "2 people, 300,000 styled rows": (lambda: workbook(2, styled=300_000), "2"),
    "300 people in 16,384 columns": (lambda: workbook(300, columns=16_384), "300"),
    "shared strings of 2,000 MB": (lambda: padded("sharedStrings.xml", 2000 * MB), "zip_bomb"),
    "sheet of 2,000 MB": (lambda: padded("sheet1.xml", 2000 * MB), "zip_bomb"),
    "sheet of 300 MB of marks": (lambda: padded("sheet1.xml", 300 * MB, b"<row r='1'><c/>"), "zip_bomb or file_unreadable"),
    "styles of 300 MB": (lambda: padded("styles.xml", 300 * MB), "zip_bomb"),
    "60 MB of separators": (lambda: (",".join(HEAD) + "\n").encode() + b"," * (59 * MB), "file_unreadable"),
    "55 MB in one quoted cell": (lambda: (",".join(HEAD) + '\n"').encode() + b"a\n" * (27 * MB), "refused"),
    "55 MB of line breaks": (lambda: (",".join(HEAD) + "\n").encode() + b"\n" * (55 * MB), "sheet_too_large"),
    "55 MB of random bytes": (lambda: random.Random(7).randbytes(55 * MB), "refused"),
    "55 MB of random GB18030": (lambda: ("名" * (27 * MB)).encode("gb18030"), "refused"),
    "55 MB of open table rows": (lambda: b"<html><table>" + b"<tr><td>" * (7 * MB), "refused"),
    "70 MB": (lambda: b"a" * (70 * MB), "file_too_large"),
}  # fmt: skip


def judge(path: Path) -> None:
    """Inside a process of its own: fate, seconds, peak."""
    from django.conf import settings

    settings.configure(USE_I18N=False)
    import datetime as dt

    import django

    django.setup()
    from unionbenefits.workers.roster.codes import RosterRefused
    from unionbenefits.workers.roster.facts import JudgeOptions
    from unionbenefits.workers.roster.judge import judge as judge_roster
    from unionbenefits.workers.roster.read import read_workbook

    start = time.perf_counter()
    try:
        rows = judge_roster(read_workbook(path.read_bytes()), JudgeOptions(today=dt.date(2026, 1, 1))).rows
        fate = str(len(rows))
    except RosterRefused as refusal:
        fate = refusal.code
    print(f"{fate} {time.perf_counter() - start:.1f} {rig.peak_mb()}")


def measured(path: Path) -> tuple[str, str, int]:
    """(fate, seconds, peak MB) of one file."""
    command = [sys.executable, __file__, "--judge", str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        return "crashed", done.stderr[-200:].replace("\n", " "), BAR + 1
    fate, seconds, peak = done.stdout.split()
    return fate, seconds, int(peak)


def meets(fate: str, wanted: str) -> bool:
    """Whether a file met the fate that it should; `refused` stands for any refusal."""
    return (
        any(fate == one or (one == "refused" and not fate.isdigit()) for one in wanted.split(" or "))
        and fate != "crashed"
    )


def imports() -> dict[str, float]:
    """Peaks of whole imports with the database, each in a process of its own, twice the same file."""
    from bench.import_roster import peak

    folder = rig.folder()
    return {f"import of {rows:,} rows, twice": peak(folder, rows) for rows in (20_812, 200_000)}


def main() -> None:
    """Measures, prints, judges."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", nargs="*", help="Names of files, or parts of them.")
    parser.add_argument("--database", action="store_true", help="Whole imports too.")
    parser.add_argument("--judge", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.judge:
        judge(options.judge)
        return
    missed = False
    print(f"| file | packed MB | fate | s | peak MB (at most {BAR}) |\n|---|---|---|---|---|")
    for name, (make, wanted) in FILES.items():
        if options.only and not any(part in name for part in options.only):
            continue
        with tempfile.NamedTemporaryFile() as file:
            file.write(make())
            file.flush()
            fate, seconds, peak = measured(Path(file.name))
            size = Path(file.name).stat().st_size / MB
        bad = peak > BAR or not meets(fate, wanted)
        missed |= bad
        print(f"| {name} | {size:.1f} | {fate} | {seconds} | {peak}{' missed' if bad else ''} |", flush=True)
    for name, peak_ in imports().items() if options.database else ():
        missed |= peak_ > BAR
        print(f"| {name} | | applied | | {peak_:.0f}{' missed' if peak_ > BAR else ''} |", flush=True)
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
