//! Bytes, canonical form, hashes, keys and trees.
use agent_run_types::canonical::canonicalize;
use agent_run_types::hash::{
    digest, digest_text, hash, pae, private_hash, public_form, run_hash, step_leaf, tool_hash,
};
use agent_run_types::json::{read, Value};
use agent_run_types::seal::verify_object;
use agent_run_types::sign::{key_of, signature_of, verify, SigningKey};
use agent_run_types::tree::{leaf_hash, root, verify_consistency, verify_inclusion};

use crate::input::{hex, Input};
use crate::Operation;

pub const OPERATIONS: &[(&str, Operation)] = &[
    ("read", |input| Ok(read(&input.file()?).map_or_else(|fault| fault.code.as_str(), |_| "accept").into())),
    ("canonical/values", |input| Ok(canonicalize(&input.parsed()?).into())),
    ("canonical/numbers", |input| {
        let number = f64::from_be_bytes(input.exactly("ieee754_hex")?);
        Ok(canonicalize(&Value::Number(number)).into())
    }),
    ("hash/digest", |input| Ok(digest(&input.file()?).into())),
    ("hash/pae", |input| Ok(hex(&pae(input.text("type")?, &input.octets("body_hex")?)).into())),
    ("hash/hash", |input| Ok(hash(input.text("kind")?, &input.parsed()?).into())),
    ("hash/tool-hash", |input| Ok(tool_hash(input.object("tool")?).into())),
    ("hash/run-hash", |input| Ok(run_hash(input.object("run")?).into())),
    ("hash/step-leaf", |input| Ok(digest_text(&step_leaf(input.object("step")?)).into())),
    ("hash/public-form", |input| Ok(public_form(input.kind()?, input.object("object")?).into())),
    ("hash/private-hash", |input| Ok(private_hash(input.kind()?, input.object("object")?).into())),
    ("sign/did-key", |input| Ok(key_of(input.text("did")?).map(|key| hex(&key)).into())),
    ("sign/signature-text", |input| Ok(signature_of(input.text("text")?).map(|octets| hex(&octets)).into())),
    ("sign/object", |input| Ok(verify_object(input.kind()?, input.object("object")?).into())),
    ("sign/verify", |input| {
        let key = <[u8; 32]>::try_from(input.octets("key_hex")?);
        let signature = <[u8; 64]>::try_from(input.octets("signature_hex")?);
        let message = input.octets("message_hex")?;
        let is_right = matches!((key, signature), (Ok(key), Ok(signature)) if verify(&key, &message, &signature));
        Ok(is_right.into())
    }),
    ("sign/sign", |input| {
        let key = SigningKey::from_seed(&input.exactly("seed_hex")?);
        let signature = key.sign(&input.octets("message_hex")?);
        let members: [(&str, Value); 3] = [
            ("public_key_hex", hex(&key.public_key()).into()),
            ("did", key.did().into()),
            ("signature_hex", hex(&signature).into()),
        ];
        Ok(Value::Object(members.into_iter().collect()))
    }),
    ("tree/root", |input| {
        let leaves: Vec<_> = input.all_octets("leaves_hex")?.iter().map(|data| leaf_hash(data)).collect();
        Ok(hex(&root(&leaves)).into())
    }),
    ("tree/inclusion", |input| Ok(is_included(input)?.unwrap_or(false).into())),
    ("tree/consistency", |input| Ok(is_consistent(input)?.unwrap_or(false).into())),
];

/// None where something that has to be a hash has another length, or an index is none.
fn is_included(input: &Input<'_>) -> Result<Option<bool>, String> {
    let (leaf, root, path) = (hash_in(input, "leaf_hash_hex")?, hash_in(input, "root_hex")?, path_in(input)?);
    let (index, count) = (input.number("index").ok(), input.number("count").ok());
    let all = leaf.zip(root).zip(path).zip(index.zip(count));
    Ok(all.map(|(((leaf, root), path), (index, count))| verify_inclusion(&leaf, index, count, &path, &root)))
}

fn is_consistent(input: &Input<'_>) -> Result<Option<bool>, String> {
    let (first, second) = (hash_in(input, "first_root_hex")?, hash_in(input, "second_root_hex")?);
    let counts = input.number("first_count").ok().zip(input.number("second_count").ok());
    let all = first.zip(second).zip(path_in(input)?).zip(counts);
    Ok(all.map(|(((first, second), path), counts)| verify_consistency(counts.0, counts.1, &path, &first, &second)))
}

fn hash_in(input: &Input<'_>, name: &str) -> Result<Option<[u8; 32]>, String> {
    Ok(input.octets(name)?.try_into().ok())
}

fn path_in(input: &Input<'_>) -> Result<Option<Vec<[u8; 32]>>, String> {
    Ok(input.all_octets("path_hex")?.into_iter().map(|octets| octets.try_into().ok()).collect())
}
