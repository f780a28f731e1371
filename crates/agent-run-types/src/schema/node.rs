use std::collections::HashMap;

use regex_lite::Regex;

use crate::json::{Object, Value};
use crate::semantics::Members;

/// A schema of the dialect (schemas/PROFILE.md), prepared. References were followed: `properties` and `items` are places in
/// the list of all nodes.
#[derive(Default)]
pub(crate) struct Node {
    types: u8,
    pub enumeration: Option<Vec<Value>>,
    pub constant: Option<Value>,
    pub required: Vec<String>,
    pub properties: HashMap<String, usize>,
    pub items: Option<usize>,
    /// Whether members that it doesn't name are the producer's own.
    pub is_open: bool,
    pub min_length: Option<usize>,
    pub pattern: Option<(String, Regex)>,
    pub minimum: Option<f64>,
    pub maximum: Option<f64>,
    pub min_items: Option<usize>,
    pub max_items: Option<usize>,
    pub is_deprecated: bool,
    /// Whether it asks for a time.
    pub is_time: bool,
    /// The registered values of an open vocabulary.
    pub vocabulary: Option<Vec<String>>,
    /// Where it stands: `file#pointer`.
    pub place: String,
    /// The name of its type, of the schema of a file.
    pub title: String,
}

/// The types of JSON Schema, each with its bit and what a message calls it.
const TYPES: [(&str, u8, &str); 7] = [
    ("null", 1, "null"),
    ("boolean", 2, "a boolean"),
    ("string", 4, "a string"),
    ("number", 8, "a number"),
    ("integer", 16, "a whole number"),
    ("array", 32, "an array"),
    ("object", 64, "an object"),
];

impl Node {
    pub fn admits_null(&self) -> bool {
        self.types & 1 != 0
    }

    pub fn admits_type_of(&self, value: &Value) -> bool {
        let types = match value {
            Value::Null => 1,
            Value::Bool(_) => 2,
            Value::String(_) => 4,
            Value::Number(number) if number.trunc() == *number => 8 | 16,
            Value::Number(_) => 8,
            Value::Array(_) => 32,
            Value::Object(_) => 64,
        };
        self.types == 0 || self.types & types != 0
    }

    /// The types that it admits: "a string or null".
    pub fn type_words(&self) -> String {
        let words: Vec<_> = TYPES.iter().filter(|(_, bit, _)| self.types & bit != 0).map(|each| each.2).collect();
        // `null` comes last, as one says it.
        let (null, others): (Vec<_>, Vec<_>) = words.into_iter().partition(|word| *word == "null");
        [others, null].concat().join(" or ")
    }
}

/// All schemas, prepared, and the place of each by its name.
pub(crate) struct Nodes {
    pub all: Vec<Node>,
    pub roots: HashMap<String, usize>,
}

impl Nodes {
    /// Prepares the schemas of a data file; the vocabularies are by place.
    pub fn compile(schemas: &Object, vocabularies: &Object) -> Nodes {
        let roots = schemas.keys().enumerate().map(|(index, name)| (name.to_owned(), index)).collect();
        let mut nodes = Nodes { all: schemas.keys().map(|_| Node::default()).collect(), roots };
        for (index, (name, schema)) in schemas.iter().enumerate() {
            if let Some(schema) = schema.as_object() {
                nodes.all[index] = nodes.node(schema, format!("{name}.json#"), vocabularies);
            }
        }
        nodes
    }

    /// The number of a schema inside another one: that of the schema it refers to, or a new one.
    fn number_of(&mut self, schema: &Value, place: String, vocabularies: &Object) -> Option<usize> {
        let schema = schema.as_object()?;
        if let Some(name) = schema.text("$ref") {
            return self.roots.get(name).copied();
        }
        let node = self.node(schema, place, vocabularies);
        self.all.push(node);
        Some(self.all.len() - 1)
    }

    fn node(&mut self, schema: &Object, place: String, vocabularies: &Object) -> Node {
        let mut properties = HashMap::new();
        for (name, inner) in schema.child("properties").into_iter().flat_map(Object::iter) {
            let number = self.number_of(inner, format!("{place}/properties/{name}"), vocabularies);
            properties.extend(number.map(|number| (name.to_owned(), number)));
        }
        let items = schema.get("items").and_then(|inner| self.number_of(inner, format!("{place}/items"), vocabularies));
        let texts = |values: &[Value]| values.iter().filter_map(Value::as_str).map(str::to_owned).collect();
        let count = |name: &str| schema.get(name).and_then(Value::as_u64).map(|count| count as usize);
        let pattern = schema.text("pattern");
        Node {
            types: types_of(schema.get("type")),
            enumeration: schema.get("enum").and_then(Value::as_array).map(<[Value]>::to_vec),
            constant: schema.get("const").cloned(),
            required: texts(schema.list("required")),
            properties,
            items,
            is_open: schema.has("additionalProperties"),
            min_length: count("minLength"),
            // That each compiles is a test.
            pattern: pattern.and_then(|text| Some((text.to_owned(), Regex::new(text).ok()?))),
            minimum: schema.number("minimum"),
            maximum: schema.number("maximum"),
            min_items: count("minItems"),
            max_items: count("maxItems"),
            is_deprecated: schema.get("deprecated") == Some(&Value::Bool(true)),
            is_time: pattern.is_some_and(|text| text.starts_with("^[0-9]{4}-(0[1-9]|1[0-2])-")),
            vocabulary: vocabularies.get(&place).and_then(Value::as_array).map(texts),
            title: schema.text("title").unwrap_or_default().to_owned(),
            place,
        }
    }
}

fn types_of(stated: Option<&Value>) -> u8 {
    let bit = |name: &str| TYPES.iter().find(|each| each.0 == name).map_or(0, |each| each.1);
    match stated {
        Some(Value::String(name)) => bit(name),
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).fold(0, |types, name| types | bit(name)),
        _ => 0,
    }
}
