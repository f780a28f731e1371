use std::collections::HashMap;
use std::fmt;

use super::Value;

/// From so many members on, names are looked up in an index instead of one after the other.
const INDEXED: usize = 16;

/// A JSON object whose members keep their order and have different names.
///
/// Looking up a member is fast however many there are. Two objects with the same members are equal in whatever order.
#[derive(Clone, Default)]
pub struct Object {
    members: Vec<(String, Value)>,
    /// Where the member of a name stands; empty while there are few.
    index: HashMap<String, usize>,
}

impl Object {
    /// An object without members.
    pub fn new() -> Self {
        Self::default()
    }

    /// The value of a member.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.position(name).map(|at| &self.members[at].1)
    }

    /// The value of a member, to be changed.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut Value> {
        self.position(name).map(|at| &mut self.members[at].1)
    }

    /// Whether there is a member of that name, `null` or not.
    pub fn contains(&self, name: &str) -> bool {
        self.position(name).is_some()
    }

    /// Gives a member a value, in its place; a new one comes last. Returns the value that it had.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Value>) -> Option<Value> {
        let (name, value) = (name.into(), value.into());
        if let Some(at) = self.position(&name) {
            return Some(std::mem::replace(&mut self.members[at].1, value));
        }
        if self.members.len() >= INDEXED {
            if self.index.is_empty() {
                self.reindex();
            }
            self.index.insert(name.clone(), self.members.len());
        }
        self.members.push((name, value));
        None
    }

    /// Removes a member and returns its value. The others keep their order.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        let at = self.position(name)?;
        let (_, value) = self.members.remove(at);
        self.reindex();
        Some(value)
    }

    /// The members in their order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&str, &Value)> + ExactSizeIterator {
        self.members.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// The names of the members in their order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &str> + ExactSizeIterator {
        self.members.iter().map(|(name, _)| name.as_str())
    }

    /// How many members there are.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// A copy that lacks some members.
    pub fn without(&self, names: &[&str]) -> Object {
        self.iter().filter(|(name, _)| !names.contains(name)).collect()
    }

    fn position(&self, name: &str) -> Option<usize> {
        if self.index.is_empty() {
            self.members.iter().position(|(known, _)| known == name)
        } else {
            self.index.get(name).copied()
        }
    }

    fn reindex(&mut self) {
        self.index.clear();
        if self.members.len() >= INDEXED {
            let places = self.members.iter().enumerate().map(|(at, (name, _))| (name.clone(), at));
            self.index.extend(places);
        }
    }
}

impl PartialEq for Object {
    fn eq(&self, other: &Self) -> bool {
        self.len() == other.len() && self.iter().all(|(name, value)| other.get(name) == Some(value))
    }
}

impl fmt::Debug for Object {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_map().entries(self.iter()).finish()
    }
}

/// Of two members of one name the last one counts, in the place of the first.
impl<N: Into<String>, V: Into<Value>> FromIterator<(N, V)> for Object {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(members: I) -> Self {
        let mut object = Object::new();
        for (name, value) in members {
            object.insert(name, value);
        }
        object
    }
}

impl IntoIterator for Object {
    type Item = (String, Value);
    type IntoIter = std::vec::IntoIter<(String, Value)>;

    fn into_iter(self) -> Self::IntoIter {
        self.members.into_iter()
    }
}
