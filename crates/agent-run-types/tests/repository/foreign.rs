//! Vectors that others made.

use std::fs;
use std::path::Path;

use agent_run_types::canonical::canonicalize;
use agent_run_types::json::{read, Object, Value};
use agent_run_types::{sign, tree};

use crate::files::{bytes, hex, is_shared_here, list, object, path, text, value};

fn is_good(key: Vec<u8>, message: &[u8], signature: Vec<u8>) -> bool {
    let verified = |key: [u8; 32], signature: [u8; 64]| sign::verify(&key, message, &signature);
    key.try_into().ok().zip(signature.try_into().ok()).is_some_and(|(key, signature)| verified(key, signature))
}

fn objects(value: &Value) -> impl Iterator<Item = &Object> {
    value.as_array().expect("a list").iter().map(|item| item.as_object().expect("an object"))
}

#[test]
fn of_cctv_exactly_43_of_914_are_accepted() {
    if !is_shared_here() {
        return;
    }
    let all = value("../shared/vectors/cctv-ed25519vectors.json");
    assert_eq!(objects(&all).count(), 914);
    let accepted = objects(&all)
        .filter(|vector| is_good(bytes(vector, "key"), text(vector, "msg").as_bytes(), bytes(vector, "sig")));
    assert_eq!(accepted.count(), 43);
}

#[test]
fn of_wycheproof_all_are_judged_as_they_say() {
    if !is_shared_here() {
        return;
    }
    let file = value("../shared/vectors/wycheproof-ed25519_test.json");
    let mut count = 0;
    for group in objects(file.get("testGroups").expect("groups")) {
        let key = bytes(object(group, "publicKey"), "pk");
        for vector in list(group, "tests").iter().filter_map(Value::as_object) {
            let found = is_good(key.clone(), &bytes(vector, "msg"), bytes(vector, "sig"));
            assert_eq!(found, text(vector, "result") == "valid", "{:?}", vector.get("tcId"));
            count += 1;
        }
    }
    assert_eq!(count, 151);
}

#[test]
fn of_the_reference_implementation_of_rfc_8785() {
    if !is_shared_here() {
        return;
    }
    let folder = path("../shared/vectors/jcs");
    let mut count = 0;
    for entry in fs::read_dir(folder.join("input")).expect("inputs") {
        let name = entry.expect("an entry").file_name().into_string().expect("a name");
        // One of the inputs has numbers beyond the record profile, as the form itself takes every double.
        let input = fs::read_to_string(folder.join("input").join(&name)).expect("an input");
        let value = read(input.as_bytes())
            .unwrap_or_else(|_| Value::from(serde_json::from_str::<serde_json::Value>(&input).expect("JSON")));
        let output = fs::read_to_string(folder.join("outhex").join(name.replace(".json", ".txt"))).expect("an output");
        let expected: String = output.split_whitespace().collect();
        assert_eq!(hex(canonicalize(&value).as_bytes()), expected, "{name}");
        count += 1;
    }
    assert!(count >= 6);
}

/// All files below a folder, read.
fn files_below(folder: &Path) -> Vec<serde_json::Value> {
    let entries = fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path());
    entries
        .flat_map(|path| {
            if path.is_dir() {
                return files_below(&path);
            }
            vec![serde_json::from_slice(&fs::read(&path).expect("a file")).expect("JSON")]
        })
        .collect()
}

/// A hash in base64; none if it has not 32 bytes.
fn hash_of(text: &serde_json::Value) -> Option<[u8; 32]> {
    const ALPHABET: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let digits = text.as_str()?.trim_end_matches('=');
    let mut bits = Vec::new();
    for character in digits.chars() {
        let digit = ALPHABET.find(character)?;
        bits.extend((0..6).rev().map(|bit| (digit >> bit) as u8 & 1));
    }
    let bytes: Vec<u8> = bits.chunks_exact(8).map(|byte| byte.iter().fold(0, |sum, bit| sum << 1 | bit)).collect();
    bytes.try_into().ok()
}

fn path_in(case: &serde_json::Value) -> Option<Vec<[u8; 32]>> {
    case["proof"].as_array().map_or_else(|| Some(Vec::new()), |path| path.iter().map(hash_of).collect())
}

#[test]
fn of_transparency_logs_inclusion() {
    if !is_shared_here() {
        return;
    }
    let all = files_below(&path("../shared/vectors/merkle/inclusion"));
    assert_eq!(all.len(), 98);
    for case in all {
        let leads = || {
            let (leaf, root) = (hash_of(&case["leafHash"])?, hash_of(&case["root"])?);
            let (index, count) = (case["leafIdx"].as_u64()?, case["treeSize"].as_u64()?);
            Some(tree::verify_inclusion(&leaf, index, count, &path_in(&case)?, &root))
        };
        assert_eq!(leads() == Some(true), case["wantErr"] == false, "{}", case["desc"]);
    }
}

#[test]
fn of_transparency_logs_consistency() {
    if !is_shared_here() {
        return;
    }
    let all = files_below(&path("../shared/vectors/merkle/consistency"));
    assert_eq!(all.len(), 98);
    let mut strange = 0;
    for case in all {
        // In one case the roots are texts that any bytes would do for; here a root is a hash.
        let is_strange = case["wantErr"] == false && hash_of(&case["root1"]).is_none();
        strange += u32::from(is_strange);
        let leads = || {
            let (first, second) = (hash_of(&case["root1"])?, hash_of(&case["root2"])?);
            let (size1, size2) = (case["size1"].as_u64()?, case["size2"].as_u64()?);
            Some(tree::verify_consistency(size1, size2, &path_in(&case)?, &first, &second))
        };
        assert_eq!(leads() == Some(true), case["wantErr"] == false && !is_strange, "{}", case["desc"]);
    }
    assert_eq!(strange, 1);
}
