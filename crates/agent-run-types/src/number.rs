//! Numbers as JSON has them: `1` and `1.0` are the same, and what is whole is written without a point.

use serde::{de, ser, Deserialize, Deserializer, Serialize, Serializer};

use crate::Nullable;

/// 2^53 − 1; beyond it neighbouring integers are one double.
pub(crate) const MAX_SAFE: f64 = 9_007_199_254_740_991.0;

/// The integer that a double is, if it is one within ±(2^53 − 1).
pub(crate) fn whole(number: f64) -> Option<i64> {
    let is_whole = number.trunc() == number && number.abs() <= MAX_SAFE;
    is_whole.then_some(number as i64)
}

/// The types of numbers that members have.
pub(crate) trait Number: Copy {
    /// From a finite double; none if it is not of this type.
    fn from_double(number: f64) -> Option<Self>;
    /// Writes it, a whole one without a point.
    fn write<S: Serializer>(self, serializer: S) -> Result<S::Ok, S::Error>;
}

impl Number for f64 {
    fn from_double(number: f64) -> Option<Self> {
        Some(number)
    }

    fn write<S: Serializer>(self, serializer: S) -> Result<S::Ok, S::Error> {
        if !self.is_finite() {
            return Err(ser::Error::custom("found a number that is not finite; expected one that JSON has"));
        }
        match whole(self) {
            Some(integer) => serializer.serialize_i64(integer),
            None => serializer.serialize_f64(self),
        }
    }
}

impl Number for u64 {
    fn from_double(number: f64) -> Option<Self> {
        whole(number)?.try_into().ok()
    }

    fn write<S: Serializer>(self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(self)
    }
}

impl Number for i64 {
    fn from_double(number: f64) -> Option<Self> {
        whole(number)
    }

    fn write<S: Serializer>(self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(self)
    }
}

/// A number on its way from or to JSON.
struct Json<T>(T);

impl<'de, T: Number> Deserialize<'de> for Json<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = f64::deserialize(deserializer)?;
        T::from_double(number)
            .map(Json)
            .ok_or_else(|| de::Error::custom("found a number; expected a whole one in range"))
    }
}

impl<T: Number> Serialize for Json<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.write(serializer)
    }
}

/// A member that is always there, and a number.
pub(crate) mod required {
    use super::*;

    pub(crate) fn deserialize<'de, T: Number, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        Json::deserialize(deserializer).map(|Json(number)| number)
    }

    pub(crate) fn serialize<T: Number, S: Serializer>(number: &T, serializer: S) -> Result<S::Ok, S::Error> {
        number.write(serializer)
    }
}

/// A member that may be absent but not `null`.
pub(crate) mod present {
    use super::*;

    pub(crate) fn deserialize<'de, T: Number, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
        required::deserialize(deserializer).map(Some)
    }

    pub(crate) use super::nullable::serialize;
}

/// A member that may be `null` but not absent.
pub(crate) mod nullable {
    use super::*;

    pub(crate) fn deserialize<'de, T: Number, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
        let number: Option<Json<T>> = Option::deserialize(deserializer)?;
        Ok(number.map(|Json(number)| number))
    }

    pub(crate) fn serialize<T: Number, S: Serializer>(number: &Option<T>, serializer: S) -> Result<S::Ok, S::Error> {
        number.map(Json).serialize(serializer)
    }
}

/// A member that may be absent or `null`.
pub(crate) mod any {
    use super::*;

    pub(crate) fn deserialize<'de, T: Number, D: Deserializer<'de>>(deserializer: D) -> Result<Nullable<T>, D::Error> {
        nullable::deserialize(deserializer).map(Nullable::or_null)
    }

    pub(crate) fn serialize<T: Number, S: Serializer>(number: &Nullable<T>, serializer: S) -> Result<S::Ok, S::Error> {
        nullable::serialize(&number.value(), serializer)
    }
}
