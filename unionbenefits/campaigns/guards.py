"""Triggers that look at whole statements: what a constraint cannot say (invariant 4)."""

import pgtrigger

# Locks the allotments that the statement touched, in the order of their keys, then recounts them: whoever
# comes second sees the first. A place is taken by a live gift or by being given on to an allotment below.
_NEVER_EXCEEDED = """
    PERFORM 1 FROM campaigns_allotment a WHERE a.id IN ({touched}) ORDER BY a.id FOR NO KEY UPDATE;
    IF EXISTS (
        SELECT 1 FROM campaigns_allotment a
        WHERE a.id IN ({touched}) AND a.copies < (
            SELECT count(*) FROM campaigns_giftbatch b
            JOIN campaigns_gift g ON g.batch_id = b.id AND g.state = 'live' WHERE b.allotment_id = a.id
        ) + (SELECT coalesce(sum(c.copies), 0) FROM campaigns_allotment c WHERE c.parent_id = a.id)
    ) THEN
        RAISE EXCEPTION 'allotment exceeded'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'allotment_never_exceeded';
    END IF;
    RETURN NULL;
"""
TOUCHED_BY_GIFTS = """
    SELECT b.allotment_id FROM campaigns_giftbatch b WHERE b.id IN (SELECT n.batch_id FROM new_values n)
"""
TOUCHED_BY_ALLOTMENTS = """
    SELECT n.id FROM new_values n UNION SELECT n.parent_id FROM new_values n WHERE n.parent_id IS NOT NULL
"""
# More than a foreign key from the gift: the coverage exists and is the same worker's.
OWN_COVERAGE = """
    IF EXISTS (
        SELECT FROM new_values n
        LEFT JOIN plans_coverage c ON c.id = n.coverage_id AND c.worker_id = n.worker_id
        WHERE n.coverage_id IS NOT NULL AND c.id IS NULL
    ) THEN
        RAISE EXCEPTION 'the coverage of a gift is the same worker''s'
            USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'gift_coverage_is_the_workers';
    END IF;
    RETURN NULL;
"""


def after_each_statement(name: str, func: str) -> list[pgtrigger.Trigger]:
    """Triggers that look at all inserted or changed rows of a statement at once, as `new_values`."""
    return [
        pgtrigger.Trigger(
            name=f"{name}_{verb}",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operation,
            referencing=pgtrigger.Referencing(new="new_values"),  # type: ignore[no-untyped-call]
            func=func,
        )
        for verb, operation in (("insert", pgtrigger.Insert), ("update", pgtrigger.Update))
    ]


def never_exceeded(touched: str) -> list[pgtrigger.Trigger]:
    """Keeps every touched allotment within its number of copies."""
    return after_each_statement("allotment_never_exceeded", _NEVER_EXCEEDED.format(touched=touched))
