"""The same roster through django-import-export, in one run: what a team would take instead of our import.

    [SHARED_DIR=../shared] python bench/import_export_peer.py [--runs 3] [--default]

Both import one clean file of 20,812 people in turns on the embedded PostgreSQL: a single repeat or fault makes the bulk
mode of the other roll everything back. Ours reads, judges, seals, compares, audits; the other reads and stores plain
text. Exits with 1 when ours is less than 10 times as fast as its bulk mode (design §9). `--default` measures its
default mode too. The library lives in an environment of its own, var/bench-venv, installed on first use from
requirements/bench.txt.
"""

import argparse
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench import rig  # noqa: E402 - found through the path above

ROWS, LEAST = 20_812, 10.0
LOCKED = ROOT / "requirements" / "bench.txt"
VENV = ROOT / "var" / "bench-venv"


def python() -> Path:
    """The interpreter that has the library; made on first use and again when the lock changes."""
    interpreter, stamp = VENV / "bin" / "python", VENV / "installed.txt"
    locked = LOCKED.read_text()
    if not stamp.exists() or stamp.read_text() != locked:
        print("Installing django-import-export into var/bench-venv (once) …", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)
        install = [
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--require-hashes",
            "-r",
            str(LOCKED),
        ]
        done = subprocess.run([str(interpreter), *install], capture_output=True, text=True, check=False)
        if done.returncode:
            sys.exit(done.stderr)
        stamp.write_text(locked)
    return interpreter


class Peer:
    """The other's process: one mode in, one import, its seconds and rows out."""

    def __init__(self, folder: Path) -> None:
        command = [str(python()), __file__, "--serve", str(folder)]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=rig.environment()
        )
        self._answer()

    def _answer(self) -> list[str]:
        assert self._process.stdout
        while line := self._process.stdout.readline():
            if line.startswith("peer "):
                return line.split()[1:]
        sys.exit("django-import-export stopped.")

    def run(self, mode: str) -> float:
        """Seconds of one import of every row, or the end of the bench."""
        assert self._process.stdin
        self._process.stdin.write(f"{mode}\n")
        self._process.stdin.flush()
        seconds, stored, self.peak = self._answer()
        if int(stored) != ROWS:
            sys.exit(f"django-import-export stored {stored} of {ROWS} rows.")
        return float(seconds)

    def close(self) -> None:
        """Ends the process."""
        self._process.communicate()


def serve(folder: Path) -> None:
    """Inside the other's process: the resource that its documentation leads to, on the rig's model."""
    sys.path.insert(0, str(folder))
    import random

    import b1_import as floor
    import common
    import djrig
    import psycopg

    connection = psycopg.connect(djrig.boot(db="rig_peer"))
    import tablib
    from import_export import __version__, fields, resources, widgets
    from rigsite.models import Enterprise, IEWorker

    class Default(resources.ModelResource):
        id_number = fields.Field("id_number", "证件号码")
        name = fields.Field("name", "姓名")
        id_type = fields.Field("id_type", "证件类型")
        phone = fields.Field("phone", "手机号码")
        gender = fields.Field("gender", "性别")
        birth = fields.Field("birth", "出生日期", widget=widgets.DateWidget("%Y-%m-%d"))
        enterprise = fields.Field(
            "enterprise", "统一社会信用代码", widget=widgets.ForeignKeyWidget(Enterprise, "uscc")
        )
        role = fields.Field("role", "工种")
        joined = fields.Field("joined", "入会日期", widget=widgets.DateWidget("%Y-%m-%d"))
        note = fields.Field(
            "note", "备注", widget=widgets.CharWidget(coerce_to_string=True, allow_blank=True)
        )

        class Meta:
            model = IEWorker
            import_id_fields = ("id_number",)
            fields = (
                "id_number",
                "name",
                "id_type",
                "phone",
                "gender",
                "birth",
                "enterprise",
                "role",
                "joined",
                "note",
            )

    class Bulk(Default):
        class Meta(Default.Meta):
            use_bulk = True
            batch_size = 1000
            skip_diff = True
            report_skipped = False

    modes = {"default": Default, "bulk": Bulk}
    path = common.roster(ROWS, clean=True)
    print(f"django-import-export {__version__}", file=sys.stderr)
    print("peer ready", flush=True)
    for line in sys.stdin:
        floor.wipe(connection)
        Enterprise.objects.bulk_create(
            [Enterprise(name=n, uscc=c) for n, c in common.enterprises(random.Random(7))]
        )
        start = time.perf_counter()
        table = tablib.Dataset().load(path.read_bytes(), format="xlsx")
        modes[line.strip()]().import_data(table, dry_run=False, raise_errors=False)
        seconds = time.perf_counter() - start
        print("peer", seconds, IEWorker.objects.count(), rig.peak_mb(), flush=True)


def compare(folder: Path, runs: int, modes: list[str]) -> dict[str, float]:
    """Turns of ours and theirs, so that a busy machine is busy for all; the median of the ratios of each turn."""
    from bench.import_roster import Ours

    peer, ours = Peer(folder), Ours(folder, ROWS)
    import common

    ours.path = common.roster(ROWS, clean=True)
    ours.wipe()
    ours.run()  # warms up
    times: dict[str, list[float]] = {name: [] for name in ("ours", *modes)}
    for _turn in range(runs):
        ours.wipe()
        times["ours"].append(ours.run())
        for mode in modes:
            times[mode].append(peer.run(mode))
        print("  " + "  ".join(f"{name} {taken[-1]:.2f} s" for name, taken in times.items()), file=sys.stderr)
    print(f"| {ROWS:,} clean rows | median s | min-max s |\n|---|---|---|")
    for name, taken in times.items():
        print(f"| {name} | {statistics.median(taken):.2f} | {min(taken):.2f}-{max(taken):.2f} |")
    print(f"\nPeak of the other's process: {peer.peak} MB")
    peer.close()
    ours.wipe()
    return {
        mode: statistics.median(other / own for other, own in zip(times[mode], times["ours"], strict=True))
        for mode in modes
    }


def main() -> None:
    """Measures, prints, judges."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument(
        "--default", action="store_true", help="Also its default mode, about a minute a time."
    )
    parser.add_argument("--serve", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        serve(options.serve)
        return
    found = compare(rig.folder(), options.runs, ["bulk", *(["default"] if options.default else [])])
    print("\n| ours is faster than | times | at least | |\n|---|---|---|---|")
    print(
        f"| its bulk mode | {found['bulk']:.1f} | {LEAST:.1f} | {'met' if found['bulk'] >= LEAST else 'missed'} |"
    )
    if "default" in found:
        print(f"| its default mode | {found['default']:.1f} | | |")
    sys.exit(0 if found["bulk"] >= LEAST else 1)


if __name__ == "__main__":
    main()
