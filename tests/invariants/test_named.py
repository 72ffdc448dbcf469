"""The twelve invariants of design §3, and the tests that try to break each.

Invariant 8 speaks of payments.
"""

import ast
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
INVARIANTS: dict[int, tuple[str, list[str]]] = {
    1: (
        "One living person is one Worker, across all enterprises and unions.",
        [
            "workers/test_roster_together.py::test_rosters_that_share_people_end_with_one_worker_each",
            "workers/test_roster_together.py::test_four_rosters_with_the_same_new_people_at_two_enterprises",
            "workers/test_roster_together.py::test_the_same_people_under_other_names_at_once_are_never_merged_unseen",
            "test_factories.py::test_live_document_belongs_to_one_worker",
        ],
    ),
    2: (
        "A worker has at most one live coverage per plan on any day.",
        [
            "plans/test_coverage.py::test_database_refuses_a_second_cover_of_a_day",
            "plans/test_coverage.py::test_same_workers_covered_from_many_sides_at_once_are_covered_once",
            "campaigns/test_in_parallel.py::test_same_workers_issued_through_many_campaigns_at_once_are_covered_once_each",
        ],
    ),
    3: (
        "A worker gets at most one gift per campaign, through whichever unit.",
        [
            "campaigns/test_batches.py::test_database_refuses_a_second_live_gift_in_a_campaign",
            "campaigns/test_in_parallel.py::test_one_worker_put_forward_through_many_units_gets_one_gift",
        ],
    ),
    4: (
        "No fund is overdrawn, no allotment exceeded, by any number of officers; entries are final.",
        [
            "campaigns/test_in_parallel.py::test_case_c090_a_budget_for_two_is_claimed_by_two_of_fifty",
            "campaigns/test_in_parallel.py::test_places_for_two_are_claimed_by_two_of_fifty",
            "campaigns/test_in_parallel.py::test_workers_and_money_move_at_random_and_every_book_agrees",
            "funds/test_ledger_guards.py::test_bare_inserts_at_once_never_overdraw",
            "funds/test_ledger_guards.py::test_entries_are_never_changed_deleted_or_emptied",
        ],
    ),
    5: (
        "A confirmed roster applies whole or not at all, and never twice.",
        [
            "workers/test_roster_together.py::test_killed_in_the_middle_leaves_nothing_and_runs_again",
            "workers/test_roster_together.py::test_one_roster_applied_from_eight_connections_is_applied_once",
            "workers/test_roster_states.py::test_apply_with_another_digest_is_stale",
            "campaigns/test_killed.py::test_killed_while_issuing_or_putting_forward_leaves_nothing_and_runs_again",
        ],
    ),
    6: (
        "What was submitted is kept; a decision is bound to the version reviewed; any change voids it.",
        [
            "claims/test_models.py::test_a_changed_claim_voids_its_decisions_even_by_bare_sql",
            "claims/test_filing.py::test_asked_worker_adds_and_answers_and_both_versions_are_kept",
            "claims/test_deciding.py::test_case_c114_a_new_paper_after_review_voids_and_goes_back",
            "claims/test_deciding.py::test_case_c114_approving_returning_and_changing_at_once_has_one_winner",
        ],
    ),
    7: (
        "Preparer, reviewer and approver are different people.",
        [
            "claims/test_models.py::test_database_refuses_one_person_in_two_steps",
            "claims/test_models.py::test_an_appeal_cannot_be_decided_by_somebody_of_the_first_decision",
            "claims/test_deciding.py::test_nobody_takes_two_steps",
            "campaigns/test_batches.py::test_preparer_cannot_approve_and_nobody_can_twice",
            "campaigns/test_batches.py::test_database_refuses_preparer_as_approver",
        ],
    ),
    9: (
        "An officer sees and changes only what lies under their posts.",
        [
            "invariants/test_09_scope.py::test_the_other_employer_of_a_shared_worker_is_never_named",
            "meta/test_panel_sweep.py::test_the_panel_answers_as_role_and_scope_permit",
        ],
    ),
    10: (
        "Every change leaves a history row, and the log is a chain that shows tampering.",
        [
            "invariants/test_10_history_and_chain.py::test_insertions_and_bulk_sql_updates_leave_history",
            "invariants/test_10_history_and_chain.py::test_a_changed_entry_shows",
            "invariants/test_10_history_and_chain.py::test_a_removed_entry_shows",
        ],
    ),
    11: (
        "A dump without the keys holds no number and no phone; screens mask them.",
        [
            "invariants/test_11_unreadable_dump.py::test_a_dump_holds_no_number_no_phone_and_no_message",
            "invariants/test_11_unreadable_dump.py::test_no_page_of_the_panel_shows_a_number_or_phone",
        ],
    ),
    12: (
        "Money rounds half up, business days are Shanghai's, periods include both ends.",
        [
            "core/test_money.py::test_half_a_cent_goes_up",
            "core/test_clock.py::test_the_day_changes_at_midnight_in_shanghai",
            "plans/test_coverage.py::test_issued_cover_has_a_valid_certificate_and_both_ends",
        ],
    ),
}


@pytest.mark.parametrize("number", INVARIANTS)
def test_invariant_has_tests_that_exist(number):
    for name in INVARIANTS[number][1]:
        path, test = name.split("::")
        tree = ast.parse((TESTS / path).read_text(encoding="utf-8"))
        assert test in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}, name
