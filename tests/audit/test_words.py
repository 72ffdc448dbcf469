"""Every act that the code records has a sentence; nothing else is catalogued under a wrong name."""

import re
from pathlib import Path

from unionbenefits.audit.words import ACTS
from unionbenefits.campaigns.enums import CampaignState
from unionbenefits.claims.actions.closing import CLOSED
from unionbenefits.workers.bulk_models import BulkKind

PACKAGE = Path(__file__).resolve().parents[2] / "unionbenefits"
CALL = re.compile(r"\b(?:act|record|record_many)\(\s*(f?\"[^\"]+\"|[A-Za-z_.]+)")
# Acts whose name is worked out: what they can be.
NAMED = {
    "CLOSED": {CLOSED},
    "REVEAL": {"worker.reveal"},
    'f"bulk.{change.kind}"': {f"bulk.{kind}" for kind in BulkKind.values},
    'f"campaign.{state.value}"': {f"campaign.{state.value}" for state in CampaignState},
    'f"batch.start_{run.step}"': {"batch.start_make", "batch.start_approve", "batch.start_issue"},
    # Verbs that pass the name on; each caller is found by ACTION below.
    "action": set(),
}
ACTION = re.compile(r"\baction=\"([a-z_]+\.[a-z_.]+)\"")


def recorded() -> set[str]:
    found: set[str] = set()
    for path in PACKAGE.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        for called in CALL.findall(text):
            found |= {called.strip('"')} if called.startswith('"') else NAMED[called]
        if "act(action" in text:
            found |= set(ACTION.findall(text))
    return found


def test_every_recorded_act_has_a_sentence_in_both_languages():
    acts = recorded()
    assert len(acts) > 150
    assert acts - set(ACTS) == set()
    assert all(str(sentence) and str(sentence) != code for code, sentence in ACTS.items())
