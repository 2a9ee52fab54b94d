//! Rules about conventions for the documents of this workspace.

mod date;
mod description_long;
mod description_missing;
mod description_style;
mod docs_malformed;
mod docs_missing;
mod entry_unlinked;
mod enum_value_undescribed;
mod envelope_missing;
mod environment_name;
mod error_code_unlisted;
mod example_missing;
mod example_secret;
mod expected_absent;
mod extension_malformed;
mod extension_misplaced;
mod extension_unknown;
mod extensions;
mod field_case;
mod field_occurrences;
mod field_unshown;
mod identifier_case;
mod money_format;
mod page_misplaced;
mod properties_and_parameters;
mod real_data;
mod received_schemas;
mod response_unauthorized;
mod response_untitled;
mod sensitive_missing;
mod summary_style;
mod text_blank;
mod texts;
mod time_format;
mod unread_described;
mod unread_list;
mod unread_malformed;
mod waiter_state_unlisted;
mod webhook;
mod webhook_duplicate;
mod webhook_event_unlisted;
mod webhook_private;
mod words;

use super::Check;

pub(super) const CHECKS: &[Check] = &[
    docs_missing::CHECK,
    docs_malformed::CHECK,
    page_misplaced::CHECK,
    entry_unlinked::CHECK,
    unread_malformed::CHECK,
    unread_described::CHECK,
    extension_unknown::CHECK,
    extension_misplaced::CHECK,
    expected_absent::CHECK,
    extension_malformed::CHECK,
    environment_name::CHECK,
    envelope_missing::CHECK,
    error_code_unlisted::CHECK,
    field_case::CHECK,
    identifier_case::CHECK,
    response_unauthorized::CHECK,
    response_untitled::CHECK,
    waiter_state_unlisted::CHECK,
    money_format::CHECK,
    time_format::CHECK,
    sensitive_missing::CHECK,
    webhook_duplicate::CHECK,
    webhook_private::CHECK,
    webhook_event_unlisted::CHECK,
    example_missing::CHECK,
    field_unshown::CHECK,
    example_secret::CHECK,
    text_blank::CHECK,
    description_missing::CHECK,
    enum_value_undescribed::CHECK,
    description_style::CHECK,
    description_long::CHECK,
    summary_style::CHECK,
];
