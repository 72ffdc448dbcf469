"""A new password, typed twice."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.utils.translation import gettext_lazy as _

from unionbenefits.accounts.models import User


class PasswordForm(forms.Form):
    """Checks the two against each other and against the rules, for `user`."""

    password1 = forms.CharField(
        strip=False, max_length=200, error_messages={"required": _("Type a password.")}
    )
    password2 = forms.CharField(
        strip=False, max_length=200, error_messages={"required": _("Type the password again.")}
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean(self) -> dict[str, Any]:
        """Each rule that is broken says so."""
        values = self.cleaned_data
        first, second = values.get("password1"), values.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The two are not the same. Type both again."))
        elif first and second:
            try:
                validate_password(first, self.user)
            except forms.ValidationError as error:
                self.add_error("password1", error)
        return values


def rules() -> list[str]:
    """The rules as sentences, for beside the fields."""
    return password_validators_help_texts()
