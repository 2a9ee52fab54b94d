//! Conventions for this workspace's own documents.

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
mod extension_malformed;
mod extension_misplaced;
mod extension_unknown;
mod extensions;
mod field_case;
mod field_unshown;
mod identifier_case;
mod money_format;
mod named;
mod page_misplaced;
mod real_data;
mod received;
mod response_untitled;
mod sensitive_missing;
mod summary_style;
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

use super::Rule;

pub(super) const RULES: &[Rule] = &[
    docs_missing::RULE,
    docs_malformed::RULE,
    page_misplaced::RULE,
    entry_unlinked::RULE,
    unread_malformed::RULE,
    unread_described::RULE,
    extension_unknown::RULE,
    extension_misplaced::RULE,
    extension_malformed::RULE,
    environment_name::RULE,
    envelope_missing::RULE,
    error_code_unlisted::RULE,
    field_case::RULE,
    identifier_case::RULE,
    response_untitled::RULE,
    waiter_state_unlisted::RULE,
    money_format::RULE,
    time_format::RULE,
    sensitive_missing::RULE,
    webhook_duplicate::RULE,
    webhook_private::RULE,
    webhook_event_unlisted::RULE,
    example_missing::RULE,
    field_unshown::RULE,
    example_secret::RULE,
    description_missing::RULE,
    enum_value_undescribed::RULE,
    description_style::RULE,
    description_long::RULE,
    summary_style::RULE,
];
