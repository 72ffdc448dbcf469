"""The kinds of work that the home page counts, each for whoever may do it."""

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from unionbenefits.backoffice.pages import payments_home, phone_watching, unusual_looks
from unionbenefits.backoffice.pages.base import in_scope
from unionbenefits.backoffice.pages.waiting import Waiting, Work, counted
from unionbenefits.campaigns.enums import BatchState, RevocationState
from unionbenefits.campaigns.models import GiftBatch, GiftOverride, Revocation
from unionbenefits.claims.enums import AppealState, LookVerdict
from unionbenefits.claims.models import Appeal, SecondLook
from unionbenefits.workers.enums import RequestState
from unionbenefits.workers.models import DataRequest, Roster
from unionbenefits.workers.roster.states import RosterState


def waiting(request: HttpRequest) -> list[Waiting]:
    """Everything that the person's roles let them do next, in the order of the day."""
    sources = (
        _rosters, _batches, _exceptions, _undo, _appeals, _looks,
        payments_home.waiting, _requests, unusual_looks.waiting, phone_watching.waiting,
    )  # fmt: skip
    return counted([work for source in sources for work in source(request)])


def _rosters(request: HttpRequest) -> list[Work]:
    if not request.user.has_perm("workers.apply_roster"):
        return []
    rosters, address = in_scope(request, Roster), reverse("admin:roster_list")
    return [
        Work(
            rosters.filter(state=RosterState.JUDGED),
            _("Rosters to check and confirm"),
            _("Judged row by row; nothing is taken over before you confirm."),
            f"{address}?state=judged",
            always=True,
        ),
        Work(
            rosters.filter(state=RosterState.FAILED),
            _("Rosters whose check was interrupted"),
            _("Upload them again."),
            f"{address}?state=failed",
        ),
    ]


def _batches(request: HttpRequest) -> list[Work]:
    """Batches of others to approve, and batches to issue."""
    may = request.user.has_perm
    if not (may("campaigns.approve_giftbatch") or may("campaigns.issue_giftbatch")):
        return []
    batches, address = in_scope(request, GiftBatch), reverse("admin:batch_list")
    return [
        Work(
            batches.filter(~Q(prepared_by=request.user.pk), state=BatchState.PUT_FORWARD),
            _("Gift batches to approve"),
            _("Put forward by colleagues; your own ones are approved by somebody else."),
            f"{address}?state=put_forward&mine=other",
            always=True,
        ),
        Work(
            batches.filter(state=BatchState.APPROVED),
            _("Approved batches to issue"),
            _("Their money is held; the workers are covered once you issue."),
            f"{address}?state=approved",
            always=True,
        ),
    ]


def _exceptions(request: HttpRequest) -> list[Work]:
    if not request.user.has_perm("campaigns.allow_giftoverride"):
        return []
    asked = in_scope(request, GiftOverride).filter(allowed_at__isnull=True)
    text, hint = _("Exceptions to allow"), _("Asked for people who were gifted before, each with a reason.")
    return [Work(asked, text, hint, reverse("admin:override_list"))]


def _undo(request: HttpRequest) -> list[Work]:
    if not request.user.has_perm("campaigns.confirm_revocation"):
        return []
    proposed = in_scope(request, Revocation).filter(state=RevocationState.PROPOSED)
    address = reverse("admin:campaigns_revocation_changelist")
    return [
        Work(
            proposed,
            _("Undo of gifts to confirm"),
            _("Proposed by one officer, confirmed by another; nothing has changed yet."),
            f"{address}?state__exact={RevocationState.PROPOSED}",
        )
    ]


def _appeals(request: HttpRequest) -> list[Work]:
    if not request.user.has_perm("claims.decide_appeal"):
        return []
    opened = in_scope(request, Appeal).filter(state=AppealState.OPEN)
    text, hint = _("Appeals to decide"), _("By somebody who had no part in the first decision.")
    return [Work(opened, text, hint, reverse("admin:appeal_list"))]


def _looks(request: HttpRequest) -> list[Work]:
    if not request.user.has_perm("claims.take_secondlook"):
        return []
    drawn = in_scope(request, SecondLook).filter(verdict=LookVerdict.OPEN)
    text, hint = _("Second looks to take"), _("Small approved claims that were drawn.")
    return [Work(drawn, text, hint, reverse("admin:look_list"))]


def _requests(request: HttpRequest) -> list[Work]:
    if not request.user.has_perm("workers.decide_datarequest"):
        return []
    asked = in_scope(request, DataRequest).filter(state=RequestState.OPEN)
    text, hint = _("Requests about own data"), _("Workers ask for a value to be put right or to be erased.")
    return [Work(asked, text, hint, reverse("admin:data_request_list"))]
