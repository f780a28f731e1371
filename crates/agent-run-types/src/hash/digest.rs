use sha2::{Digest, Sha256};

const PREFIX: &str = "sha256:";

/// SHA-256 of some bytes (FIPS 180-4).
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// SHA-256 of bytes as they are stored, as the `*_digest` members spell it: `sha256:` and 64 lower-case hexadecimal digits.
///
/// ```
/// let digest = agent_run_types::hash::digest(b"abc");
/// assert_eq!(digest, "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
/// ```
pub fn digest(bytes: &[u8]) -> String {
    digest_text(&sha256(bytes))
}

/// 32 bytes in that spelling.
pub fn digest_text(bytes: &[u8; 32]) -> String {
    format!("{PREFIX}{}", hex(bytes))
}

/// The 32 bytes of a digest in that spelling; none for anything else.
pub fn digest_bytes(text: &str) -> Option<[u8; 32]> {
    let digits = text.strip_prefix(PREFIX)?.as_bytes();
    if digits.len() != 64 {
        return None;
    }
    let mut bytes = [0; 32];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = (digit(pair[0])? << 4) | digit(pair[1])?;
    }
    Some(bytes)
}

/// A lower-case hexadecimal digit.
fn digit(character: u8) -> Option<u8> {
    match character {
        b'0'..=b'9' => Some(character - b'0'),
        b'a'..=b'f' => Some(character - b'a' + 10),
        _ => None,
    }
}

/// Bytes as lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    text
}
