//! JSON (RFC 8259) read strictly: a name stands once in an object (RFC 7515 section 5.2 lets a reader refuse the rest, and
//! readers that disagree on the second one are how signatures get stretched), and depth is bounded. Leaves out bytes: who
//! calls has bounded them.

use std::{borrow::Cow, cell::Cell, fmt};

use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use crate::limits::DEPTH_MAX;

/// Why bytes are not JSON as it is read here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// They are not JSON, or something follows it.
    #[error("not JSON")]
    Syntax,
    /// A name stands twice in one object.
    #[error("a name stands twice in an object")]
    NameTwice,
    /// Arrays and objects are nested too deeply.
    #[error("nested deeper than {DEPTH_MAX}")]
    TooDeep,
    /// It is something else than an object.
    #[error("not an object")]
    NotAnObject,
}

/// Reads any value.
pub(super) fn value(bytes: &[u8]) -> Result<Value, Error> {
    let fault = Cell::new(Error::Syntax);
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = Strict { depth: 0, fault: &fault }.deserialize(&mut reader).map_err(|_| fault.get())?;
    reader.end().map_err(|_| Error::Syntax)?;
    Ok(value)
}

/// Reads an object.
pub(super) fn object(bytes: &[u8]) -> Result<Map<String, Value>, Error> {
    match value(bytes)? {
        Value::Object(map) => Ok(map),
        _ => Err(Error::NotAnObject),
    }
}

/// Appends a text as a JSON string.
pub(super) fn push(out: &mut Vec<u8>, text: &str) {
    write(out, &text);
}

/// Appends a value.
#[expect(clippy::expect_used, reason = "names are strings and memory does not fail")]
pub(super) fn write<T: serde::Serialize>(out: &mut Vec<u8>, value: &T) {
    serde_json::to_writer(out, value).expect("a value with names that are strings is JSON");
}

/// A name as a step of a pointer (RFC 6901 section 3).
pub(super) fn escaped(name: &str) -> Cow<'_, str> {
    if name.contains(['~', '/']) { name.replace('~', "~0").replace('/', "~1").into() } else { name.into() }
}

/// Reads one value at a depth, and notes a broken rule: `serde` itself carries errors as text.
#[derive(Clone, Copy)]
struct Strict<'f> {
    depth: usize,
    fault: &'f Cell<Error>,
}

impl Strict<'_> {
    fn refuse<E: de::Error>(self, fault: Error) -> E {
        self.fault.set(fault);
        E::custom(fault)
    }

    fn below<E: de::Error>(self) -> Result<Self, E> {
        let depth = self.depth.saturating_add(1);
        if depth > DEPTH_MAX { Err(self.refuse(Error::TooDeep)) } else { Ok(Self { depth, ..self }) }
    }
}

impl<'de> DeserializeSeed<'de> for Strict<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value).map(Value::Number).ok_or_else(|| self.refuse(Error::Syntax))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E: de::Error>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let below = self.below()?;
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(below)? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let below = self.below()?;
        let mut map = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            if map.contains_key(&name) {
                return Err(self.refuse(Error::NameTwice));
            }
            map.insert(name, members.next_value_seed(below)?);
        }
        Ok(Value::Object(map))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, prop_assert_eq, proptest};

    use super::*;

    #[test]
    fn a_name_stands_once_at_every_level() {
        assert_eq!(value(br#"{"a":1,"a":1}"#), Err(Error::NameTwice));
        assert_eq!(value(br#"[{"b":[{"a":1,"\u0061":2}]}]"#), Err(Error::NameTwice));
        assert!(value(br#"{"a":{"a":{"a":1}}}"#).is_ok());
    }

    #[test]
    fn depth_is_bounded_exactly() {
        let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        assert!(value(nested(DEPTH_MAX).as_bytes()).is_ok());
        assert_eq!(value(nested(DEPTH_MAX + 1).as_bytes()), Err(Error::TooDeep));
        assert_eq!(value("[".repeat(100_000).as_bytes()), Err(Error::TooDeep));
    }

    #[test]
    fn what_is_not_json_is_refused() {
        for text in ["", "{", "{} {}", "nul", "1e999", "\"\\ud800\"", "{\"a\":NaN}", "'a'", "[1,]", "\u{feff}{}"] {
            assert_eq!(value(text.as_bytes()), Err(Error::Syntax), "{text}");
        }
        assert_eq!(value(b"\"\xff\""), Err(Error::Syntax));
        assert_eq!(object(b"[]"), Err(Error::NotAnObject));
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes: Vec<u8>) {
            let _ = value(&bytes);
        }

        #[test]
        fn what_is_written_is_read(text: String, whole: i64, halves in any::<i32>()) {
            let given = serde_json::json!({ "text": text, "list": [whole, f64::from(halves) / 2.0, null, true] });
            let mut bytes = Vec::new();
            write(&mut bytes, &given);
            prop_assert_eq!(value(&bytes), Ok(given));
        }
    }
}
