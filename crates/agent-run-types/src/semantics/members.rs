use super::instant::Instant;
use crate::json::{Object, Value};

/// The members of an object, as rules and checks look at them: `null`, and a value of another type than was asked for, is
/// as if it were absent. The schemas speak about it.
pub(crate) trait Members<'a>: Copy {
    /// The object that has the members.
    fn members(self) -> &'a Object;

    /// A member that is there and not `null`.
    fn given(self, name: &str) -> Option<&'a Value> {
        self.members().get(name).filter(|value| !value.is_null())
    }

    fn is_given(self, name: &str) -> bool {
        self.given(name).is_some()
    }

    /// Whether there is a member of that name, `null` or not.
    fn has(self, name: &str) -> bool {
        self.members().get(name).is_some()
    }

    fn text(self, name: &str) -> Option<&'a str> {
        self.members().get(name)?.as_str()
    }

    fn number(self, name: &str) -> Option<f64> {
        self.members().get(name)?.as_f64()
    }

    fn child(self, name: &str) -> Option<&'a Object> {
        self.members().get(name)?.as_object()
    }

    /// A member of a child: `.within("provenance", "nonce")`.
    fn within(self, child: &str, name: &str) -> Option<&'a Value> {
        self.child(child)?.given(name)
    }

    fn list(self, name: &str) -> &'a [Value] {
        self.members().get(name).and_then(Value::as_array).unwrap_or(&[])
    }

    /// The objects in a list.
    fn objects(self, name: &str) -> Vec<&'a Object> {
        self.list(name).iter().filter_map(Value::as_object).collect()
    }

    /// Whether a member is one of some texts.
    fn is(self, name: &str, texts: &[&str]) -> bool {
        self.text(name).is_some_and(|text| texts.contains(&text))
    }

    fn instant(self, name: &str) -> Option<Instant> {
        Instant::parse(self.text(name)?)
    }
}

impl<'a> Members<'a> for &'a Object {
    fn members(self) -> &'a Object {
        self
    }
}

/// An object of a record and where it stands, a JSON Pointer.
#[derive(Clone, Debug)]
pub(crate) struct Place<'a> {
    pub object: &'a Object,
    pub path: String,
}

impl<'a> Members<'a> for &Place<'a> {
    fn members(self) -> &'a Object {
        self.object
    }
}

impl<'a> Place<'a> {
    /// The whole record.
    pub fn whole(object: &'a Object) -> Self {
        Place { object, path: String::new() }
    }

    /// The pointer of a member.
    pub fn at(&self, member: &str) -> String {
        format!("{}/{member}", self.path)
    }

    /// A member that is an object.
    pub fn part(&self, name: &str) -> Option<Place<'a>> {
        Some(Place { object: self.child(name)?, path: self.at(name) })
    }

    /// The objects in a list, each with its number there.
    pub fn parts(&self, name: &str) -> Vec<Place<'a>> {
        let placed = |(index, item): (usize, &'a Value)| {
            Some(Place { object: item.as_object()?, path: format!("{}/{name}/{index}", self.path) })
        };
        self.list(name).iter().enumerate().filter_map(placed).collect()
    }
}

/// Whether both times are known and the first is before the second.
pub(crate) fn precedes(one: Option<Instant>, other: Option<Instant>) -> bool {
    matches!((one, other), (Some(one), Some(other)) if one < other)
}
