"""Invariant 11 on the desk: whatever a file does to a number or a phone, no state of the page shows it in full."""

import re

import pytest
from django.urls import reverse

from tests.cases import FILES
from unionbenefits.workers.roster import actions
from unionbenefits.workers.roster.states import RosterMode, RosterState

# Those whose numbers or phones are proposed, repeated, damaged or compared.
ROSTERS = [
    "001a-id-as-number.xlsx", "003-id-apostrophe.xlsx", "005-id-x-variants.csv", "009-dob-sex-mismatch.xlsx",
    "024-two-columns-one-field.xlsx", "066-same-number-two-types.csv", "082-other-enterprise-rows.xlsx",
]  # fmt: skip
# A number of 15 or 18 places, or a mobile phone, with or without what clerks write between the digits.
IN_FULL = re.compile(r"(?<![\dA-Za-z])(?:\d{17}[\dXx]|\d{15}|1[3-9]\d[ \-]?\d{4}[ \-]?\d{4})(?![\dA-Za-z])")
SHOWN = ("all", "hold", "reject", "new")


def words(answer):
    text = re.sub(r"<script.*?</script>|<style.*?</style>", " ", answer.content.decode(), flags=re.DOTALL)
    return re.sub(r"<[^>]+>", " ", text), text


def received(office, name, as_clerk):
    by = office.clerk if as_clerk else office.preparer
    return by, actions.receive_roster(
        by=by,
        enterprise=office.enterprise,
        file_name=name,
        content=(FILES / name).read_bytes(),
        mode=RosterMode.ADDITIONS,
        as_clerk=as_clerk,
    )


@pytest.mark.parametrize("as_clerk", [False, True], ids=["officer", "clerk"])
@pytest.mark.parametrize("name", ROSTERS)
def test_no_state_of_a_roster_shows_a_number_or_a_phone(office, sign_in, name, as_clerk):
    by, roster = received(office, name, as_clerk)
    client = sign_in(by)
    roster = actions.judge_roster(by=by, roster=roster)
    review = reverse("admin:roster_review", args=[roster.pk])
    answers = [client.get(review, {"show": show}) for show in SHOWN]
    answers.append(client.get(reverse("admin:roster_sheets", args=[roster.pk])))
    if roster.state == RosterState.JUDGED and roster.counts.get("new"):
        roster = actions.apply_roster(by=by, roster=roster, verdict_digest=roster.verdict_digest)
        answers.append(client.get(review))
    for answer in answers:
        assert answer.status_code == 200
        seen, markup = words(answer)
        assert IN_FULL.findall(seen) == []
        assert IN_FULL.findall(" ".join(re.findall(r'(?:value|title|placeholder)="([^"]*)"', markup))) == []
