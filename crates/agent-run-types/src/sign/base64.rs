const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Standard base64 with padding (RFC 4648, section 4).
pub(crate) fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let mut octets = [0; 4];
        octets[1..=chunk.len()].copy_from_slice(chunk);
        let group = u32::from_be_bytes(octets);
        for digit in 0..4 {
            if digit <= chunk.len() {
                text.push(char::from(ALPHABET[(group >> (18 - 6 * digit)) as usize & 63]));
            } else {
                text.push('=');
            }
        }
    }
    text
}

/// A signature as records spell it: 88 characters of base64 (AR-SEAL-002).
pub fn signature_text(signature: &[u8; 64]) -> String {
    encode(signature)
}

/// The 64 bytes of a signature in its one spelling: 88 characters of base64, padded, unused bits zero (AR-SEAL-002). None
/// for anything else.
pub fn signature_of(text: &str) -> Option<[u8; 64]> {
    let digits = text.strip_suffix("==").filter(|digits| digits.len() == 86)?;
    let mut signature = [0; 64];
    let (mut bits, mut count, mut filled) = (0_u32, 0, 0);
    for character in digits.bytes() {
        let digit = ALPHABET.iter().position(|known| *known == character)?;
        bits = (bits << 6) | digit as u32;
        count += 6;
        if count >= 8 {
            count -= 8;
            signature[filled] = (bits >> count) as u8;
            bits &= (1 << count) - 1;
            filled += 1;
        }
    }
    // What is left are the unused bits of the last character.
    if bits == 0 {
        Some(signature)
    } else {
        None
    }
}
