"""What every stored field is: personal or not, and how a personal one is kept (invariant 11, domain §6).

SEALED: unreadable without the keys. INDEXED: a keyed digest to find a sealed value again. PLAIN: personal, but
officers search and sort by it, so it is stored as it is (a name, a birth date). SECRET: one-way. FREE: written by
people, may hold personal words; screens keep it inside the scope. NOT: says nothing about a person's identity.
"""

SEALED, INDEXED, PLAIN, SECRET, FREE = "sealed", "indexed", "plain", "secret", "free"

PERSONAL: dict[str, str] = {
    "accounts.user.password": SECRET,
    "accounts.user.username": PLAIN,
    "accounts.user.name": PLAIN,
    "accounts.smscode.document_digest": INDEXED,
    "accounts.smscode.phone_digest": INDEXED,
    "accounts.smscode.address_digest": INDEXED,
    "accounts.smscode.code_digest": SECRET,
    "accounts.smsmessage.phone": SEALED,
    "accounts.smsmessage.text": SEALED,
    "accounts.throttle.key_digest": INDEXED,
    "workers.worker.name": PLAIN,
    "workers.worker.name_key": PLAIN,
    "workers.worker.sex": PLAIN,
    "workers.worker.birth_date": PLAIN,
    "workers.worker.phone": SEALED,
    "workers.worker.phone_digest": INDEXED,
    "workers.identitydocument.number": SEALED,
    "workers.identitydocument.number_digest": INDEXED,
    "workers.membership.note": FREE,
    "workers.membership.occupation_as_given": FREE,
    "workers.rosterfile.sealed": SEALED,
    "workers.pairdecision.number_digest": INDEXED,
    "workers.pairdecision.name_key": PLAIN,
    "workers.rowdecision.subject": INDEXED,
    "workers.rowdecision.value": SEALED,
    "workers.rowdecision.before": SEALED,
    "workers.rosterrow.name": PLAIN,
    "workers.rosterrow.name_key": PLAIN,
    "workers.rosterrow.sex": PLAIN,
    "workers.rosterrow.birth_date": PLAIN,
    "workers.rosterrow.number": SEALED,
    "workers.rosterrow.number_digest": INDEXED,
    "workers.rosterrow.phone": SEALED,
    "workers.rosterrow.phone_digest": INDEXED,
    "workers.rosterrow.cells": SEALED,
    "workers.rosterrow.note": FREE,
    "workers.rosterrow.occupation_as_given": FREE,
    "workers.rosterrow.codes": FREE,
    "funds.entry.memo": FREE,
    "workers.worker.died_on": PLAIN,
    "workers.worker.basic_insurance": PLAIN,
    "workers.worker.real_name_checked_on": PLAIN,
    "workers.worker.retirement_track": PLAIN,
    "access.exportfile.sealed": SEALED,
    "access.export.title": FREE,
    "access.export.params": FREE,
    "access.export.failure": FREE,
    "campaigns.giftbatch.return_reason": FREE,
    "campaigns.giftoverride.reason": FREE,
    "campaigns.revocation.reason": FREE,
    "campaigns.batchrun.failure": FREE,
}

NOT_PERSONAL: dict[str, str] = {
    "audit.entry": "id at actor action object_type object_id data",
    "audit.seal": "position entry previous hash",
    "accounts.user": "id last_login is_superuser is_active is_staff created_at",
    "accounts.smscode": "token purpose subject tries created_at expires_at used_at",
    "accounts.smsmessage": "id key kind state tries made_by created_at send_until sent_at error",
    "accounts.throttle": "id limit count window_ends_at",
    "unions.union": "id path depth numchild name kind credit_code area_code is_test",
    "enterprises.enterprise": "id name credit_code kind is_head headcount union",
    "enterprises.industryaffiliation": "id enterprise union since",
    "access.export": "id kind language made_by made_at state done total file_name content_type size expires_at "
    "fetched_at",
    "access.exportfile": "export",
    "access.post": "id user role union enterprise starts_on ends_on",
    "workers.worker": "id created_at",
    "workers.identitydocument": "id worker kind issuer retired_at",
    "workers.pairdecision": "id kind issuer worker answer decided_by decided_at withdrawn_by withdrawn_at",
    "workers.rowdecision": "id roster sheet row code field choice decided_by decided_at applied_at",
    "workers.message": "id worker kind about params created_at read_at text_wanted texted_at",
    "workers.consent": "id worker kind text_version given_at given_through withdrawn_at",
    "workers.membership": "id worker enterprise occupation work_relation joined_on left_on source",
    "workers.roster": "id enterprise mode as_clerk state file_name file_sha256 file_format encoding sheets notices "
    "mapping refusal refusal_details rows_total rows_judged counts verdict_digest judged_at uploaded_by uploaded_at "
    "confirmed_by applied_at",
    "workers.rosterfile": "roster",
    "workers.rosterrow": "id roster sheet row verdict action document_kind issuer occupation work_relation joined_on "
    "cleared enterprise worker",
    "workers.rosterleaver": "id roster membership confirmed ended",
    "funds.fund": "id name owner year is_test",
    "funds.entry": "id fund kind credit debit amount copies reference reverses made_by made_at",
    "plans.plan": "id code name popular_name",
    "plans.planversion": "id plan number valid_from fee rates deductible cap_per_stay cap_per_period waiting_days "
    "straddle episode_gap_days filing_deadline_days accepted_insurance age_floor age_below below_retirement_age "
    "minimum_share everyone_below",
    "plans.coverage": "id worker plan plan_version given_by certificate_no period live_period first_enrolment status "
    "cancelled_from keep_until issued_at",
    "plans.openingfigures": "id since_year until enrolments payouts amount source entered_by entered_at",
    "campaigns.campaign": "id code name kind owner plan_version unit_cost opens_on closes_on cover_starts_on "
    "cover_ends_on renews fund_use occupations areas real_name_required insurance_required gifted_before gifted_since "
    "minimum_share_required start_rule second_approval_above state",
    "campaigns.occupationgroup": "id code name source occupations",
    "campaigns.giftoverride": "id campaign worker asked_by asked_at allowed_by allowed_at",
    "campaigns.revocation": "id batch state from_day copies kept amount digest proposed_by proposed_at decided_by "
    "decided_at",
    "campaigns.revocationline": "id revocation gift kept",
    "campaigns.batchrun": "id batch step state done total stop_asked started_by started_at ended_at",
    "campaigns.campaignfund": "id campaign fund order share limit",
    "campaigns.allotment": "id campaign union enterprise parent copies use_until",
    "campaigns.giftbatch": "id campaign allotment roster state copies left_out amount digest approved_digest "
    "prepared_by prepared_at put_forward_by put_forward_at approved_by approved_at second_needed second_by second_at "
    "issued_by issued_at revoked",
    "campaigns.batchentry": "id batch entry",
    "campaigns.gift": "id campaign batch worker enterprise occupation state reason cover_from coverage",
}
