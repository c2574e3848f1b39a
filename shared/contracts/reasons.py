"""Why a service says no: one code a reason, the same in every service and on every page."""

from __future__ import annotations

from enum import StrEnum


class Reason(StrEnum):
    """Codes of `Refused`."""

    # who asks
    ACTOR_MISSING = "actor_missing"
    ACTOR_EXPIRED = "actor_expired"
    ACTOR_FORGED = "actor_forged"
    WRONG_ROLE = "wrong_role"
    OUT_OF_SCOPE = "out_of_scope"

    # signing in, accounts and roles
    SIGN_IN_FAILED = "sign_in_failed"
    SIGN_IN_LOCKED = "sign_in_locked"
    TOTP_NEEDED = "totp_needed"
    TOTP_WRONG = "totp_wrong"
    PASSWORD_WRONG = "password_wrong"
    PASSWORD_TOO_WEAK = "password_too_weak"
    PASSWORD_CHANGE_NEEDED = "password_change_needed"
    IDENTITY_UNKNOWN = "identity_unknown"
    IDENTITY_REFUSED = "identity_refused"
    IDENTITY_PROVIDER_AWAY = "identity_provider_away"
    LOGIN_TAKEN = "login_taken"
    IDENTITY_TAKEN = "identity_taken"
    OWN_ROLE = "own_role"
    LAST_ADMINISTRATOR = "last_administrator"

    # the message
    COMMAND_ID_REUSED = "command_id_reused"
    TOO_LARGE = "too_large"

    # the state of things
    WRONG_STATE = "wrong_state"
    ALREADY_EXISTS = "already_exists"
    BATCH_NOT_OPEN = "batch_not_open"
    UNIT_APPLIED_ALREADY = "unit_applied_already"
    UNIT_IS_POINT_ALREADY = "unit_is_point_already"

    SUBJECT_ERASED = "subject_erased"

    # settings and limits
    BACKDATED = "backdated"
    NOTHING_CHANGES = "nothing_changes"
    LIMIT_RUNNING = "limit_running"
    # files and the documents they are
    FILE_TOO_LARGE = "file_too_large"
    FILE_INCOMPLETE = "file_incomplete"
    FILE_DIFFERS = "file_differs"
    FILE_OTHER_TYPE = "file_other_type"
    FILE_UNREADABLE = "file_unreadable"
    FILE_ENCRYPTED = "file_encrypted"
    FILE_ACTIVE_CONTENT = "file_active_content"
    FILE_TOO_LARGE_INSIDE = "file_too_large_inside"
    TOO_MANY_UPLOADS = "too_many_uploads"
    TOO_MANY_DOCUMENTS = "too_many_documents"
    DOCUMENT_UNKNOWN = "document_unknown"
    DOCUMENT_KIND_NOT_YOURS = "document_kind_not_yours"
    DOCUMENTS_MISSING = "documents_missing"

    # the organisation
    RESPONSIBLE_ALREADY = "responsible_already"
    TASK_UNKNOWN = "task_unknown"

    # the rules of selection
    RECOMMENDATION_MISSING = "recommendation_missing"
    RECOMMENDATION_NOT_NEEDED = "recommendation_not_needed"
    PARTNERSHIP_ENDED = "partnership_ended"
    RECOMMENDATION_DECIDED = "recommendation_decided"
    SUPPLEMENT_OVERDUE = "supplement_overdue"
    PLAN_DOES_NOT_FIT = "plan_does_not_fit"
    ALREADY_DELIBERATED = "already_deliberated"
    FIGURES_MISSING = "figures_missing"
    RANKING_DIFFERS = "ranking_differs"
    HARD_STOP = "hard_stop"
    CHECKS_MISSING = "checks_missing"
    CHECK_NOT_ASKED = "check_not_asked"
    FLAG_NOT_ALLOWED = "flag_not_allowed"
    REASONS_NEEDED = "reasons_needed"
    MAJORITY_MISSING = "majority_missing"
    NO_QUORUM = "no_quorum"
    NOT_IN_BATCH = "not_in_batch"
    TOO_FEW_PLACES = "too_few_places"
    NOTICE_RUNNING = "notice_running"
    NOTICE_ENDED = "notice_ended"
    NOT_ON_NOTICE = "not_on_notice"
    OBJECTION_OPEN = "objection_open"
    OBJECTION_UNKNOWN = "objection_unknown"
    OBJECTION_DECIDED = "objection_decided"
    TERM_RUNNING = "term_running"

    # the review group, deliberation and notice
    NO_REVIEW_GROUP = "no_review_group"
    NOT_A_MEMBER = "not_a_member"
    RECUSED = "recused"
    VOTED_ALREADY = "voted_already"
    VOTES_DIFFER = "votes_differ"
    FLAG_OPEN = "flag_open"
    FLAG_UPHELD = "flag_upheld"
    NOT_FLAGGED = "not_flagged"
    OPINION_UNKNOWN = "opinion_unknown"
    OPINION_ANSWERED = "opinion_answered"
    QUORUM_MET = "quorum_met"
    QUALIFIED_UNACCOUNTED = "qualified_unaccounted"
    NOT_A_RESERVE = "not_a_reserve"
    EXTENDED_ALREADY = "extended_already"
    LIMIT_PASSED = "limit_passed"

    # the rules of points: plaque, certificate, term, retirement
    PLAQUE_HELD = "plaque_held"
    PLAQUE_NOT_HELD = "plaque_not_held"
    PLAQUE_NUMBER_TAKEN = "plaque_number_taken"
    CERTIFICATE_PREFIX_TAKEN = "certificate_prefix_taken"
    TERMS_USED_UP = "terms_used_up"
    RENEWAL_OPEN = "renewal_open"
    GRADE_MISSING = "grade_missing"
    GRADE_TOO_LOW = "grade_too_low"
    RETIREMENT_OPEN = "retirement_open"
    RETIREMENT_NOT_OPEN = "retirement_not_open"
    GROUND_DIFFERS = "ground_differs"
    FACTS_NOT_TOLD = "facts_not_told"
    FACTS_NOT_ESTABLISHED = "facts_not_established"
    STATEMENT_OPEN = "statement_open"
    STATEMENT_TOO_LATE = "statement_too_late"
    MUST_RETIRE = "must_retire"
