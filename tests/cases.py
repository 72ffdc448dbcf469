"""Where the handed case files are: the folder `shared` beside the repository, or SHARED_DIR."""

import os
from pathlib import Path

CASES = Path(os.environ.get("SHARED_DIR") or Path(__file__).resolve().parents[2] / "shared") / "cases"
FILES = CASES / "files"
