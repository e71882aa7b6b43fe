//! The JSON Schema of a parsed ledger.

use serde_json::Value;

use crate::model::Ledger;

/// The schema of [`Ledger`] as it is serialised. The source text is not part of it.
pub fn schema() -> Value {
    schemars::schema_for!(Ledger).to_value()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ledger_has_the_properties_that_the_schema_names() {
        let schema = schema();
        let ledger = crate::parse::parse(crate::text::Source::new("t", "- [ ] E0001: a\n"));
        let value = serde_json::to_value(&ledger).unwrap();
        let named: Vec<_> = schema["properties"].as_object().unwrap().keys().collect();
        let written: Vec<_> = value.as_object().unwrap().keys().collect();
        assert_eq!(named, written);
    }
}
