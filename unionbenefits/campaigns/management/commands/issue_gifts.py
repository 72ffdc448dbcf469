"""Puts forward, approves as another officer and issues, for one unit or for all units of a campaign."""

from typing import Any

from django.core.management.base import CommandError, CommandParser

from unionbenefits.campaigns.actions.long_runs import MANY
from unionbenefits.campaigns.models import Allotment
from unionbenefits.campaigns.queries import campaign_named
from unionbenefits.campaigns.runs import allotments_to_serve, issue_run, officer, previewed
from unionbenefits.core.commands import Answer, ContractCommand


class Command(ContractCommand):
    """`issue_gifts CAMPAIGN [--unit CODE] [--prepared-by USER --approved-by USER [--second-approved-by USER]]
    [--dry-run] [--json]`.
    """

    help = "Issues a campaign's gifts to its units; what was issued before stays as it is."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which campaign, which unit, which officers."""
        super().add_arguments(parser)
        parser.add_argument("campaign", metavar="CAMPAIGN", help="Code of the campaign.")
        parser.add_argument("--unit", metavar="CODE", help="Credit code of one unit, or union:NUMBER.")
        parser.add_argument("--prepared-by", metavar="USER", help="Sign-in name of who puts forward.")
        parser.add_argument("--approved-by", metavar="USER", help="Sign-in name of who approves and issues.")
        parser.add_argument(
            "--second-approved-by", metavar="USER", help="Who approves second where the amount asks for it."
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="Show who gets it, who does not and why, and the cost."
        )

    def answer(self, **options: Any) -> Answer:
        """One entry per unit; exit 1 when any was refused."""
        names = (options["prepared_by"], options["approved_by"])
        if not options["dry_run"] and not all(names):
            raise CommandError("Name both officers: --prepared-by and --approved-by.", returncode=2)
        campaign = campaign_named(options["campaign"])
        allotments = allotments_to_serve(campaign, options["unit"])
        if options["dry_run"]:
            run = previewed(campaign, allotments)
        else:
            approving = ["campaigns.approve_giftbatch", "campaigns.issue_giftbatch"]
            second = options["second_approved_by"]
            run = issue_run(
                campaign,
                allotments,
                prepared_by=officer(names[0], ["campaigns.put_forward_giftbatch"], allotments),
                approved_by=officer(names[1], approving, allotments),
                second_by=officer(second, approving[:1], allotments) if second else None,
                told=self._told,
            )
        return Answer(run.document(), run.lines(), refused=run.refused)

    def _told(self, allotment: Allotment, done: int, total: int) -> None:
        """On the error stream, where it disturbs no document; only of units so large that one waits."""
        if total > MANY:
            self.stderr.write(f"{allotment.unit.name}: {done:,} / {total:,}")
