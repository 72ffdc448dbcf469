"""Addresses of sign-in pages inside the panel: one's own, and those that administrators keep."""

from django.urls import URLPattern, path

from unionbenefits.backoffice.pages import security, security_factor, security_staff

urlpatterns: list[URLPattern] = [
    path("my-sign-in/", security.my_sign_in, name="my_sign_in"),
    path("my-sign-in/first/", security_factor.first, name="factor_first"),
    path("my-sign-in/app/", security_factor.app, name="factor_app"),
    path("my-sign-in/passkeys/add/", security_factor.passkey_add, name="passkey_add"),
    path("my-sign-in/passkeys/make/", security_factor.passkey_make, name="passkey_make"),
    path("my-sign-in/passkeys/<int:pk>/", security_factor.passkey_change, name="passkey_change"),
    path("my-sign-in/codes/", security_factor.recovery_codes, name="recovery_codes"),
    path("my-sign-in/end/", security.end_sessions, name="sessions_end"),
    # In the place of Django's own page.
    path("password_change/", security.change_password, name="password_change"),
    path("proof/", security.proof, name="proof"),
    path("proof/passkey/", security.passkey_options, name="passkey_options"),
    path("locked-sign-ins/", security_staff.locked, name="locked_list"),
    path("staff/<int:pk>/sign-in/", security_staff.sign_in_of, name="staff_sign_in"),
]
PK_OF = {"passkey_change": "accounts.passkey", "staff_sign_in": "accounts.user"}
