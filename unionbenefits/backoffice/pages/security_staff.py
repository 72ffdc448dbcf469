"""The sign-in of other members of staff, for administrators: locked names, lost devices, password links."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from unionbenefits.accounts import notices, passwords, second_factor, staff_sessions, staff_sign_in
from unionbenefits.accounts.models import User
from unionbenefits.accounts.queries import recent_sign_ins
from unionbenefits.backoffice.pages.base import in_scope, one_in_scope, page, render_page
from unionbenefits.backoffice.pages.officers import officer
from unionbenefits.core import scope as scopes
from unionbenefits.core.errors import Refusal

MANAGE = "accounts.change_user"
_REASON_LENGTH = 300


@page(MANAGE)
@require_safe
def locked(request: HttpRequest) -> HttpResponse:
    """Names below one's own posts whose tries are used up now."""
    found = staff_sign_in.locked_among(in_scope(request, User).filter(is_active=True))
    return render_page(
        request, "admin/pages/locked_list.html", title=_("Locked sign-ins"), context={"locked": found}
    )


@never_cache
@page(MANAGE, fresh=True)
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_of(request: HttpRequest, pk: int) -> HttpResponse:
    """One person's sign-in, and what an administrator may do about it."""
    user = one_in_scope(request, User, pk)
    may_manage = _may_manage(request, user)
    link, reason, refusal = "", request.POST.get("reason", "")[:_REASON_LENGTH], ""
    if request.method == "POST":
        if not may_manage:
            raise Http404
        try:
            link = _act(request, user, reason)
        except Refusal as refused:
            refusal = str(refused)
        else:
            if not link:
                return redirect("admin:staff_sign_in", pk=pk)
    return render_page(
        request,
        "admin/pages/staff_sign_in.html",
        title=_("Sign-in of %(name)s") % {"name": user},
        status=422 if refusal else 200,
        context={
            "person": user,
            "may_manage": may_manage,
            "is_self": user.pk == request.user.pk,
            "has": second_factor.factors_of(user),
            "locked": staff_sign_in.locked_among([user]),
            "sign_ins": recent_sign_ins(user),
            "notices": [(one, notices.sentence(one)) for one in user.security_notices.all()[:10]],
            "link": link,
            "reason": reason,
            "refusal": refusal,
            "hours": passwords.hours(),
        },
    )


def _act(request: HttpRequest, user: User, reason: str) -> str:
    """Does what was pressed; returns the link where one was made. Raises Refusal."""
    by, act = officer(request), request.POST.get("act", "")
    if act == "link":
        return passwords.make_password_link(by=by, user=user)
    if act == "unlock":
        staff_sign_in.unlock(by=by, user=user)
        messages.success(request, _("Opened. The person can sign in again."))
    elif act == "reset":
        second_factor.reset_factors(by=by, user=user, reason=reason)
        messages.success(request, _("Reset. At the next sign-in the person sets up a new second factor."))
    elif act == "end":
        staff_sessions.end_by_other(by=by, user=user, reason=reason)
        messages.success(request, _("Signed out everywhere."))
    else:
        raise Http404
    return ""


def _may_manage(request: HttpRequest, user: User) -> bool:
    """Only users whose every post lies under one's own, as with the register of users."""
    if user.pk == request.user.pk:
        return False
    below = in_scope(request, User).wholly_in_scope(scopes.of_request(request))  # type: ignore[attr-defined]
    return bool(below.filter(pk=user.pk).exists())
