import { createPrivateKey, sign as signBytes } from 'node:crypto'
import { canonicalize } from '../../src/bytes/canonical.ts'
import { covered, omit } from '../../src/bytes/covered.ts'
import { digest, sha256, signedBytes } from '../../src/bytes/digest.ts'
import type { JsonObject } from '../../src/bytes/json.ts'
import { coveredBySeal, protect, seal } from '../../src/bytes/seal.ts'
import { didKey, seedOf, sign, signSeal } from '../../src/bytes/sign.ts'
import { treeRoot } from '../../src/bytes/tree.ts'

const SEED = seedOf('judge')
const NONCE = '3234d08b4c1bf208311cb6a914f03b06'
const SALT = 'ab'.repeat(32)

const step = protect('step', {
  type: 'tool_call',
  id: 's-1',
  tool_name: 'read_file',
  status: 'succeeded',
  started_at: '2026-11-20T15:00:04Z',
  ended_at: '2026-11-20T15:00:05Z',
  output_preview: 'a preview',
  salt: SALT,
  side_effects: [{ kind: 'read', basis: 'observed' }],
  approval: { state: 'approved', approval_id: 'ap-1' },
})

const event = sign('approval', seedOf('approver'), {
  approval_id: 'ap-1',
  event: 'escalated',
  at: '2026-11-20T15:00:02Z',
})

/** A finished run whose members don't stand in the order of their names. */
export const finished: JsonObject = {
  spec_version: '1.0',
  id: 'run-1',
  agent_id: 'agent',
  status: 'completed',
  started_at: '2026-11-20T15:00:00Z',
  ended_at: '2026-11-20T15:00:09Z',
  inventory: { tools: [{ name: 'read_file' }] },
  steps: [step],
  approvals: [event, { approval_id: 'ap-1', event: 'approved', at: '2026-11-20T15:00:03Z', step_id: 's-1' }],
  cost: { input_tokens: 1, output_tokens: 2 },
  provenance: { nonce: NONCE, sealed_at: '2026-11-20T15:00:10Z', run_hash: '-' },
}

/** A sealed and signed record in which everything is right. */
export const sealed: JsonObject = signSeal(finished, SEED)

/** A copy with other members in its provenance. */
export const withProvenance = (record: JsonObject, members: JsonObject): JsonObject => ({
  ...record,
  provenance: { ...(record.provenance as JsonObject), ...members },
})

/** A copy of the run, sealed with what a careless producer puts into a member. */
const hashed = (hashOf: (part: JsonObject) => string): JsonObject =>
  withProvenance(seal(finished), { record_hash: hashOf(coveredBySeal(finished)) })

const key = createPrivateKey({
  key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), SEED]),
  format: 'der',
  type: 'pkcs8',
})
const signature = (bytes: Uint8Array | string): string =>
  signBytes(null, Buffer.from(bytes as string), key).toString('base64')
const unsigned = signSeal(finished, SEED)

/** Records of careless producers: the check that says what is wrong, and how it came about. */
export const careless: readonly (readonly [check: string, how: string, record: JsonObject])[] = [
  [
    'record.canonical',
    'record_hash over the members in the order of the document',
    hashed((part) => {
      const body = JSON.stringify(part)
      const type = 'application/vnd.agent-run.run.v1+json'
      return digest(`DSSEv1 ${type.length} ${type} ${Buffer.byteLength(body)} ${body}`)
    }),
  ],
  ['record.kind', 'record_hash without a kind', hashed((part) => digest(canonicalize(part)))],
  [
    'steps.leaf',
    'leaves over the steps with their private members',
    withProvenance(seal(finished), { steps_root: `sha256:${treeRoot([sha256(`\0${canonicalize(step)}`)])}` }),
  ],
  [
    'signature.bytes',
    'a signature over the text of the hash',
    withProvenance(unsigned, { signature: signature(String((unsigned.provenance as JsonObject).record_hash)) }),
  ],
  [
    'signature.bytes',
    'a signature of another kind',
    withProvenance(unsigned, { signature: signature(signedBytes('statement', covered('run', unsigned))) }),
  ],
  [
    'signature.covered',
    'an approval signed with its private members',
    { ...finished, approvals: [{ ...withPrivate(), signature: signature(signedBytes('approval', withPrivate())) }] },
  ],
  ['signature.spelling', 'a signature without padding', withProvenance(sealed, { signature: 'A'.repeat(86) })],
  [
    'run_hash.form',
    'a run_hash with its algorithm',
    withProvenance(finished, { run_hash: `sha256:${'0'.repeat(64)}` }),
  ],
]

function withPrivate(): JsonObject {
  const named = { ...omit(event, 'signature'), signed_by: didKey(SEED), reason: 'because', salt: SALT }
  return protect('approval', named)
}
