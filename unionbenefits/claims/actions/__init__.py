"""Every write of claims, as verbs: drafts, papers, filing, asking, deciding, appeals, money, payments."""

from unionbenefits.claims.actions.appealing import appeal, decide_appeal, withdraw_appeal
from unionbenefits.claims.actions.asking import answer, ask_for_more, clear_finding
from unionbenefits.claims.actions.deciding import (
    approve,
    decide,
    reject,
    reopen,
    return_decision,
    review,
    set_limit,
    settle_difference,
)
from unionbenefits.claims.actions.drafts import correct, save_step, start_draft, start_draft_for_worker
from unionbenefits.claims.actions.filing import file, file_for_worker, withdraw
from unionbenefits.claims.actions.money import (
    capture_obligation,
    give_back_obligation,
    hold_again,
    refund,
    set_claims_funds,
)
from unionbenefits.claims.actions.papers import add_paper, remove_paper, replace_paper, view_paper
from unionbenefits.claims.actions.payee import correct_payee
from unionbenefits.claims.actions.paying import (
    cancel_payment_batch,
    check_payment_batch,
    fetch_bank_file,
    make_payment_batch,
    mark_all_unknown,
    mark_unknown,
    pay_again,
    submit_payment_batch,
)
from unionbenefits.claims.actions.profiles import ProfileTerms, layout_of, set_bank_profile
from unionbenefits.claims.actions.results import (
    Reading,
    judge_result_file,
    open_result_file,
    read_result_file,
)

__all__ = [
    "ProfileTerms",
    "Reading",
    "add_paper",
    "answer",
    "appeal",
    "approve",
    "ask_for_more",
    "cancel_payment_batch",
    "capture_obligation",
    "check_payment_batch",
    "clear_finding",
    "correct",
    "correct_payee",
    "decide",
    "decide_appeal",
    "fetch_bank_file",
    "file",
    "file_for_worker",
    "give_back_obligation",
    "hold_again",
    "judge_result_file",
    "layout_of",
    "make_payment_batch",
    "mark_all_unknown",
    "mark_unknown",
    "open_result_file",
    "pay_again",
    "read_result_file",
    "refund",
    "reject",
    "remove_paper",
    "reopen",
    "replace_paper",
    "return_decision",
    "review",
    "save_step",
    "set_bank_profile",
    "set_claims_funds",
    "set_limit",
    "settle_difference",
    "start_draft",
    "start_draft_for_worker",
    "submit_payment_batch",
    "view_paper",
    "withdraw",
    "withdraw_appeal",
]
