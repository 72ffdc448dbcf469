"""What a worker agrees to before a claim is sent, on the phone or on paper: one text, one version."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# The version that a consent on file names. A changed text is a new version: everybody is asked again.
MEDICAL_VERSION = "2026-11"
# Health data are sensitive: a separate consent, with purpose, necessity and effect said (PIPL arts. 29, 30).
MEDICAL: tuple[str | Promise, ...] = (
    _(
        "To decide this claim the mutual-aid association needs the hospital papers, the figures and the bank "
        "account that are handed in with it; without them it cannot be decided or paid."
    ),
    _(
        "Only the officers who check, decide and pay the claim see them, and every look is logged. Nobody "
        "else gets them but the bank, which gets name, account and amount."
    ),
    _(
        "This consent can be withdrawn at the union at any time. A claim that is not decided by then cannot "
        "be decided any more."
    ),
    _("What is handed in is true and belongs to this hospital stay."),
)
