//! All vectors that belong to bytes, hashes, trees, signatures and seals.

use std::str::FromStr;

use crate::files::{self, bytes, check, hex, list, object, text, unhex};
use agent_run_types::canonical::canonicalize;
use agent_run_types::hash;
use agent_run_types::json::{read, Object, Value};
use agent_run_types::seal::{self, SealOptions};
use agent_run_types::sign::{self, SigningKey};
use agent_run_types::tree;

fn input_bytes(vector: &Object) -> Vec<u8> {
    if vector.contains("input_hex") {
        bytes(vector, "input_hex")
    } else {
        text(vector, "input_text").as_bytes().to_vec()
    }
}

fn read_text(vector: &Object) -> Value {
    read(text(vector, "input_text").as_bytes()).expect("JSON of the record profile")
}

/// What sort of object a vector is about.
fn kind<K: FromStr>(vector: &Object) -> K {
    text(vector, "kind").parse().unwrap_or_else(|_| panic!("a kind of object"))
}

fn truth(value: bool) -> Value {
    Value::Bool(value)
}

#[test]
fn read_files() {
    if !files::is_here() {
        return;
    }
    let manifest = files::value("conformance/vectors/read/manifest.json");
    let files = manifest.get("files").and_then(Value::as_object).expect("files");
    assert!(files.len() >= 9);
    for file in files.keys() {
        check(&format!("read/{}", file.trim_end_matches(".json")), |vector| {
            read(&input_bytes(vector)).map_or_else(|fault| fault.code.as_str(), |_| "accept").into()
        });
    }
}

#[test]
fn canonical_values() {
    check("canonical/values", |vector| canonicalize(&read_text(vector)).into());
}

#[test]
fn canonical_numbers() {
    check("canonical/numbers", |vector| {
        let octets: [u8; 8] = bytes(vector, "ieee754_hex").try_into().expect("8 bytes");
        canonicalize(&Value::Number(f64::from_be_bytes(octets))).into()
    });
}

#[test]
fn hash_digest() {
    check("hash/digest", |vector| hash::digest(&bytes(vector, "input_hex")).into());
}

#[test]
fn hash_pae() {
    check("hash/pae", |vector| hex(&hash::pae(text(vector, "type"), &bytes(vector, "body_hex"))).into());
}

#[test]
fn hash_by_kind() {
    check("hash/hash", |vector| hash::hash(text(vector, "kind"), &read_text(vector)).into());
}

#[test]
fn hash_of_tools() {
    check("hash/tool-hash", |vector| hash::tool_hash(object(vector, "tool")).into());
}

#[test]
fn run_hash() {
    check("hash/run-hash", |vector| hash::run_hash(object(vector, "run")).into());
}

#[test]
fn step_leaf() {
    check("hash/step-leaf", |vector| hash::digest_text(&hash::step_leaf(object(vector, "step"))).into());
}

#[test]
fn public_form() {
    check("hash/public-form", |vector| hash::public_form(kind(vector), object(vector, "object")).into());
}

#[test]
fn private_hash() {
    check("hash/private-hash", |vector| hash::private_hash(kind(vector), object(vector, "object")).into());
}

#[test]
fn tree_root() {
    check("tree/root", |vector| {
        let data = list(vector, "leaves_hex").iter().map(|leaf| unhex(leaf.as_str().expect("a text")));
        let leaves: Vec<_> = data.map(|data| tree::leaf_hash(&data)).collect();
        hex(&tree::root(&leaves)).into()
    });
}

/// A hash of 32 bytes; none of another length.
fn hash_of(digits: &str) -> Option<[u8; 32]> {
    unhex(digits).try_into().ok()
}

fn path_of(vector: &Object) -> Option<Vec<[u8; 32]>> {
    list(vector, "path_hex").iter().map(|hash| hash_of(hash.as_str()?)).collect()
}

#[test]
fn tree_inclusion() {
    check("tree/inclusion", |vector| {
        let leads = || {
            let number = |member| vector.get(member)?.as_u64();
            let (leaf, root) = (hash_of(text(vector, "leaf_hash_hex"))?, hash_of(text(vector, "root_hex"))?);
            let (index, count) = (number("index")?, number("count")?);
            Some(tree::verify_inclusion(&leaf, index, count, &path_of(vector)?, &root))
        };
        truth(leads() == Some(true))
    });
}

#[test]
fn tree_consistency() {
    check("tree/consistency", |vector| {
        let leads = || {
            let count = |member| vector.get(member)?.as_u64();
            let (first, second) = (count("first_count")?, count("second_count")?);
            let (one, other) = (hash_of(text(vector, "first_root_hex"))?, hash_of(text(vector, "second_root_hex"))?);
            Some(tree::verify_consistency(first, second, &path_of(vector)?, &one, &other))
        };
        truth(leads() == Some(true))
    });
}

