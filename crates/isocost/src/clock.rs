//! The one place of the command line that asks for the time.

/// Now, to the second, RFC 3339 in UTC.
pub(crate) fn now() -> String {
    jiff::Timestamp::now().round(jiff::Unit::Second).unwrap_or_default().to_string()
}
