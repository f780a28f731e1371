use super::node::Node;
use super::standard::standard;
use super::walk::{Key, Trail};
use crate::json::{Object, Value};

/// A member of an object that its schema names.
pub(crate) struct Visited<'s, 'v> {
    pub name: &'v str,
    pub value: &'v Value,
    pub node: &'static Node,
    /// Whether the object has to have it.
    pub is_required: bool,
    trail: &'s Trail<'v>,
}

impl Visited<'_, '_> {
    /// JSON Pointer of the member.
    pub fn path(&self) -> String {
        self.trail.pointer()
    }
}

/// Shows every member that the schemas know, of an object and of what is inside it, in the order of the document.
pub(crate) fn visit<'v>(schema: &str, object: &'v Object, look: &mut dyn FnMut(Visited<'_, 'v>)) {
    if let Some(&root) = standard().nodes.roots.get(schema) {
        visit_object(&standard().nodes.all[root], object, &mut Trail::default(), look);
    }
}

fn visit_object<'v>(
    node: &'static Node,
    object: &'v Object,
    trail: &mut Trail<'v>,
    look: &mut dyn FnMut(Visited<'_, 'v>),
) {
    for (name, value) in object.iter() {
        let Some(&inner) = node.properties.get(name) else {
            continue;
        };
        let inner = &standard().nodes.all[inner];
        trail.push(Key::Name(name));
        let is_required = node.required.iter().any(|each| each == name);
        look(Visited { name, value, node: inner, is_required, trail });
        visit_value(inner, value, trail, look);
        trail.pop();
    }
}

fn visit_value<'v>(
    node: &'static Node,
    value: &'v Value,
    trail: &mut Trail<'v>,
    look: &mut dyn FnMut(Visited<'_, 'v>),
) {
    match value {
        Value::Object(object) if trail.is_within_depth() => visit_object(node, object, trail, look),
        Value::Array(items) if trail.is_within_depth() => {
            let Some(inner) = node.items else {
                return;
            };
            for (index, item) in items.iter().enumerate() {
                trail.push(Key::Index(index));
                visit_value(&standard().nodes.all[inner], item, trail, look);
                trail.pop();
            }
        }
        _ => {}
    }
}
