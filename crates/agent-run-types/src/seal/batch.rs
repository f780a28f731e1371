use super::{seal_hash, verify_object, SignedKind};
use crate::hash::digest_bytes;
use crate::json::{Object, Value};
use crate::tree::{leaf_hash, verify_inclusion};

/// Whether a batch proof leads from its `record_hash` to the root of a batch statement that is signed by this key
/// (AR-SEAL-017). That it is the `record_hash` of a record, and the key that record's `signed_by`, is for the caller to see.
pub fn check_batch_proof(proof: &Object, statement: &Object, signed_by: &str) -> bool {
    let is_batch = text(statement, "kind") == Some("batch") && text(statement, "signed_by") == Some(signed_by);
    is_batch
        && text(proof, "statement") == Some(&seal_hash(SignedKind::Statement, statement))
        && leads(proof, statement) == Some(true)
        && verify_object(SignedKind::Statement, statement)
}

fn leads(proof: &Object, statement: &Object) -> Option<bool> {
    let body = statement.get("body")?;
    let root = body.get("root")?.as_str()?;
    let count = body.get("count")?.as_u64()?;
    let leaf = leaf_hash(text(proof, "record_hash")?.as_bytes());
    let index = proof.get("index")?.as_u64()?;
    let leads = verify_inclusion(&leaf, index, count, &path_of(proof)?, &digest_bytes(root)?);
    Some(leads && text(statement, "about") == Some(root))
}

/// The hashes of a proof's path; none if one of them is not spelled as a hash.
pub(super) fn path_of(proof: &Object) -> Option<Vec<[u8; 32]>> {
    proof.get("path")?.as_array()?.iter().map(|hash| digest_bytes(hash.as_str()?)).collect()
}

fn text<'a>(object: &'a Object, member: &str) -> Option<&'a str> {
    object.get(member).and_then(Value::as_str)
}
