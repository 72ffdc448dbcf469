"""Background work on claims."""

import datetime as dt

from unionbenefits.audit.actors import System
from unionbenefits.claims.actions.closing import close_day
from unionbenefits.claims.actions.lapsing import lapse_questions
from unionbenefits.claims.actions.looking import draw_looks
from unionbenefits.claims.actions.replaying import RUN_REPLAY, run_replay
from unionbenefits.core import clock, jobs


@jobs.periodic("claims.lapse_questions", cron="7 * * * *")
def lapse(timestamp: int) -> None:  # noqa: ARG001 - every periodic task gets the time
    """Every hour, so that midnight in Shanghai counts whatever zone the machine is in."""
    lapse_questions(by=System("claims"), day=clock.today())


@jobs.periodic("claims.draw_looks", cron="41 1 * * *")
def draw(timestamp: int) -> None:  # noqa: ARG001
    """Once a day; on all but the first of a week there is nothing to draw."""
    draw_looks(by=System("claims"), day=clock.today())


@jobs.task(RUN_REPLAY, tries=1)
def replay_decisions(replay: int) -> None:
    """Past decisions under other terms. Only a killed worker makes it run again; what fails is told."""
    run_replay(replay=replay)


@jobs.periodic("claims.close_day", cron="37 0 * * *")
def close_yesterday(timestamp: int) -> None:  # noqa: ARG001 - every periodic task gets the time
    """Once a day: the payments of the day before, by the calendar of Shanghai."""
    close_day(by=System("closing"), day=clock.today() - dt.timedelta(days=1))