#[test]
fn sign_verify() {
    check("sign/verify", |vector| {
        let is_good = || {
            let key = bytes(vector, "key_hex").try_into().ok()?;
            let signature = bytes(vector, "signature_hex").try_into().ok()?;
            Some(sign::verify(&key, &bytes(vector, "message_hex"), &signature))
        };
        truth(is_good() == Some(true))
    });
}

#[test]
fn sign_did_key() {
    check("sign/did-key", |vector| {
        let key = sign::key_of(text(vector, "did"));
        if let Some(key) = key {
            assert_eq!(sign::did_key(&key), text(vector, "did"));
        }
        key.map(|key| hex(&key)).into()
    });
}

#[test]
fn sign_signature_text() {
    check("sign/signature-text", |vector| {
        let signature = sign::signature_of(text(vector, "text"));
        if let Some(signature) = signature {
            assert_eq!(sign::signature_text(&signature), text(vector, "text"));
        }
        signature.map(|signature| hex(&signature)).into()
    });
}

#[test]
fn sign_objects() {
    check("sign/object", |vector| {
        let (kind, object) = (kind(vector), object(vector, "object"));
        assert_eq!(hex(&seal::signed_bytes(kind, object)), text(vector, "signed_bytes_hex"));
        truth(seal::verify_object(kind, object))
    });
}

fn key_of(vector: &Object) -> SigningKey {
    SigningKey::from_seed(&bytes(vector, "seed_hex").try_into().expect("32 bytes"))
}

#[test]
fn sign_sign() {
    check("sign/sign", |vector| {
        let key = key_of(vector);
        let members = [
            ("public_key_hex", hex(&key.public_key())),
            ("did", key.did()),
            ("signature_hex", hex(&key.sign(&bytes(vector, "message_hex")))),
        ];
        Value::Object(members.into_iter().collect())
    });
}

#[test]
fn seal_record_hash() {
    check("seal/record-hash", |vector| {
        let run = object(vector, "run");
        let members = [
            ("record_hash", Value::from(seal::record_hash(run))),
            ("document_hash", seal::document_hash(run).into()),
            ("sealed", seal::is_sealed(run).into()),
        ];
        Value::Object(members.into_iter().collect())
    });
}

#[test]
fn seal_sealed() {
    check("seal/sealed", |vector| truth(seal::is_sealed(object(vector, "run"))));
}

#[test]
fn seal_steps_root() {
    check("seal/steps-root", |vector| {
        let steps = seal::steps_root(list(vector, "steps"));
        let members = [("count", Value::Number(steps.count as f64)), ("root", steps.root.into())];
        Value::Object(members.into_iter().collect())
    });
}

#[test]
fn seal_private_state() {
    check("seal/private-state", |vector| {
        let state = seal::private_state(kind(vector), object(vector, "object"));
        state.map(|state| state.as_str()).into()
    });
}

#[test]
fn seal_batch() {
    check("seal/batch", |vector| {
        let (proof, statement) = (object(vector, "proof"), object(vector, "statement"));
        truth(seal::check_batch_proof(proof, statement, text(vector, "signed_by")))
    });
}

#[test]
fn seal_step_proof() {
    check("seal/step-proof", |vector| truth(seal::check_step_proof(object(vector, "proof"), None).is_ok()));
}

#[test]
fn seal_action_hash() {
    check("seal/action-hash", |vector| {
        let run_id = vector.get("run_id").cloned().unwrap_or(Value::Null);
        seal::action_hash(&run_id, vector.get("nonce"), object(vector, "step")).into()
    });
}

#[test]
fn seal_request_hash() {
    check("seal/request-hash", |vector| seal::request_hash(object(vector, "event")).into());
}

#[test]
fn seal_seal() {
    check("seal/seal", |vector| {
        let key = key_of(vector);
        let options = SealOptions {
            at: text(vector, "at"),
            key: Some(&key),
            journal_head: vector.get("journal_head").and_then(Value::as_str),
            ..SealOptions::default()
        };
        let sealed = seal::seal(object(vector, "run"), &options).expect("a sealed record");
        sealed.get("provenance").cloned().into()
    });
}

#[test]
fn seal_dsse() {
    check("seal/dsse", |vector| seal::dsse(kind(vector), object(vector, "object")).expect("an envelope").into());
}

#[test]
fn nothing_left_out() {
    if !files::is_here() {
        return;
    }
    // A file that no test above asks about would be a vector that nobody passes.
    let source = include_str!("vectors.rs");
    for folder in ["canonical", "hash", "tree", "sign", "seal"] {
        let manifest = files::value(&format!("conformance/vectors/{folder}/manifest.json"));
        let files = manifest.get("files").and_then(Value::as_object).expect("files");
        for file in files.keys() {
            let name = format!("check(\"{folder}/{}\"", file.trim_end_matches(".json"));
            assert!(source.contains(&name), "no test asks about {folder}/{file}");
        }
    }
}
