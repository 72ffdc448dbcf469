import json
import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def case():
    """Reads a case file of the shared folder: `case("090-budget-race.json")`."""
    base = Path(os.environ.get("SHARED_DIR") or Path(__file__).resolve().parents[3] / "shared")

    def read(name):
        return json.loads((base / "cases" / "files" / name).read_text())

    return read
