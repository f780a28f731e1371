use crate::canonical::canonicalize_object;
use crate::hash::{digest, media_type, pae, public_form};
use crate::json::{Object, Value};

/// The part of an object that a hash and a signature of a kind are taken of (AR-SEAL-005, AR-SEAL-006). Of a `run`: its public
/// form without `steps` and `eval`, its provenance without `record_hash` and `signature`. Of an `approval`, `eval`,
/// `statement` or `head`: its public form without its own `signature`.
pub fn covered_part(kind: &str, object: &Object) -> Object {
    if kind != "run" {
        return public_form(kind, object).without(&["signature"]);
    }
    let mut covered = public_form("run", &object.without(&["steps", "eval"]));
    let provenance = covered.get("provenance").and_then(Value::as_object).map(without_seal).unwrap_or_default();
    covered.insert("provenance", provenance);
    covered
}

fn without_seal(provenance: &Object) -> Object {
    provenance.without(&["record_hash", "signature"])
}

/// The bytes that are hashed and signed: PAE over the canonical form of the covered part (AR-SEAL-004).
pub fn signed_bytes(kind: &str, object: &Object) -> Vec<u8> {
    pae(&media_type(kind), canonicalize_object(&covered_part(kind, object)).as_bytes())
}

/// The hash of a kind over the covered part: `record_hash` of a run, `request_hash` of an approval, the name by which a batch
/// proof calls a statement.
pub fn seal_hash(kind: &str, object: &Object) -> String {
    digest(&signed_bytes(kind, object))
}
