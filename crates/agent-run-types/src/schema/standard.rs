use std::collections::HashMap;
use std::sync::OnceLock;

use super::node::Nodes;
use crate::json::{read, Object, Value};
use crate::semantics::Members;

/// The schemas, vocabularies and codes of the standard: what `npm run gen` writes.
const DATA: &str = include_str!("../generated/standard.json");

/// What the crate knows of the standard, prepared at the first use.
pub(crate) struct Standard {
    pub nodes: Nodes,
    codes: HashMap<String, Code>,
    default_requirement: String,
    /// Sentences behind places in the schemas, the longest place first.
    requirements: Vec<(String, String)>,
}

/// What spec/errors.md says about a code.
pub(crate) struct Code {
    /// Id of the sentence behind it, where there is one for all its findings.
    pub requirement: Option<String>,
    /// What was found, in a few words.
    pub means: String,
}

/// The standard that this crate was generated from.
pub(crate) fn standard() -> &'static Standard {
    static STANDARD: OnceLock<Standard> = OnceLock::new();
    STANDARD.get_or_init(|| {
        let data = read(DATA.as_bytes()).expect("the generated data is JSON of the record profile");
        Standard::new(data.as_object().expect("the generated data is an object"))
    })
}

impl Standard {
    fn new(data: &Object) -> Standard {
        let empty = Object::new();
        let part = |name: &str| data.child(name).unwrap_or(&empty);
        let code = |value: &Value| {
            let row = value.as_object()?;
            let requirement = row.text("requirement").map(str::to_owned);
            Some(Code { requirement, means: row.text("means")?.to_owned() })
        };
        let codes = part("codes").iter().filter_map(|(name, value)| Some((name.to_owned(), code(value)?)));
        let places = part("schema_requirements").iter();
        Standard {
            nodes: Nodes::compile(part("schemas"), part("vocabularies")),
            codes: codes.collect(),
            default_requirement: data.text("default_requirement").unwrap_or_default().to_owned(),
            requirements: places.filter_map(|(place, id)| Some((place.to_owned(), id.as_str()?.to_owned()))).collect(),
        }
    }

    /// The sentence behind a place in the schemas, `file#pointer`: that of the longest one that contains it.
    pub fn requirement_at(&self, place: &str) -> &str {
        let contains = |prefix: &str| {
            let rest = place.strip_prefix(prefix);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let found = self.requirements.iter().find(|(prefix, _)| contains(prefix));
        found.map_or(&self.default_requirement, |(_, id)| id)
    }
}

/// What spec/errors.md says about a code. That every code that is used stands there is a test.
pub(crate) fn code_of(code: &str) -> &'static Code {
    static OTHER: Code = Code { requirement: None, means: String::new() };
    standard().codes.get(code).unwrap_or(&OTHER)
}

/// Id of the sentence behind a code, where there is one for all its findings.
pub(crate) fn sentence_of(code: &str) -> Option<&'static str> {
    code_of(code).requirement.as_deref()
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{read, standard, Value, DATA};

    /// How many schemas, at whatever depth, have a pattern.
    fn patterns(value: &Value) -> usize {
        match value {
            Value::Object(object) => {
                let own = usize::from(matches!(object.get("pattern"), Some(Value::String(_))));
                own + object.iter().map(|(_, inner)| patterns(inner)).sum::<usize>()
            }
            Value::Array(items) => items.iter().map(patterns).sum(),
            _ => 0,
        }
    }

    #[test]
    fn every_pattern_of_the_schemas_was_compiled() {
        let data = read(DATA.as_bytes()).expect("JSON of the record profile");
        let compiled = standard().nodes.all.iter().filter(|node| node.pattern.is_some()).count();
        assert_eq!(compiled, patterns(data.get("schemas").expect("schemas")));
        assert!(compiled > 80);
    }

    #[test]
    fn every_vocabulary_has_its_place() {
        let data = read(DATA.as_bytes()).expect("JSON of the record profile");
        let places = data.get("vocabularies").and_then(Value::as_object).expect("vocabularies");
        let is_there =
            |place: &str| standard().nodes.all.iter().any(|node| node.place == place && node.vocabulary.is_some());
        // Some schemas of the registry are no part of records and what belongs to them.
        let is_ours = |place: &&str| {
            place.split_once(".json#").is_some_and(|(name, _)| standard().nodes.roots.contains_key(name))
        };
        let missing: Vec<_> = places.keys().filter(is_ours).filter(|place| !is_there(place)).collect();
        assert_eq!(missing, [""; 0]);
    }

    /// The texts in a source that look like codes of the families that spec/errors.md has.
    fn codes_in(source: &str, families: &[&str], found: &mut Vec<String>) {
        for text in source.split('"').skip(1).step_by(2) {
            let is_name = |name: &str| {
                !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || b"_".contains(&byte))
            };
            match text.split_once('.') {
                Some((family, name)) if families.contains(&family) && is_name(name) => found.push(text.to_owned()),
                _ => {}
            }
        }
    }

    fn codes_below(folder: &Path, families: &[&str], found: &mut Vec<String>) {
        for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
            if entry.is_dir() {
                codes_below(&entry, families, found);
            } else if entry.extension().is_some_and(|extension| extension == "rs") {
                codes_in(&fs::read_to_string(&entry).expect("a source"), families, found);
            }
        }
    }

    #[test]
    fn every_code_that_is_used_has_a_meaning() {
        let families = [
            "approval",
            "approvals",
            "artifact",
            "bundle",
            "cost",
            "decision",
            "effect",
            "erasures",
            "eval",
            "evals",
            "grant",
            "id",
            "inventory",
            "journal",
            "json",
            "level",
            "lineage",
            "preview",
            "private",
            "record",
            "reference",
            "run_hash",
            "schema",
            "signature",
            "signer",
            "steps",
            "time",
            "trust",
            "version",
            "vocabulary",
        ];
        let mut used = Vec::new();
        for folder in ["schema", "semantics", "journal", "trust", "verify"] {
            codes_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(folder), &families, &mut used);
        }
        assert!(used.len() > 120, "{}", used.len());
        // The dialect has these two key words, and no schema uses them.
        let is_unused = |code: &str| ["schema.const", "schema.max_items"].contains(&code);
        used.retain(|code| !standard().codes.contains_key(code) && !is_unused(code));
        assert_eq!(used, [""; 0]);
    }
}
