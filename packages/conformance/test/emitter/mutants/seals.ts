import { canonicalize } from '@agent-run/core'
import { covered, sealHash } from '../../../src/bytes/covered.ts'
import { digest, sha256, signedBytes } from '../../../src/bytes/digest.ts'
import { protect } from '../../../src/bytes/seal.ts'
import { treeRoot } from '../../../src/bytes/tree.ts'
import { type Loose, type Mutant, signatureOver, signed, stamp, writes } from './mutant.ts'

/** A runtime that goes wrong when it seals: `change` is done to the sealed record. */
const seals = (name: string, fault: string, change: (run: Loose) => void, scenario = 'sealed'): Mutant =>
  writes(name, scenario, fault, () => undefined, { after: change })

/** Hashes and signs what stands there, however wrong. */
const restamp = (run: Loose): void => {
  run.provenance = stamp(run).provenance
}

const flip = (text: string): string => `${text[0] === 'A' ? 'B' : 'A'}${text.slice(1)}`

/** Runtimes whose fingerprints, seals and signatures are wrong. */
export const sealMutants: readonly Mutant[] = [
  writes(
    'run_hash_marked',
    'sealed',
    'writes run_hash with sha256:',
    (run) => {
      run.provenance.run_hash = `sha256:${run.provenance.run_hash}`
    },
    { fingerprint: false },
  ),
  writes(
    'run_hash_of_another',
    'sealed',
    'fingerprints another configuration',
    (run) => {
      run.provenance.run_hash = '0'.repeat(64)
    },
    { fingerprint: false },
  ),
  seals('steps_miscounted', 'counts one step too many', (run) => {
    run.provenance.steps_count++
    restamp(run)
  }),
  seals('other_root', 'writes the root of other steps', (run) => {
    run.provenance.steps_root = `sha256:${'0'.repeat(64)}`
    restamp(run)
  }),
  seals('leaves_of_all', 'makes leaves of whole steps, private members included', (run) => {
    const root = treeRoot(run.steps.map((step: Loose) => sha256(`\0${canonicalize(step)}`)))
    run.provenance.steps_root = `sha256:${root}`
    restamp(run)
  }),
  seals('preview_changed', 'changes a private member later', (run) => (run.steps[0].output_preview = 'something else')),
  writes(
    'salt_without_hash',
    'sealed',
    'drops a private_hash and keeps its salt',
    (run) => delete run.steps[0].private_hash,
  ),
  writes('half_erased', 'sealed', 'drops a salt and keeps what it protects', (run) => delete run.steps[0].salt),
  seals('seal_without_time', 'does not say when it sealed', (run) => {
    delete run.provenance.sealed_at
    restamp(run)
  }),
  writes('sealed_while_running', 'sealed', 'seals a run that goes on', (run) => {
    run.status = 'running'
    delete run.ended_at
    delete run.duration_ms
    delete run.outcome
  }),
  seals('tags_added_later', 'changes the record when it is sealed', (run) => (run.tags = ['nightly'])),
  seals('hash_of_a_text', 'hashes members in its own order', (run) => {
    const text = JSON.stringify(covered('run', run))
    const type = 'application/vnd.agent-run.run.v1+json'
    run.provenance.record_hash = digest(`DSSEv1 ${type.length} ${type} ${Buffer.byteLength(text)} ${text}`)
  }),
  seals('hash_without_kind', 'hashes the text by itself', (run) => {
    run.provenance.record_hash = digest(canonicalize(covered('run', run)))
  }),
  seals('signature_lost', 'loses the signature', (run) => delete run.provenance.signature),
  seals('key_lost', 'loses the key', (run) => {
    const { signature: _, signed_by: __, ...provenance } = run.provenance
    run.provenance = provenance
    const { record_hash } = stamp(run).provenance
    run.provenance = { ...provenance, record_hash, signature: signatureOver(Buffer.from(record_hash)) }
  }),
  seals('signature_of_another', 'signs something else', (run) => {
    run.provenance.signature = flip(run.provenance.signature)
  }),
  seals('key_in_hexadecimal', 'names its key in its own way', (run) => {
    run.provenance.signed_by = 'ed25519:00'
    restamp(run)
  }),
  seals('signature_unpadded', 'leaves the padding out', (run) => {
    run.provenance.signature = run.provenance.signature.replace(/=+$/, '')
  }),
  seals('signs_the_hash', 'signs the text of the hash', (run) => {
    run.provenance.signature = signatureOver(Buffer.from(run.provenance.record_hash))
  }),
  writes('signs_private_members', 'approved_by_person', 'signs more of a decision than is covered', (run) => {
    const { signature: _, ...said } = run.approvals[1]
    const event = protect('approval', { ...said, reason: 'ok', salt: '0'.repeat(64) })
    run.approvals[1] = { ...event, signature: signatureOver(signedBytes('approval', event), 'approver') }
  }),
  {
    name: 'batch_of_others',
    fault: 'gives a batch proof that does not lead to its record',
    scenario: 'sealed',
    change: (played) => {
      const [deposit] = played.deposits.filter(({ kind }) => kind === 'record')
      const run: Loose = JSON.parse(Buffer.from(deposit!.octets).toString('utf8'))
      delete run.provenance.signature
      const root = `sha256:${'0'.repeat(64)}`
      const body = { root, count: 2 }
      const statement = signed('statement', { kind: 'batch', about: root, at: run.ended_at, body }, 'recorder')
      const { record_hash } = run.provenance
      const proof = { statement: sealHash('statement', statement), record_hash, index: 0, path: [root] }
      const octets = [run, statement, proof].map((each) => Buffer.from(canonicalize(each)))
      const origin = 'bundle'
      return {
        ...played,
        deposits: octets.map(
          (each, index) => ({ kind: index === 0 ? 'record' : 'companion', origin, octets: each }) as const,
        ),
      }
    },
  },
  {
    name: 'line_of_its_own',
    fault: 'writes a line into a bundle that is none',
    scenario: 'sealed',
    change: (played) => ({
      ...played,
      deposits: [
        ...played.deposits,
        { kind: 'companion', origin: 'bundle', octets: Buffer.from('{"kind":"batch","about":7}') },
      ],
    }),
  },
]
