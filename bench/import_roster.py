"""Roster import against the floor: what public parts alone need for the same file, measured in one run.

    [SHARED_DIR=../shared] python bench/import_roster.py [--runs 5] [--big]

Prints the ratios of design §9 and exits with 1 when one is missed. The floor runs in a process of its own (its Django
settings differ), on the same embedded PostgreSQL, in turns with ours. `--big` adds the memory peak of 200,000 rows.
"""

import argparse
import random
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench import rig  # noqa: E402 - found through the path above

SMALL, BIG = 20_812, 200_000
BARS = {"first ÷ floor": 2.0, "again ÷ first": 0.6, "peak MB of 200,000 rows": 512.0}
TABLES = (
    "workers_worker, workers_identitydocument, workers_membership, workers_roster, workers_rosterrow, workers_rosterfile,"
    " workers_rosterleaver, workers_workerevent, workers_identitydocumentevent, workers_membershipevent,"
    " workers_rosterevent, audit_entry, audit_seal, pghistory_context"
)


class Floor:
    """The floor's process: one line in, one import, its seconds out."""

    def __init__(self, folder: Path, rows: int) -> None:
        command = [sys.executable, __file__, "--floor", str(folder), "--rows", str(rows)]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=rig.environment()
        )
        self._answer()

    def _answer(self) -> str:
        assert self._process.stdout
        while line := self._process.stdout.readline():
            if line.startswith("floor "):
                return line.removeprefix("floor ").strip()
        sys.exit("The floor stopped.")

    def run(self) -> float:
        """Seconds of one import."""
        assert self._process.stdin
        self._process.stdin.write("go\n")
        self._process.stdin.flush()
        return float(self._answer())

    def close(self) -> None:
        """Ends the process."""
        self._process.communicate()


def serve_floor(folder: Path, rows: int) -> None:
    """Inside the floor's process."""
    sys.path.insert(0, str(folder))
    import b1_import as floor
    import djrig
    import psycopg

    connection = psycopg.connect(djrig.boot())
    path = floor.roster(rows)
    print("floor ready", flush=True)
    for _line in sys.stdin:
        floor.wipe(connection)
        start = time.perf_counter()
        good, _bad = floor.prepare(floor.read_calamine(path))
        floor.load(connection, good, floor.copy_text, "s", True)
        print("floor", time.perf_counter() - start, flush=True)


class Ours:
    """The product's import into a database of its own."""

    def __init__(self, folder: Path, rows: int) -> None:
        from bench.database import use

        use("bench_import")
        sys.path.insert(0, str(folder))
        import common

        from unionbenefits.accounts.models import User
        from unionbenefits.enterprises.models import Enterprise
        from unionbenefits.unions.enums import UnionKind
        from unionbenefits.unions.models import Union

        self.path = common.roster(rows)
        if not Union.objects.exists():
            union = Union.objects.add_root(create_kwargs={"name": "Bench", "kind": UnionKind.GRASSROOTS})
            named = {code: name for name, code in common.enterprises(random.Random(7))}
            Enterprise.objects.bulk_create(
                [Enterprise(name=name, credit_code=code, union=union) for code, name in named.items()]
            )
            User.objects.create_user("bench")
        self.by = User.objects.get(username="bench")
        self.enterprise = Enterprise.objects.order_by("pk")[0]

    def wipe(self) -> None:
        """Empties people, rosters, history and log; this database exists for nothing else."""
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("SET unionbenefits.test_database = 'on'")
            cursor.execute(f"TRUNCATE {TABLES} RESTART IDENTITY CASCADE")

    def run(self) -> float:
        """Seconds from the file on disk to the last commit."""
        from unionbenefits.core.scope import EVERYTHING
        from unionbenefits.workers.roster.actions import import_roster

        start = time.perf_counter()
        roster = import_roster(
            by=self.by,
            enterprise=self.enterprise,
            file_name=self.path.name,
            content=self.path.read_bytes(),
            scope=EVERYTHING,
        )
        seconds = time.perf_counter() - start
        assert roster.state == "applied", (roster.state, roster.refusal)
        return seconds


def peak(folder: Path, rows: int) -> float:
    """MB at the most of a fresh process that imports so many rows, twice."""
    make = [sys.executable, "-c", f"import common; common.roster({rows})"]
    subprocess.run(make, cwd=folder, check=True)
    command = [sys.executable, __file__, "--peak", str(folder), "--rows", str(rows)]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    if found.returncode:
        sys.exit(found.stderr)
    return float(found.stdout.split()[-1])


def measure_peak(folder: Path, rows: int) -> None:
    """Inside a process of its own."""
    ours = Ours(folder, rows)
    ours.wipe()
    for _time in ("first", "again"):
        print(f"{_time} {ours.run():.2f} s", file=sys.stderr)
    ours.wipe()
    print(rig.peak_mb())


def compare(folder: Path, runs: int) -> dict[str, float]:
    """Rounds of floor, first and second import, so that a noisy machine is noisy for all."""
    floor, ours = Floor(folder, SMALL), Ours(folder, SMALL)
    times: dict[str, list[float]] = {"floor": [], "first": [], "again": []}
    for turn in range(runs + 1):
        taken = {"floor": floor.run()}
        ours.wipe()
        taken["first"] = ours.run()
        taken["again"] = ours.run()
        print("  " + "  ".join(f"{name} {seconds:.2f} s" for name, seconds in taken.items()), file=sys.stderr)
        if turn:  # the first turn warms up
            for name, seconds in taken.items():
                times[name].append(seconds)
    floor.close()
    ours.wipe()
    print(f"| {SMALL:,} rows | median s | min-max s |\n|---|---|---|")
    for name, taken_ in times.items():
        print(f"| {name} | {statistics.median(taken_):.2f} | {min(taken_):.2f}-{max(taken_):.2f} |")
    return {
        "first ÷ floor": _ratio(times["first"], times["floor"]),
        "again ÷ first": _ratio(times["again"], times["first"]),
    }


def _ratio(ones: list[float], others: list[float]) -> float:
    """The median of the ratios of each round."""
    return statistics.median(one / other for one, other in zip(ones, others, strict=True))


def main() -> None:
    """Measures, prints, judges."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--big", action="store_true", help="Also the memory peak of 200,000 rows.")
    parser.add_argument("--floor", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--peak", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--rows", type=int, default=SMALL, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.floor:
        serve_floor(options.floor, options.rows)
        return
    if options.peak:
        measure_peak(options.peak, options.rows)
        return
    folder = rig.folder()
    found = compare(folder, options.runs)
    if options.big:
        found["peak MB of 200,000 rows"] = peak(folder, BIG)
    missed = False
    print("\n| bar | measured | at most | |\n|---|---|---|---|")
    for name, value in found.items():
        missed |= value > BARS[name]
        print(f"| {name} | {value:.2f} | {BARS[name]:.2f} | {'missed' if value > BARS[name] else 'met'} |")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
