use serde::de::DeserializeOwned;
use serde::ser::Error as _;
use serde::Serialize;

use super::{read, Value};

impl Value {
    /// The JSON value that a typed object is written as, an [`AgentRun`](crate::AgentRun) for example.
    ///
    /// # Errors
    /// If what is written is outside the record profile, such as a number beyond 2^53 − 1.
    pub fn from_typed<T: Serialize>(typed: &T) -> Result<Value, serde_json::Error> {
        read(&serde_json::to_vec(typed)?).map_err(serde_json::Error::custom)
    }

    /// The typed object that a value is. Hashes are taken from the value and not from the object.
    ///
    /// # Errors
    /// If the value has not the form of that type.
    pub fn into_typed<T: DeserializeOwned>(self) -> Result<T, serde_json::Error> {
        serde_json::from_value(self.into())
    }
}
