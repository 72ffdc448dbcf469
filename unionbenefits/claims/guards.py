"""Triggers of claims: what a constraint, which sees one row, cannot say (invariants 6-8)."""

import pgtrigger

# Invariant 6: a decision holds for the version that was looked at; any later version voids it. The verbs say
# so first; this also catches bare SQL.
_VOIDED_BY_CHANGE = """
    UPDATE claims_decision SET state = 'void', voided_at = now()
    WHERE claim_id = NEW.id AND version <> NEW.version AND state IN ('proposed', 'reviewed', 'approved');
    RETURN NULL;
"""
_BOUND_TO_VERSION = """
    PERFORM 1 FROM claims_claim c WHERE c.id = NEW.claim_id AND c.version = NEW.version FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'the claim has changed since it was looked at'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'decision_of_current_version';
    END IF;
    IF NEW.appeal_id IS NOT NULL AND EXISTS (
        SELECT FROM claims_appeal a JOIN claims_decision f ON f.id = a.decision_id
        WHERE a.id = NEW.appeal_id AND (
            NEW.decided_by_id IN (f.decided_by_id, f.reviewed_by_id, f.approved_by_id)
            OR NEW.reviewed_by_id IN (f.decided_by_id, f.reviewed_by_id, f.approved_by_id)
            OR NEW.approved_by_id IN (f.decided_by_id, f.reviewed_by_id, f.approved_by_id)
        )
    ) THEN
        RAISE EXCEPTION 'an appeal is decided by people who had no part in the first decision'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'appeal_by_other_people';
    END IF;
    RETURN NEW;
"""
_APPEAL_BY_OTHERS = """
    IF NEW.decided_by_id IS NOT NULL AND EXISTS (
        SELECT FROM claims_decision f WHERE f.id = NEW.decision_id
        AND NEW.decided_by_id IN (f.decided_by_id, f.reviewed_by_id, f.approved_by_id)
    ) THEN
        RAISE EXCEPTION 'an appeal is decided by somebody who had no part in the first decision'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'appeal_by_other_people';
    END IF;
    RETURN NEW;
"""
# Whoever decided does not check the decision (invariant 7).
_LOOK_BY_OTHERS = """
    IF NEW.looked_by_id IS NOT NULL AND EXISTS (
        SELECT FROM claims_decision d JOIN claims_claim c ON c.id = d.claim_id WHERE d.id = NEW.decision_id
        AND NEW.looked_by_id IN (d.decided_by_id, d.reviewed_by_id, d.approved_by_id, c.filed_by_id)
    ) THEN
        RAISE EXCEPTION 'a second look is taken by somebody who had no part in the decision'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'second_look_by_other_people';
    END IF;
    RETURN NEW;
"""
# Invariant 8, beyond the unique index: what is paid is what is owed, on an obligation that stands.
_PAYS_WHAT_IS_OWED = """
    PERFORM 1 FROM claims_obligation o JOIN claims_decision d ON d.id = o.decision_id
    WHERE o.id = NEW.obligation_id AND o.amount = NEW.amount AND o.state = 'due' AND d.state = 'approved'
    FOR NO KEY UPDATE OF o;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a payment is of the amount of an obligation that is due'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'payment_of_what_is_due';
    END IF;
    RETURN NEW;
"""
# A late success of an attempt that was given up would be a second payment: it is an alarm on the result line.
_ENDED_STAYS_ENDED = """
    IF NEW.state <> OLD.state AND NOT (
        (OLD.state = 'waiting' AND NEW.state IN ('submitted', 'cancelled'))
        OR (OLD.state IN ('submitted', 'unknown')
            AND NEW.state IN ('unknown', 'succeeded', 'failed', 'returned'))
        OR (OLD.state = 'succeeded' AND NEW.state = 'returned')
    ) THEN
        RAISE EXCEPTION 'a payment cannot go from % to %', OLD.state, NEW.state
            USING ERRCODE = 'check_violation', CONSTRAINT = 'payment_goes_forward';
    END IF;
    RETURN NEW;
"""


def voided_by_change() -> pgtrigger.Trigger:
    """On claims: a new version voids the decisions of older ones."""
    return pgtrigger.Trigger(
        name="claim_change_voids_decisions",
        when=pgtrigger.After,
        operation=pgtrigger.UpdateOf("version"),  # type: ignore[no-untyped-call]
        condition=pgtrigger.Q(old__version__df=pgtrigger.F("new__version")),
        func=_VOIDED_BY_CHANGE,
    )


def bound_to_version() -> list[pgtrigger.Trigger]:
    """On decisions: each step is of the claim's current version, and of other people where it is an
    appeal's.
    """
    standing = pgtrigger.Q(new__state__in=["proposed", "reviewed", "approved"])
    return [
        pgtrigger.Trigger(
            name="decision_of_current_version_insert",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert,
            func=_BOUND_TO_VERSION,
        ),
        pgtrigger.Trigger(
            name="decision_of_current_version_update",
            when=pgtrigger.Before,
            operation=pgtrigger.UpdateOf("state"),  # type: ignore[no-untyped-call]
            condition=standing,
            func=_BOUND_TO_VERSION,
        ),
    ]


def appeal_by_others() -> pgtrigger.Trigger:
    """On appeals: whoever decides had no part in the first decision."""
    return pgtrigger.Trigger(
        name="appeal_by_other_people",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=_APPEAL_BY_OTHERS,
    )


def second_look_by_others() -> pgtrigger.Trigger:
    """On second looks: whoever looks had no part in the decision and did not file the claim."""
    return pgtrigger.Trigger(
        name="second_look_by_other_people",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=_LOOK_BY_OTHERS,
    )


def pays_what_is_owed() -> list[pgtrigger.Trigger]:
    """On payments: the amount of an obligation that is due; and states only go forward."""
    return [
        pgtrigger.Trigger(
            name="payment_of_what_is_due",
            when=pgtrigger.Before,
            operation=pgtrigger.Insert,
            func=_PAYS_WHAT_IS_OWED,
        ),
        pgtrigger.Trigger(
            name="payment_goes_forward",
            when=pgtrigger.Before,
            operation=pgtrigger.UpdateOf("state"),  # type: ignore[no-untyped-call]
            func=_ENDED_STAYS_ENDED,
        ),
    ]
