import { canonicalize } from '../bytes/canonical.ts'
import { covered, legacyRunHash } from '../bytes/covered.ts'
import { digest, sha256 } from '../bytes/digest.ts'
import type { Json, JsonObject } from '../bytes/json.ts'
import { publicForm, runHash } from '../bytes/seal.ts'
import { treeRoot } from '../bytes/tree.ts'
import { isRight, keyOf } from '../bytes/verify.ts'
import { batchHolds } from './batch.ts'
import { at, type Check, type Compared, must, type Place } from './check.ts'
import { erasablesOf, isKnown, privateState, type Subject, sealGaps } from './subject.ts'

const OPEN = new Set<Json | undefined>(['pending', 'running', 'paused'])
const RUN_HASH = /^[0-9a-f]{64}$/
const RUN_HASH_AT = '/provenance/run_hash'
const RECORD_HASH_AT = '/provenance/record_hash'
const SIGNATURE_AT = '/provenance/signature'

function* runHashForm({ record, view, provenance }: Subject): Generator<Compared> {
  if (!view.versioned) return
  const right = RUN_HASH.test(String(provenance.run_hash))
  yield right ? undefined : at(RUN_HASH_AT, runHash(record), 'another form')
}

function* runHashMismatch({ record, view, provenance }: Subject): Generator<Compared> {
  const stated = provenance.run_hash
  if (typeof stated !== 'string' || !RUN_HASH.test(stated)) return
  const right = runHash(record)
  const old = !view.versioned && !isKnown(provenance.record_hash) && stated === legacyRunHash(record)
  if (old) return
  yield stated === right ? undefined : at(RUN_HASH_AT, right, stated)
}

function* stepsCount({ view, provenance }: Subject): Generator<Compared> {
  if (!Object.hasOwn(provenance, 'steps_count')) return
  const count = view.steps.length
  const right = provenance.steps_count === count
  yield right ? undefined : at('/provenance/steps_count', `${count}`, `${provenance.steps_count}`)
}

function* root({ root, provenance }: Subject): Generator<Compared> {
  const stated = provenance.steps_root
  if (stated !== undefined) yield stated === root ? undefined : at('/provenance/steps_root', root, String(stated))
}

/** Where the root is right, so are the leaves; where it is that over leaves made otherwise, this says so. */
function* leaves({ record, root, provenance }: Subject): Generator<Compared> {
  const steps = record.steps as readonly JsonObject[]
  if (provenance.steps_root === undefined || steps.length === 0) return
  const others: readonly ((step: JsonObject) => string)[] = [
    (step) => sha256(canonicalize(publicForm('step', step))),
    (step) => sha256(`\0${canonicalize(step)}`),
    (step) => sha256(`\0${JSON.stringify(publicForm('step', step))}`),
    (step) => sha256(JSON.stringify(step)),
  ]
  if (provenance.steps_root === root) yield undefined
  else if (others.some((leafOf) => `sha256:${treeRoot(steps.map(leafOf))}` === provenance.steps_root))
    yield {
      ...at('/provenance/steps_root', 'a root over the leaves of the public forms', 'one over leaves made otherwise'),
      code: 'steps.root',
    }
}

function* states({ record }: Subject): Generator<Compared> {
  for (const { kind, object, path } of erasablesOf(record)) {
    const state = privateState(kind, object)
    if (state === undefined) continue
    const message = 'salt and members that give the private_hash, or none of them'
    yield state === 'broken' ? at(path, message, 'something else') : undefined
  }
}

function* incomplete({ record, sealed }: Subject): Generator<Compared> {
  if (!sealed) return
  for (const gap of sealGaps(record))
    yield gap === undefined ? undefined : at(gap, 'a member that every sealed record has', 'none')
}

function* openStatus({ record, sealed }: Subject): Generator<Compared> {
  if (!sealed) return
  yield OPEN.has(record.status) ? at('/status', 'a run that is over', `one that is ${record.status}`) : undefined
}

function* mismatch(subject: Subject): Generator<Compared> {
  const stated = subject.provenance.record_hash
  if (!subject.sealed || !isKnown(stated)) return
  yield stated === subject.hash ? undefined : at(RECORD_HASH_AT, subject.hash, String(stated))
}

/** Whether a `record_hash` that isn't right is one of bytes of another make. */
const isHashOf = ({ provenance }: Subject, bytes: string): boolean => provenance.record_hash === digest(bytes)

const otherHash = (expected: string, found: string): Place => ({
  ...at(RECORD_HASH_AT, expected, found),
  code: 'record.mismatch',
})

const pae = (body: string): string => {
  const type = 'application/vnd.agent-run.run.v1+json'
  return `DSSEv1 ${type.length} ${type} ${Buffer.byteLength(body)} ${body}`
}

