use crate::canonical::compare_units;
use crate::hash::{nested_lists, private_members, ErasableKind};
use crate::json::{pointer, Object, Value};

/// The first place at which two objects differ, by their names in the order of their UTF-16 code units. Private members of
/// an object of a kind differ as a whole.
pub(super) fn difference_of_objects(one: &Object, other: &Object, kind: Option<ErasableKind>) -> Option<String> {
    let mut names: Vec<&str> = one.keys().chain(other.keys().filter(|name| !one.contains(name))).collect();
    names.sort_by(|a, b| compare_units(a, b));
    names.into_iter().find_map(|name| {
        let (Some(a), Some(b)) = (one.get(name), other.get(name)) else {
            return Some(pointer([name]));
        };
        let lists = kind.map_or(&[][..], nested_lists);
        let inner = lists.iter().find(|(member, _)| *member == name).map(|(_, kind)| *kind);
        let place = difference(a, b, inner)?;
        let is_hidden = name == "salt" || kind.is_some_and(|kind| private_members(kind).contains(&name));
        Some(if is_hidden { pointer([name]) } else { pointer([name]) + &place })
    })
}

fn difference(a: &Value, b: &Value, kind: Option<ErasableKind>) -> Option<String> {
    match (a, b) {
        (Value::Object(one), Value::Object(other)) => difference_of_objects(one, other, kind),
        (Value::Array(one), Value::Array(other)) => {
            (0..one.len().max(other.len())).find_map(|index| match (one.get(index), other.get(index)) {
                (Some(a), Some(b)) => difference(a, b, kind).map(|place| format!("/{index}{place}")),
                _ => Some(format!("/{index}")),
            })
        }
        _ => (a != b).then(String::new),
    }
}
