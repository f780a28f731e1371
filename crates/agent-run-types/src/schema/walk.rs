use regex_lite::Regex;

use super::collector::Collector;
use super::finding::{Fault, Finding, Severity};
use super::node::Node;
use super::standard::standard;
use super::suggestion::{suggest_member, suggest_value};
use super::wording;
use crate::json::{pointer, Object, Value};
use crate::semantics::Instant;

/// A name or an index on the way to a value.
#[derive(Clone, Copy)]
pub(crate) enum Key<'v> {
    Name(&'v str),
    Index(usize),
}

/// Deepest nesting of a record; the root is level 1 (AR-BYTES-007).
const DEEPEST: usize = 128;

/// Where a walk stands; spelled out only where there is something to say, since most of a record is right.
#[derive(Default)]
pub(crate) struct Trail<'v>(Vec<Key<'v>>);

impl<'v> Trail<'v> {
    pub fn push(&mut self, key: Key<'v>) {
        self.0.push(key);
    }

    pub fn pop(&mut self) {
        self.0.pop();
    }

    /// Whether what is inside the present value is no deeper than a record may be.
    pub fn is_within_depth(&self) -> bool {
        self.0.len() < DEEPEST
    }

    pub fn pointer(&self) -> String {
        pointer(self.0.iter().map(|key| match key {
            Key::Name(name) => (*name).to_owned(),
            Key::Index(index) => index.to_string(),
        }))
    }
}

/// A walk along a value and its schema. A value of the wrong type is not looked at any further.
struct Walk<'v, 'c> {
    trail: Trail<'v>,
    collector: &'c mut Collector,
    is_strict: bool,
    /// Whether the first error is enough.
    is_hasty: bool,
}

/// The name of the type that a schema, or the one in whose file it stands, describes.
fn title_of(node: &'static Node) -> &'static str {
    let file = node.place.split(".json#").next().unwrap_or_default();
    let root = standard().nodes.roots.get(file);
    root.map_or("an object", |root| &standard().nodes.all[*root].title)
}

/// Collects what is wrong with a value by the schema of a name, in the order of the document.
/// `is_strict` also reports members that no schema names.
pub(crate) fn walk(schema: &str, value: &Value, is_strict: bool, collector: &mut Collector) {
    start(schema, value, Walk { trail: Trail::default(), collector, is_strict, is_hasty: false });
}

/// The first error of a value by the schema of a name.
pub(crate) fn first_fault(schema: &str, value: &Value) -> Option<Fault> {
    let mut collector = Collector::new(1);
    start(schema, value, Walk { trail: Trail::default(), collector: &mut collector, is_strict: false, is_hasty: true });
    let (findings, _) = collector.finish();
    findings.into_iter().next().map(|finding| Fault { code: finding.code, path: finding.path })
}

/// Whether a schema has nothing against a value.
pub(crate) fn is_valid(schema: &str, value: &Value) -> bool {
    first_fault(schema, value).is_none()
}

fn start<'v>(schema: &str, value: &'v Value, mut walk: Walk<'v, '_>) {
    if let Some(&root) = standard().nodes.roots.get(schema) {
        walk.value(&standard().nodes.all[root], value);
    }
}

