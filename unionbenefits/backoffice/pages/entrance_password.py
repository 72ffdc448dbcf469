"""Setting a password through a one-time link, before sign-in."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from unionbenefits.accounts import passwords
from unionbenefits.backoffice.pages.frame import render_entrance
from unionbenefits.backoffice.pages.password_form import PasswordForm, rules
from unionbenefits.core.errors import Refusal


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def password_set(request: HttpRequest, who: str, token: str) -> HttpResponse:
    """The form while the link is good; a sentence afterwards. Opening it changes nothing."""
    user = passwords.user_of_link(who, token)
    if user is None:
        return _over(request, str(passwords.LINK_OVER))
    form = PasswordForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        try:
            passwords.set_password_by_link(who=who, token=token, password=form.cleaned_data["password1"])
        except Refusal as refusal:
            return _over(request, str(refusal))
        messages.success(request, _("Your password is set. Sign in with it now."))
        return redirect("admin:login")
    context = {"form": form, "user_set": user, "rules": rules()}
    return _page(request, context, 422 if form.errors else 200)


def _over(request: HttpRequest, refusal: str) -> HttpResponse:
    return _page(request, {"refusal": refusal}, 410)


def _page(request: HttpRequest, context: dict[str, Any], status: int) -> HttpResponse:
    title = _("Set your password")
    return render_entrance(request, "admin/password_set.html", title=title, context=context, status=status)
