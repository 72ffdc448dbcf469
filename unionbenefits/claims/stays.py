"""The worker's stays as the rules count them: first, second, third (case C104)."""

from unionbenefits.claims.rules import Facts
from unionbenefits.claims.rules.cover import in_period
from unionbenefits.claims.rules.episodes import decided, episodes, ordinals


def numbered(facts: Facts) -> dict[str, int]:
    """The ordinal of the stay to decide and of every decided stay of its period, by the claim's number."""
    coverage, plan = facts.coverage, facts.plan
    if coverage is None:
        return {}
    within = {stay.id for stay in facts.stays if in_period(stay, coverage, plan.straddle)}
    counted = (decided(facts.others) & within) | {facts.decide}
    return ordinals(episodes(facts.stays, plan.episode_gap_days), frozenset(counted))
