use std::fmt;

use ed25519_dalek::{Signature, Signer, Verifier, VerifyingKey};

use super::did_key;

/// 2^255 − 19, the most significant byte first, as all numbers here.
const P: [u8; 32] = {
    let mut bytes = [0xff; 32];
    bytes[0] = 0x7f;
    bytes[31] = 0xed;
    bytes
};

/// L, the order of the group: 2^252 + 27742317777372353535851937790883648493.
const L: [u8; 32] = [
    0x10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x14, 0xde, 0xf9, 0xde, 0xa2, 0xf7, 0x9c, 0xd6, 0x58, 0x12,
    0x63, 0x1a, 0x5c, 0xf5, 0xd3, 0xed,
];

/// y of the points of order 8.
const ORDER_8: [[u8; 32]; 2] = [
    [
        0x7a, 0x03, 0xac, 0x92, 0x77, 0xfd, 0xc7, 0x4e, 0xc6, 0xcc, 0x39, 0x2c, 0xfa, 0x53, 0x20, 0x2a, 0x0f, 0x67,
        0x10, 0x0d, 0x76, 0x0b, 0x3c, 0xba, 0x4f, 0xd8, 0x4d, 0x3d, 0x70, 0x6a, 0x17, 0xc7,
    ],
    [
        0x05, 0xfc, 0x53, 0x6d, 0x88, 0x02, 0x38, 0xb1, 0x39, 0x33, 0xc6, 0xd3, 0x05, 0xac, 0xdf, 0xd5, 0xf0, 0x98,
        0xef, 0xf2, 0x89, 0xf4, 0xc3, 0x45, 0xb0, 0x27, 0xb2, 0xc2, 0x8f, 0x95, 0xe8, 0x26,
    ],
];

/// Whether a signature over a message is right for a public key, by the rule of AR-SEAL-003: canonical A and R, neither of
/// small order in any encoding, S < L, and the encoding of \[S\]B − \[k\]A equals the bytes of R.
///
/// The equation is that of ed25519-dalek without its `verify_strict`, which decodes R. What libraries and features of
/// libraries differ on is looked at here, in the bytes.
pub fn verify(key: &[u8; 32], message: &[u8], signature: &[u8; 64]) -> bool {
    let (r, s) = signature.split_at(32);
    if !is_point(key) || !is_point(r) || reversed(s) >= L {
        return false;
    }
    VerifyingKey::from_bytes(key).is_ok_and(|key| key.verify(message, &Signature::from_bytes(signature)).is_ok())
}

/// Whether 32 bytes are the canonical encoding of a point, and of none of small order whatever the sign bit says. Whether
/// there is such a point is left to the equation.
fn is_point(encoded: &[u8]) -> bool {
    let mut y = reversed(encoded);
    y[0] &= 0x7f;
    let is_small_number = y[..31].iter().all(|byte| *byte == 0) && y[31] <= 1;
    let is_minus_one = y[..31] == P[..31] && y[31] == P[31] - 1;
    y < P && !is_small_number && !is_minus_one && !ORDER_8.contains(&y)
}

/// The bytes of a number on the wire stand the other way round.
fn reversed(little_endian: &[u8]) -> [u8; 32] {
    let mut bytes = [0; 32];
    for (to, from) in bytes.iter_mut().rev().zip(little_endian) {
        *to = *from;
    }
    bytes
}

/// A private key that signs. It is wiped from memory when it is dropped, and printing it shows its did:key only.
pub struct SigningKey(ed25519_dalek::SigningKey);

impl SigningKey {
    /// The key of a seed of 32 bytes (RFC 8032, section 5.1.5). The seed has to be random and secret.
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(ed25519_dalek::SigningKey::from_bytes(seed))
    }

    /// The public key.
    pub fn public_key(&self) -> [u8; 32] {
        self.0.verifying_key().to_bytes()
    }

    /// The public key as records name it.
    pub fn did(&self) -> String {
        did_key(&self.public_key())
    }

    /// Signs a message (RFC 8032, section 5.1.6).
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        self.0.sign(message).to_bytes()
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "SigningKey({})", self.did())
    }
}
