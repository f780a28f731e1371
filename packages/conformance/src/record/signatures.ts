import { canonicalize } from '../bytes/canonical.ts'
import { covered, omit, sealedBytes, sealHash } from '../bytes/covered.ts'
import { signedBytes } from '../bytes/digest.ts'
import type { Json, JsonObject } from '../bytes/json.ts'
import { keyOf, signatureOf, verify } from '../bytes/verify.ts'
import { at, type Check, type Compared, must } from './check.ts'
import { isKnown, type Subject } from './subject.ts'

/** Something in a record that a key signed, or is said to have. */
interface Signed {
  readonly kind: 'run' | 'approval' | 'eval'
  readonly object: JsonObject
  readonly signedBy: Json | undefined
  readonly signature: Json | undefined
  /** Where these two members stand. */
  readonly path: string
}

const CODES = { run: 'signature.invalid', approval: 'approvals.signature', eval: 'evals.signature' }

function* signedThings({ record, provenance, view }: Subject): Generator<Signed> {
  // 0.1 never said what was signed, or how.
  if (!view.versioned) return
  const { signed_by: signedBy, signature } = provenance
  yield { kind: 'run', object: record, signedBy, signature, path: '/provenance' }
  const inside = [...view.approvals, ...(view.run.thing('eval') === undefined ? [] : [view.run.thing('eval')!])]
  for (const { value, path } of inside) {
    const kind = path === '/eval' ? 'eval' : 'approval'
    yield { kind, object: value, signedBy: value.signed_by, signature: value.signature, path }
  }
}

function* keyForm({ subject }: Signatures): Generator<Compared> {
  for (const { signedBy, kind, path } of signedThings(subject)) {
    if (!isKnown(signedBy)) continue
    const code = kind === 'run' ? 'signature.key' : CODES[kind]
    const place = at(`${path}/signed_by`, 'the one canonical did:key of an Ed25519 key', 'another text')
    yield keyOf(signedBy) === undefined ? { ...place, code } : undefined
  }
}

function* spelling({ subject }: Signatures): Generator<Compared> {
  for (const { signature, kind, path } of signedThings(subject)) {
    if (!isKnown(signature)) continue
    const place = at(`${path}/signature`, '88 characters of base64 with padding and no bits to spare', 'another text')
    yield signatureOf(signature) === undefined ? { ...place, code: CODES[kind] } : undefined
  }
}

/** A signature whose spelling is right, and whether it is right itself. */
interface Comparable extends Signed {
  readonly right: boolean
  readonly isBy: (bytes: Uint8Array) => boolean
}

/** The signatures in a record. */
export class Signatures {
  readonly subject: Subject
  /** Those whose key and signature can be compared. */
  readonly comparable: readonly Comparable[]

  constructor(subject: Subject) {
    this.subject = subject
    this.comparable = [...signedThings(subject)].flatMap((each): readonly Comparable[] => {
      const [key, octets] = [keyOf(each.signedBy), signatureOf(each.signature)]
      if (key === undefined || octets === undefined) return []
      const isBy = (bytes: Uint8Array): boolean => verify(key, bytes, octets)
      return [{ ...each, isBy, right: isBy(sealedBytes(each.kind, each.object)) }]
    })
  }
}

/** Kinds that a signature could be mistaken for. */
const KINDS = ['run', 'approval', 'eval', 'statement', 'head', 'document']

/** A wrong signature over the covered part in other bytes says what is wrong; any other one says nothing here. */
function* bytes({ comparable }: Signatures): Generator<Compared> {
  for (const { kind, object, path, right, isBy } of comparable) {
    const part = covered(kind, object)
    const hash = sealHash(kind, object)
    const digits = hash.slice('sha256:'.length)
    const others = (): readonly Uint8Array[] => [
      ...[canonicalize(part), JSON.stringify(part), hash, digits].map((text) => Buffer.from(text)),
      Buffer.from(digits, 'hex'),
      ...KINDS.map((other) => signedBytes(other, part)),
    ]
    if (right) yield undefined
    else if (others().some(isBy))
      yield {
        ...at(`${path}/signature`, 'a signature over the bytes of its kind', 'one over others'),
        code: CODES[kind],
      }
  }
}

function* coveredPart({ comparable }: Signatures): Generator<Compared> {
  for (const { kind, object, path, right, isBy } of comparable) {
    if (kind === 'run') continue
    const others = [omit(object, 'signature'), object, omit(covered(kind, object), 'signed_by')]
    if (right) yield undefined
    else if (others.some((part) => isBy(signedBytes(kind, part))))
      yield {
        ...at(`${path}/signature`, 'a signature over the covered part', 'one over more or less'),
        code: CODES[kind],
      }
  }
}

/** How keys and signatures are written, and what a signature is made over (spec/seal.md). */
export const signatureChecks: readonly Check<Signatures>[] = [
  must('key.form', 'AR-SEAL-001', 'seal', 'A key is named by its one canonical did:key.', keyForm),
  must('signature.spelling', 'AR-SEAL-002', 'seal', 'A signature is written in its one way.', spelling),
  must('signature.bytes', 'AR-SEAL-004', 'seal', 'A signature is made over the DSSE bytes of its kind.', bytes),
  must('signature.covered', 'AR-SEAL-006', 'seal', 'What is signed is the public form without signature.', coveredPart),
]
