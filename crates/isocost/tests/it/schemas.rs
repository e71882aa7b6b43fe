//! The committed JSON Schemas are those of the program.

use crate::fixture::{Project, repository};

/// The names that `isocost schema` takes.
fn names() -> Vec<String> {
    let listed = Project::new().isocost(&["schema", "nothing"]).exits(2).stderr;
    let listed = listed.split("[possible values: ").nth(1).unwrap().split(']').next().unwrap();
    listed.split(", ").map(str::to_owned).collect()
}

#[test]
fn committed_schemas_equal_what_the_program_prints() {
    let dir = repository("docs/schema");
    let mut differ = Vec::new();
    for name in names() {
        let printed = Project::new().isocost(&["schema", &name]).exits(0);
        let title = printed.json();
        assert!(
            title["$schema"].as_str().is_some_and(|uri| uri.contains("json-schema.org")),
            "{name}: {title}"
        );
        if std::fs::read_to_string(dir.join(format!("{name}.json"))).ok().as_deref() != Some(&printed.stdout)
        {
            differ.push(format!("isocost schema {name} > docs/schema/{name}.json"));
        }
    }
    assert!(
        differ.is_empty(),
        "write these again, and raise the version where a reader would break:\n{}",
        differ.join("\n")
    );
}

#[test]
fn every_committed_schema_is_one_of_the_program() {
    let names = names();
    for entry in std::fs::read_dir(repository("docs/schema")).unwrap() {
        let file = entry.unwrap().file_name().into_string().unwrap();
        let name = file.strip_suffix(".json").unwrap_or_else(|| panic!("{file} is no schema"));
        assert!(names.iter().any(|known| known == name), "`isocost schema {name}` does not exist");
    }
}
