use super::digest;
use crate::canonical::canonicalize;
use crate::json::Value;

/// Hash of a JSON value by kind, as the `*_hash` members spell it: the digest of `PAE(media type of the kind, canonical
/// form)` (AR-BYTES-010). The kind keeps what is hashed apart; the table of kinds is closed and stands in spec/bytes.md.
///
/// # Panics
/// If a number in it is not finite.
pub fn hash(kind: &str, value: &Value) -> String {
    digest(&pae(&media_type(kind), canonicalize(value).as_bytes()))
}

/// Media type of a hashed or signed value of some kind: `application/vnd.agent-run.KIND.v1+json`.
pub fn media_type(kind: &str) -> String {
    format!("application/vnd.agent-run.{kind}.v1+json")
}

/// Pre-authentication encoding of DSSE: `"DSSEv1 " + length(type) + " " + type + " " + length(body) + " " + body`, lengths in
/// bytes as decimal ASCII (AR-BYTES-010).
pub fn pae(media_type: &str, body: &[u8]) -> Vec<u8> {
    let mut bytes = format!("DSSEv1 {} {media_type} {} ", media_type.len(), body.len()).into_bytes();
    bytes.extend_from_slice(body);
    bytes
}
