package agentrun

import (
	"crypto/ed25519"
	"encoding/base64"
	"math/big"
	"regexp"
	"slices"
	"strings"
)

var (
	fieldPrime = new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), 255), big.NewInt(19))
	// The y coordinates of the points of order 1, 2, 4 and 8.
	smallOrder = []*big.Int{
		big.NewInt(1),
		new(big.Int).Sub(fieldPrime, big.NewInt(1)),
		big.NewInt(0),
		hexNumber("7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7"),
		hexNumber("05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826"),
	}
)

func hexNumber(digits string) *big.Int {
	number, _ := new(big.Int).SetString(digits, 16)
	return number
}

// VerifySignature says whether a signature is right by the one rule of AR-SEAL-003. crypto/ed25519 refuses S at or above
// L, has no cofactor in its equation and compares R as bytes; it takes points of small order and, for the key, encodings
// that are not canonical.
func VerifySignature(key, message, signature []byte) bool {
	if len(key) != ed25519.PublicKeySize || len(signature) != ed25519.SignatureSize {
		return false
	}
	return isStrict(key) && isStrict(signature[:32]) && ed25519.Verify(key, message, signature)
}

// isStrict says whether 32 bytes encode a point canonically, and none of small order whatever the sign bit says.
func isStrict(encoded []byte) bool {
	octets := slices.Clone(encoded)
	slices.Reverse(octets)
	octets[0] &= 0x7f
	y := new(big.Int).SetBytes(octets)
	isSmall := slices.ContainsFunc(smallOrder, func(small *big.Int) bool { return y.Cmp(small) == 0 })
	return y.Cmp(fieldPrime) < 0 && !isSmall
}

const (
	base58   = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
	multikey = "\xed\x01"
)

// DIDOf is the did:key of an Ed25519 public key (AR-SEAL-001).
func DIDOf(key []byte) string {
	// The first byte is not zero, so there are no leading zeros to keep.
	number := new(big.Int).SetBytes(append([]byte(multikey), key...))
	var digits []byte
	for digit := new(big.Int); number.Sign() > 0; {
		number.DivMod(number, big.NewInt(58), digit)
		digits = append(digits, base58[digit.Int64()])
	}
	slices.Reverse(digits)
	return "did:key:z" + string(digits)
}

// KeyOf is the public key that a did:key names, nil if it isn't the one canonical did:key of such a key.
func KeyOf(did string) []byte {
	digits, found := strings.CutPrefix(did, "did:key:z")
	if !found || len(digits) != 47 {
		return nil
	}
	number := new(big.Int)
	for i := range []byte(digits) {
		digit := strings.IndexByte(base58, digits[i])
		if digit < 0 {
			return nil
		}
		number.Add(number.Mul(number, big.NewInt(58)), big.NewInt(int64(digit)))
	}
	key, found := strings.CutPrefix(string(number.Bytes()), multikey)
	if !found || len(key) != ed25519.PublicKeySize {
		return nil
	}
	return []byte(key)
}

var signatureForm = regexp.MustCompile(`^[A-Za-z0-9+/]{85}[AQgw]==$`)

// SignatureOf is the 64 bytes of a signature, nil if it isn't spelled in its one way (AR-SEAL-002).
func SignatureOf(text string) []byte {
	if !signatureForm.MatchString(text) {
		return nil
	}
	signature, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil
	}
	return signature
}

// IsRight says whether a signature of a kind over an object is right for a key.
func IsRight(kind string, object *Object, signedBy, signature string) bool {
	key, octets := KeyOf(signedBy), SignatureOf(signature)
	return key != nil && octets != nil && VerifySignature(key, SignedBytes(kind, object), octets)
}

// IsSigned says whether an approval, eval, statement or head is rightly signed by the key that it names.
func IsSigned(kind string, object *Object) bool {
	return IsRight(kind, object, object.Text("signed_by"), object.Text("signature"))
}
