use serde::de::DeserializeOwned;
use serde::ser::Error as _;
use serde::Serialize;

use super::{read, Object, Value};

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

impl Object {
    /// The JSON object that a typed object is written as: what [`seal`](crate::seal::seal) and a
    /// [`JournalWriter`](crate::journal::JournalWriter) take.
    ///
    /// ```
    /// use agent_run_types::{json::Object, Step, StepType};
    ///
    /// let step = Object::from_typed(&Step::new("s-1", StepType::Message, None))?;
    /// assert_eq!(step.get("type").and_then(|kind| kind.as_str()), Some("message"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Value::from_typed`], and if it is written as something else than an object.
    pub fn from_typed<T: Serialize>(typed: &T) -> Result<Object, serde_json::Error> {
        let found = Value::from_typed(typed)?;
        found.into_object().ok_or_else(|| serde_json::Error::custom("found no object; expected one"))
    }

    /// The typed object that an object is. Hashes are taken from the object and not from the typed one.
    ///
    /// # Errors
    /// If the object has not the form of that type.
    pub fn into_typed<T: DeserializeOwned>(self) -> Result<T, serde_json::Error> {
        Value::Object(self).into_typed()
    }
}
