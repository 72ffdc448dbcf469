"""English strings of unfold that our pages show; unfold ships no Chinese.

Django looks a string up in one merged catalogue, into which the project's comes last, so that a translation
of ours serves unfold's templates as well. Naming the strings here lets `makemessages` find them. Nothing
imports this.
"""

from django.utils.translation import gettext_lazy as _

STRINGS = (
    _(" By %(filter_title)s "),  # Django's own Chinese reads badly above a field
    _("Apply Filters"),
    _("Cancel"),
    _("Collapse"),
    _("Dark"),
    _("Date from"),
    _("Date to"),
    _("False"),
    _("Filters"),
    _("From"),
    _("General"),
    _("Go back"),
    _("Light"),
    _("More actions"),
    _("No data"),
    _("Reset filters"),
    _("Run"),
    _("Run the selected action"),
    _("Select action"),
    _("Select all rows"),
    _("Select record"),
    _("Select value"),
    _("System"),
    _("To"),
    _("Toggle password visibility"),
    _("True"),
    _("Type to search"),
    _("Value"),
    _("You have been successfully logged out from the administration"),
)
