"""A draft before it is put forward: what that would do now, what is new since, and who changed what."""

import datetime as dt
from dataclasses import dataclass

from unionbenefits.accounts.models import User
from unionbenefits.audit.models import Entry
from unionbenefits.campaigns.enums import BatchState, GiftState, LeftOut
from unionbenefits.campaigns.judging import judged_rows, parameters
from unionbenefits.campaigns.models import GiftBatch
from unionbenefits.campaigns.previews import Preview, preview

_EDITS = ("batch.take_out", "batch.put_back", "batch.refresh")
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Outlook:
    """What putting the draft forward would do now, and how judging it again would change its lines.

    `joined` are newcomers who would get the gift, `gained` lines that would get it after all, `lost` those
    that would not any more, by reason.
    """

    preview: Preview
    joined: int
    gained: int
    lost: dict[LeftOut, int]

    @property
    def is_old(self) -> bool:
        """Whether the world has moved on since the draft was judged."""
        return bool(self.joined or self.gained or self.lost)


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of a draft: when, who, how many lines, why."""

    at: dt.datetime
    who: str
    act: str
    lines: int
    reason: str


def outlook(batch: GiftBatch) -> Outlook:
    """Judges the draft's people as of now; nothing is written."""
    drafted = batch.gifts.filter(state=GiftState.DRAFTED).order_by().values_list("worker_id", flat=True)
    rows = judged_rows("judged_changes", parameters(batch.allotment, batch.roster, batch=batch.pk))
    lost: dict[LeftOut, int] = {}
    for row in rows:
        if row["change"] == "lost":
            reason = LeftOut(row["reason"])
            lost[reason] = lost.get(reason, 0) + row["workers"]
    return Outlook(
        preview=preview(batch.allotment, batch.roster, list(drafted)),
        joined=sum(row["workers"] for row in rows if row["change"] == "joined"),
        gained=sum(row["workers"] for row in rows if row["change"] == "gained"),
        lost=lost,
    )


def edits(batch: GiftBatch) -> list[Edit]:
    """The latest changes of the batch while it was a draft, in their order, from the audit log."""
    if batch.state != BatchState.DRAFT and batch.put_forward_at is None:
        return []
    about = {"object_type": batch._meta.label_lower, "object_id": str(batch.pk)}
    found = list(Entry.objects.filter(action__in=_EDITS, **about).order_by("-id")[:_SHOWN])
    signed = {entry.actor.removeprefix("staff:") for entry in found}
    names = {user.username: str(user) for user in User.objects.filter(username__in=signed)}
    return [
        Edit(
            at=entry.at,
            who=names.get(entry.actor.removeprefix("staff:"), entry.actor),
            act=entry.action.removeprefix("batch."),
            lines=entry.data.get("lines", 0),
            reason=entry.data.get("reason", ""),
        )
        for entry in reversed(found)
    ]
