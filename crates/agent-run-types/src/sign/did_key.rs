const PREFIX: &str = "did:key:z";
const ALPHABET: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
/// Multicodec `ed25519-pub` as a varint. It begins with no zero byte, so base58 has no leading zeros to keep.
const CODEC: [u8; 2] = [0xed, 0x01];
const BYTES: usize = 34;
const DIGITS: usize = 47;

/// The did:key of an Ed25519 public key: `did:key:z6Mk…` (AR-SEAL-001).
pub fn did_key(key: &[u8; 32]) -> String {
    let mut digits = [0_u8; DIGITS];
    for byte in CODEC.iter().chain(key) {
        let mut carry = u32::from(*byte);
        for digit in digits.iter_mut().rev() {
            carry += u32::from(*digit) << 8;
            *digit = (carry % 58) as u8;
            carry /= 58;
        }
    }
    let text: String = digits.iter().map(|digit| char::from(ALPHABET[usize::from(*digit)])).collect();
    format!("{PREFIX}{text}")
}

/// The Ed25519 public key that a did:key names (AR-SEAL-001). None if it names no such key or is spelled in another way.
pub fn key_of(did: &str) -> Option<[u8; 32]> {
    let digits = did.strip_prefix(PREFIX).filter(|digits| digits.len() == DIGITS)?;
    let mut bytes = [0_u8; BYTES];
    for character in digits.bytes() {
        let mut carry = ALPHABET.iter().position(|known| *known == character)? as u32;
        for byte in bytes.iter_mut().rev() {
            carry += u32::from(*byte) * 58;
            *byte = carry as u8;
            carry >>= 8;
        }
        if carry > 0 {
            return None;
        }
    }
    bytes.strip_prefix(&CODEC)?.try_into().ok()
}
