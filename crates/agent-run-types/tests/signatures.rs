//! What libraries differ on, and the one rule here.
#![cfg(feature = "verify")]

use agent_run_types::sign::{did_key, key_of, signature_of, signature_text, verify, SigningKey};
use ed25519_dalek::{Signature, Verifier, VerifyingKey};

fn bytes<const N: usize>(hex: &str) -> [u8; N] {
    let byte = |at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).expect("hexadecimal digits");
    std::array::from_fn(byte)
}

/// RFC 8032, section 7.1, test 2.
fn example() -> (SigningKey, [u8; 64]) {
    let key = SigningKey::from_seed(&bytes("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));
    let signature = bytes(
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    );
    (key, signature)
}

#[test]
fn signing_is_that_of_rfc_8032() {
    let (key, signature) = example();
    assert_eq!(key.public_key(), bytes("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"));
    assert_eq!(key.sign(&[0x72]), signature);
    assert!(verify(&key.public_key(), &[0x72], &signature));
    assert!(!verify(&key.public_key(), &[0x73], &signature));
}

#[test]
fn any_changed_bit_is_seen() {
    let (key, signature) = example();
    for bit in 0..512 {
        let mut changed = signature;
        changed[bit / 8] ^= 1 << (bit % 8);
        assert!(!verify(&key.public_key(), &[0x72], &changed), "bit {bit}");
    }
}

#[test]
fn keys_of_small_order_sign_nothing() {
    // y of the points of order 1, 2, 4 and 8, each with both signs, and those that are also spelled as y + p.
    let mut keys: Vec<[u8; 32]> = [
        "0100000000000000000000000000000000000000000000000000000000000000",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    ]
    .map(bytes)
    .to_vec();
    for at in 0..keys.len() {
        let mut other = keys[at];
        other[31] |= 0x80;
        keys.push(other);
    }
    // R = B and S = 1 are right for such a key wherever k is a multiple of its order.
    let mut signature = [0; 64];
    signature[..32].fill(0x66);
    signature[0] = 0x58;
    signature[32] = 1;
    let mut taken_by_others = 0;
    for key in keys {
        let Ok(theirs) = VerifyingKey::from_bytes(&key) else { continue };
        let message = (0_u8..=255).find(|byte| theirs.verify(&[*byte], &Signature::from_bytes(&signature)).is_ok());
        let message = message.expect("one message in eight is enough");
        assert!(!verify(&key, &[message], &signature), "{key:02x?} {message}");
        taken_by_others += 1;
    }
    assert!(taken_by_others >= 10);
}

#[test]
fn s_has_to_be_below_the_order() {
    let (key, mut signature) = example();
    // S + L gives the same point.
    let order: [u8; 32] = bytes("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
    let mut carry = 0;
    for (byte, add) in signature[32..].iter_mut().zip(order) {
        let sum = u16::from(*byte) + u16::from(add) + carry;
        (*byte, carry) = (sum as u8, sum >> 8);
    }
    assert!(!verify(&key.public_key(), &[0x72], &signature));
}

#[test]
fn a_signature_has_one_spelling() {
    let signature: [u8; 64] = std::array::from_fn(|at| at as u8);
    let right = signature_text(&signature);
    assert_eq!(right.len(), 88);
    assert_eq!(signature_of(&right), Some(signature));
    assert_eq!(signature_text(&[0xff; 64]).as_bytes()[..85], [b'/'; 85]);
    let wrong = [
        right[..86].to_owned(),
        right[..87].to_owned(),
        format!("{}x==", &right[..85]),
        format!("{}\n{}", &right[..40], &right[40..]),
        format!("{right} "),
        format!("{}===", &right[..85]),
        format!("{}ä==", &right[..84]),
        signature_text(&[0xff; 64]).replace('/', "_"),
        "00".repeat(44),
        String::new(),
    ];
    for text in wrong {
        assert_eq!(signature_of(&text), None, "{text}");
    }
}

#[test]
fn a_key_has_one_name() {
    let did = "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp";
    let key = bytes("3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29");
    assert_eq!(key_of(did), Some(key));
    assert_eq!(did_key(&key), did);
    assert_eq!(SigningKey::from_seed(&[0; 32]).did(), did);
    let long = format!("did:key:z{}", "1".repeat(100_000));
    let largest = format!("did:key:z{}", "z".repeat(47));
    for other in [
        "",
        "did:key:",
        "did:key:z",
        "did:web:example.org",
        "did:key:z6LSbysY2xFMRpGMhb7tFTLMpeuPRaqaWM1yECx2AtzE3KCc",
        "did:key:z16MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp",
        "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooW0",
        "did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDoo\u{e9}",
        &largest,
        &long,
    ] {
        assert_eq!(key_of(other), None, "{other:.60}");
    }
    for seed in 0..50 {
        let key = SigningKey::from_seed(&[seed; 32]);
        assert_eq!(key_of(&key.did()), Some(key.public_key()));
    }
}

#[test]
fn printing_a_signing_key_shows_no_secret() {
    assert_eq!(
        format!("{:?}", SigningKey::from_seed(&[0; 32])),
        "SigningKey(did:key:z6MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp)"
    );
}
