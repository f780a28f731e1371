import type { AgentRun, ApprovalEvent, Step } from '@agent-run/types'
import { argumentsHash } from '../../src/hash/index.ts'
import { protect, type SignedKind, sealRun, signedBytes } from '../../src/seal/index.ts'
import { createSigner, encodeBase64, type Signer } from '../../src/sign/index.ts'

/** A signer whose seed is one byte, repeated: the same in every test. */
export const signerOf = (byte: number): Signer => createSigner(new Uint8Array(32).fill(byte))
export const runtime = signerOf(1)
export const person = signerOf(2)
export const stranger = signerOf(3)

export const AT = '2026-11-20T14:09:03Z'
export const nonce = '6f1d7a84db00d2fce00b31a7fc73224f'

/** Salts that are the same in every test and different from each other. */
export const counting = (): ((length: number) => Uint8Array) => {
  let count = 0
  return (length) => new Uint8Array(length).fill(++count)
}

/** Signs what `signObject` would refuse to sign. */
export const signAnyway = async <T extends object>(kind: SignedKind, object: T, signer: Signer): Promise<T> => {
  const named = { ...object, signed_by: signer.did }
  return { ...named, signature: encodeBase64(await signer.sign(signedBytes(kind, named))) }
}

export const step = (id: string, members: Partial<Step> = {}): Step => ({
  id,
  type: 'tool_call',
  started_at: '2026-11-20T14:08:20Z',
  ended_at: '2026-11-20T14:08:21Z',
  status: 'succeeded',
  tool_name: 'deploy',
  arguments_hash: argumentsHash({ id }, null),
  input_preview: `call ${id}`,
  output_preview: 'done',
  side_effects: [{ kind: 'deploy', target: `service-${id}`, reversible: 'full', basis: 'observed' }],
  ...members,
})

const request: ApprovalEvent = {
  approval_id: 'ap-0',
  event: 'requested',
  at: '2026-11-20T14:08:00Z',
  reason: 'deploys to production',
}

/** A run with every sort of object that can have private members; not sealed, nothing protected. */
export const richRun = (steps = 3): AgentRun => ({
  spec_version: '1.0',
  id: 'run_1',
  agent_id: 'release-bot',
  workspace_id: 'acme',
  status: 'completed',
  started_at: '2026-11-20T14:08:00Z',
  ended_at: '2026-11-20T14:09:00Z',
  intent: 'release the beta',
  input_preview: 'please release',
  output_preview: 'released',
  tools_available: ['deploy', 'read'],
  metadata: { ticket: 'R-1' },
  steps: Array.from({ length: steps }, (_, index) => step(`s-${index}`)),
  approvals: [request],
  policy_decisions: [
    { id: 'pd-1', at: '2026-11-20T14:08:00Z', verdict: 'allow', reasons: ['on the list'], decider: { kind: 'policy' } },
  ],
  artifacts: [{ id: 'a-1', name: 'build.tgz', action: 'created', metadata: { note: 'beta' } }],
  cost: { input_tokens: 10, output_tokens: 5 },
  provenance: { run_hash: '0'.repeat(64), nonce },
})

/** The same, protected. */
export const protectedRun = (steps?: number): AgentRun => protect(richRun(steps), { random: counting() })

/** The same, protected and sealed by the runtime. */
export const sealedRun = (steps?: number): Promise<AgentRun> =>
  sealRun(protectedRun(steps), { signer: runtime, at: AT })

/** What a test may change in a copy: things that types forbid. */
export type Changeable = ReturnType<typeof JSON.parse>

/** A copy of a JSON value, with a change made. */
export const changed = <T>(value: T, change: (copy: Changeable) => unknown): T => {
  const copy = structuredClone(value)
  change(copy)
  return copy
}
