"""The shared floor rig, copied into var/ because it writes beside itself and the shared folder is read-only."""

import os
import random
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOOKUP_ROWS = 3_000_000


def folder() -> Path:
    """The copy, without the peer library that its settings name (installed only for its own comparison)."""
    source = Path(os.environ.get("SHARED_DIR", ROOT.parent / "shared")) / "bench"
    if not source.is_dir():
        raise SystemExit(f"The floor rig is not at {source}; say where with SHARED_DIR.")
    target = ROOT / "var" / "rig"
    for path in source.rglob("*"):
        copy = target / path.relative_to(source)
        if path.is_dir():
            copy.mkdir(parents=True, exist_ok=True)
        elif path.suffix in {".py", ".html"}:
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
    _mend(target / "rigsite" / "settings.py", '"import_export", ', "")
    # 300,000 workers overflow a 32-bit product there.
    _mend(target / "b2_lookup.py", "(w*7919%365)", "(w::bigint*7919%365)")
    return target


def _mend(path: Path, old: str, new: str) -> None:
    path.write_text(path.read_text().replace(old, new))


def environment() -> dict[str, str]:
    """Both sides run on one server with one tuning: the rig joins the product's embedded cluster."""
    keep = {
        key: value for key, value in os.environ.items() if not key.startswith(("DJANGO_", "UNIONBENEFITS_"))
    }
    return keep | {"RIG_PG": str(ROOT / "var" / "pg")}


def peak_mb() -> int:
    """MB at the most of this process. Not ru_maxrss, which begins with the peak of the parent."""
    found = re.search(r"VmHWM:\s*(\d+) kB", Path("/proc/self/status").read_text())
    return int(found[1]) // 1024 if found else 0


def lookup() -> tuple[Path, dict[str, str], Path]:
    """The look-up bench of the rig, built: its folder, its environment, and a wrk script of random look-ups."""
    here = folder()
    code = (
        "from djrig import boot; uri = boot(db='rig2'); import b2_lookup; "
        f"n = b2_lookup.build(uri, {LOOKUP_ROWS}); print(uri); print(n)"
    )
    command = [sys.executable, "-c", code]
    run = subprocess.run(command, cwd=here, env=environment(), capture_output=True, text=True, check=False)
    if run.returncode or not run.stdout.strip():
        raise SystemExit(run.stderr)
    uri, workers = run.stdout.strip().splitlines()[-2:]
    script = here / "lookup.lua"
    script.write_text(
        f"math.randomseed({random.randrange(10**6)}); local n={workers}\n"
        "request = function() return wrk.format('GET', string.format('/lookup?q=%018d', math.random(0, n - 1))) end\n"
    )
    served = {
        "RIG_URI": uri,
        "RIG_DB": "rig2",
        "RIG_CONN": "persistent",
        "DJANGO_SETTINGS_MODULE": "rigsite.settings",
    }
    return here, served, script