impl<'v> Walk<'v, '_> {
    fn value(&mut self, node: &'static Node, value: &'v Value) {
        if self.is_hasty && self.collector.has_errors() {
            return;
        }
        if !node.admits_type_of(value) {
            return match &node.enumeration {
                // Where a vocabulary is closed, its values say more than its type.
                Some(values) => self.fail_vocabulary("schema.type", "type", node, value, values),
                None => self.fail_contrast("schema.type", "type", node, value, node.type_words()),
            };
        }
        if let Some(values) = node.enumeration.as_ref().filter(|values| !values.contains(value)) {
            self.fail_vocabulary("schema.enum", "enum", node, value, values);
        }
        if let Some(constant) = node.constant.as_ref().filter(|constant| *constant != value) {
            self.fail_vocabulary("schema.const", "const", node, value, std::slice::from_ref(constant));
        }
        match value {
            Value::String(text) => self.string(node, value, text),
            Value::Number(number) => self.number(node, *number),
            Value::Array(items) => self.array(node, value, items),
            Value::Object(object) => self.object(node, object),
            Value::Null | Value::Bool(_) => {}
        }
    }

    fn string(&mut self, node: &'static Node, value: &'v Value, text: &'v str) {
        if let Some(least) = node.min_length.filter(|least| text.chars().take(*least).count() < *least) {
            self.fail_contrast("schema.min_length", "minLength", node, value, wording::at_least(least, "character"));
        }
        // A time that exists has the form of one; most texts with a pattern are times.
        let may_be_wrong = !(node.is_time && Instant::parse(text).is_some());
        let is_wrong = |(_, regex): &&(String, Regex)| may_be_wrong && !regex.is_match(text);
        if let Some((pattern, _)) = node.pattern.as_ref().filter(is_wrong) {
            self.fail("schema.pattern", "pattern", node, || wording::pattern_message(text, pattern));
        }
    }

    fn number(&mut self, node: &'static Node, number: f64) {
        // References to content stand in private members, other numbers with a limit are public.
        let is_private = node.place.starts_with("content-ref.json#");
        let found = || if is_private { "a number".to_owned() } else { number.to_string() };
        if let Some(least) = node.minimum.filter(|least| number < *least) {
            let message = || format!("found {}, expected at least {least}", found());
            self.fail("schema.minimum", "minimum", node, message);
        }
        if let Some(most) = node.maximum.filter(|most| number > *most) {
            self.fail("schema.maximum", "maximum", node, || format!("found {}, expected at most {most}", found()));
        }
    }

    fn array(&mut self, node: &'static Node, value: &'v Value, items: &'v [Value]) {
        if let Some(least) = node.min_items.filter(|least| items.len() < *least) {
            self.fail_contrast("schema.min_items", "minItems", node, value, wording::at_least(least, "item"));
        }
        if let Some(most) = node.max_items.filter(|most| items.len() > *most) {
            self.fail_contrast("schema.max_items", "maxItems", node, value, format!("at most {most} items"));
        }
        let Some(inner) = node.items.filter(|_| self.is_within_depth()) else {
            return;
        };
        for (index, item) in items.iter().enumerate() {
            self.trail.push(Key::Index(index));
            self.value(&standard().nodes.all[inner], item);
            self.trail.pop();
        }
    }

    fn object(&mut self, node: &'static Node, object: &'v Object) {
        for name in node.required.iter().filter(|name| !object.contains(name)) {
            let message = || format!("required member {name} is missing");
            self.fail("schema.required", "required", node, message);
        }
        if !self.is_within_depth() {
            return;
        }
        for (name, value) in object.iter() {
            self.trail.push(Key::Name(name));
            if let Some(&inner) = node.properties.get(name) {
                self.value(&standard().nodes.all[inner], value);
            } else if self.is_strict && !node.is_open && !(name == "$schema" && self.trail.0.len() == 1) {
                self.warn_unknown(node, name, object);
            }
            self.trail.pop();
        }
    }

    /// Whether one may go on inside. A value that was read is never deeper; one that a program made may be.
    fn is_within_depth(&mut self) -> bool {
        let is_within = self.trail.is_within_depth();
        if !is_within {
            let path = self.trail.pointer();
            self.collector.add(Severity::Error, || Finding::of_rule("json.depth", Severity::Error, path));
        }
        is_within
    }

    fn warn_unknown(&mut self, node: &'static Node, name: &str, object: &Object) {
        let path = self.trail.pointer();
        self.collector.add(Severity::Warning, || {
            let message = format!("unknown member of {}", title_of(node));
            let suggestion = suggest_member(name, node.properties.keys().map(String::as_str), object);
            Finding { suggestion, ..Finding::new("schema.unknown_member", Severity::Warning, path, message) }
        });
    }

    /// Adds an error about a keyword.
    fn fail(&mut self, code: &'static str, keyword: &str, node: &'static Node, message: impl FnOnce() -> String) {
        let trail = &self.trail;
        self.collector.add(Severity::Error, || {
            let requirement = Some(standard().requirement_at(&format!("{}/{keyword}", node.place)));
            Finding { requirement, ..Finding::new(code, Severity::Error, trail.pointer(), message()) }
        });
    }

    /// That a value is something else than was expected.
    fn fail_contrast(
        &mut self,
        code: &'static str,
        keyword: &str,
        node: &'static Node,
        value: &Value,
        expected: String,
    ) {
        self.fail(code, keyword, node, || format!("found {}, expected {expected}", wording::describe(value)));
    }

    /// That a value is none of a closed vocabulary.
    fn fail_vocabulary(
        &mut self,
        code: &'static str,
        keyword: &str,
        node: &'static Node,
        value: &Value,
        values: &'static [Value],
    ) {
        let trail = &self.trail;
        self.collector.add(Severity::Error, || {
            let allowed: Vec<&'static str> = values.iter().filter_map(Value::as_str).collect();
            let requirement = Some(standard().requirement_at(&format!("{}/{keyword}", node.place)));
            let suggestion = value.as_str().and_then(|text| suggest_value(text, &allowed));
            let message = wording::value_message(value, values);
            let finding = Finding::new(code, Severity::Error, trail.pointer(), message);
            Finding { requirement, allowed, suggestion, ..finding }
        });
    }
}
