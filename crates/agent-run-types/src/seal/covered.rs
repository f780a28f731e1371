use crate::canonical::canonicalize_object;
use crate::hash::{digest, media_type, pae, public_form, ErasableKind};
use crate::json::{Object, Value};
use crate::vocabulary::closed_vocabulary;

closed_vocabulary! {
    /// The objects that are sealed or signed (AR-SEAL-004).
    SignedKind {
        Run = "run",
        Approval = "approval",
        Eval = "eval",
        Statement = "statement",
        Head = "head",
    }
}

impl SignedKind {
    /// The objects of this kind that can have a `private_hash`.
    pub(super) fn erasable(self) -> Option<ErasableKind> {
        match self {
            SignedKind::Run => Some(ErasableKind::Run),
            SignedKind::Approval => Some(ErasableKind::Approval),
            SignedKind::Eval | SignedKind::Statement | SignedKind::Head => None,
        }
    }
}

/// The part of an object that a hash and a signature of a kind are taken of (AR-SEAL-005, AR-SEAL-006). Of a `run`: its public
/// form without `steps` and `eval`, its provenance without `record_hash` and `signature`. Of an `approval`, `eval`,
/// `statement` or `head`: its public form without its own `signature`.
pub fn covered_part(kind: SignedKind, object: &Object) -> Object {
    match kind {
        SignedKind::Run => covered_run(object),
        SignedKind::Approval => public_form(ErasableKind::Approval, object).without(&["signature"]),
        SignedKind::Eval | SignedKind::Statement | SignedKind::Head => object.without(&["signature"]),
    }
}

fn covered_run(object: &Object) -> Object {
    let mut covered = public_form(ErasableKind::Run, &object.without(&["steps", "eval"]));
    let provenance = covered.get("provenance").and_then(Value::as_object).map(without_seal).unwrap_or_default();
    covered.insert("provenance", provenance);
    covered
}

fn without_seal(provenance: &Object) -> Object {
    provenance.without(&["record_hash", "signature"])
}

/// The bytes that are hashed and signed: PAE over the canonical form of the covered part (AR-SEAL-004).
pub fn signed_bytes(kind: SignedKind, object: &Object) -> Vec<u8> {
    pae(&media_type(kind.as_str()), canonicalize_object(&covered_part(kind, object)).as_bytes())
}

/// The hash of a kind over the covered part: `record_hash` of a run, `request_hash` of an approval, the name by which a batch
/// proof calls a statement.
pub fn seal_hash(kind: SignedKind, object: &Object) -> String {
    digest(&signed_bytes(kind, object))
}