function* canonical(subject: Subject): Generator<Compared> {
  const { record, provenance, sealed } = subject
  if (!sealed || !isKnown(provenance.record_hash)) return
  if (provenance.record_hash === subject.hash) yield undefined
  else if (isHashOf(subject, pae(JSON.stringify(covered('run', record)))))
    yield otherHash('the hash of the canonical form', 'that of a text with its members in another order')
}

function* typed(subject: Subject): Generator<Compared> {
  const { record, provenance, sealed } = subject
  if (!sealed || !isKnown(provenance.record_hash)) return
  const part = covered('run', record)
  if (provenance.record_hash === subject.hash) yield undefined
  else if ([canonicalize(part), JSON.stringify(part)].some((text) => isHashOf(subject, text)))
    yield otherHash('the hash of kind run', 'the digest of the text by itself')
}

const isMine =
  ({ hash }: Subject) =>
  (proof: { readonly record_hash?: Json }): boolean =>
    proof.record_hash === hash

function* stripped(subject: Subject): Generator<Compared> {
  const { provenance, view, beside } = subject
  if (!view.versioned || !isKnown(provenance.signed_by)) return
  if (isKnown(provenance.signature)) yield undefined
  else if (!beside.proofs.some(isMine(subject))) yield at(SIGNATURE_AT, 'a signature beside signed_by', 'none')
}

function* batch(subject: Subject): Generator<Compared> {
  const { provenance, view, beside } = subject
  if (!view.versioned || !isKnown(provenance.signed_by) || isKnown(provenance.signature)) return
  const proofs = beside.proofs.filter(isMine(subject))
  if (proofs.length === 0) return
  const holds = proofs.some((proof) => batchHolds(proof, beside.statements, provenance.signed_by))
  const place = at(SIGNATURE_AT, 'a batch proof that leads to a statement by this key', 'none of those given does')
  yield holds ? undefined : { ...place, code: 'signature.stripped' }
}

function* signatureKey({ provenance, view }: Subject): Generator<Compared> {
  if (!view.versioned || !isKnown(provenance.signature)) return
  const right = keyOf(provenance.signed_by) !== undefined
  yield right ? undefined : at('/provenance/signed_by', 'the did:key of an Ed25519 key', 'none')
}

function* signature({ record, provenance, view }: Subject): Generator<Compared> {
  if (!view.versioned || !isKnown(provenance.signature) || keyOf(provenance.signed_by) === undefined) return
  const right = isRight('run', record, provenance.signed_by, provenance.signature)
  yield right ? undefined : at(SIGNATURE_AT, 'a signature by the key of signed_by over this record', 'another one')
}

/** Fingerprint, step tree, private hashes, record hash and signature (spec/bytes.md, spec/seal.md). */
export const sealChecks: readonly Check<Subject>[] = [
  must('run_hash.form', 'AR-BYTES-011', 'core', 'run_hash has the form of one.', runHashForm),
  must(
    'run_hash.mismatch',
    'AR-BYTES-011',
    'core',
    'run_hash is the fingerprint of the configuration.',
    runHashMismatch,
  ),
  must('steps.count', 'AR-SEAL-007', 'seal', 'steps_count is the number of steps.', stepsCount),
  must('steps.root', 'AR-SEAL-007', 'seal', 'steps_root is the root of the step tree.', root),
  must('steps.leaf', 'AR-BYTES-012', 'seal', 'A leaf is made of the public form of a step.', leaves),
  must('private.state', 'AR-SEAL-008', 'privacy', 'A private_hash is that of what is there, or all is erased.', states),
  must('record.incomplete', 'AR-SEAL-009', 'seal', 'A sealed record has all that belongs to a seal.', incomplete),
  must('record.open_status', 'AR-SEAL-010', 'seal', 'The run of a sealed record is over.', openStatus),
  must('record.mismatch', 'AR-SEAL-005', 'seal', 'record_hash is the hash of the covered part.', mismatch),
  must('record.canonical', 'AR-BYTES-009', 'seal', 'record_hash is taken of the canonical form.', canonical),
  must('record.kind', 'AR-BYTES-010', 'seal', 'record_hash is a hash of the kind run.', typed),
  // AR-SEAL-012 says it of verifiers. What an emitter breaks is that the signature be right.
  must('signature.stripped', 'AR-SEAL-014', 'seal', 'A record that names its key is signed.', stripped),
  must('signature.batch', 'AR-SEAL-017', 'seal', 'A batch proof leads to a statement of the key.', batch),
  must('signature.key', 'AR-SEAL-013', 'seal', 'A signature stands beside its key.', signatureKey),
  must('signature.invalid', 'AR-SEAL-014', 'seal', 'The signature of a record is right.', signature),
]
