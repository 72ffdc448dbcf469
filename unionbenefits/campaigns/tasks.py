"""Background work of campaigns: telling workers what was given to them or taken back."""

from unionbenefits.campaigns import telling
from unionbenefits.campaigns.actions.issuing import TELL_ISSUED
from unionbenefits.campaigns.actions.long_runs import RUN_BATCH, run_batch
from unionbenefits.campaigns.actions.quotas import reclaim_everywhere
from unionbenefits.campaigns.actions.reminding import RUN_WAVE, run_wave as remind
from unionbenefits.campaigns.actions.undoing import TELL_UNDONE
from unionbenefits.core import jobs


@jobs.task(TELL_ISSUED)
def tell_issued(batch: int) -> None:
    """Everybody whom the batch covered."""
    telling.tell_issued(batch)


@jobs.task(RUN_BATCH, tries=1)
def run_long_step(run: int, **what: bool | int | str) -> None:
    """A large batch in the background. Only a killed worker makes it run again; what fails is told."""
    run_batch(run=run, **what)


@jobs.periodic("campaigns.reclaim_unused", cron="11 1 * * *")
def reclaim(timestamp: int) -> None:  # noqa: ARG001 - every periodic task gets the time
    """Once a day, after midnight: places whose day has passed."""
    reclaim_everywhere()


@jobs.task(TELL_UNDONE)
def tell_undone(revocation: int) -> None:
    """Everybody whose cover the undo ended."""
    telling.tell_undone(revocation)


@jobs.task(RUN_WAVE, tries=1)
def run_wave(wave: int) -> None:
    """Everybody whom the wave reaches, block by block. Only a killed worker makes it run again."""
    remind(wave=wave)
