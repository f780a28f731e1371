import type { AgentRun, BatchProof, Statement } from '@agent-run/types'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { PrivateKind } from '../../src/hash/index.ts'
import type * as Seal from '../../src/seal/index.ts'
import type * as Sign from '../../src/sign/index.ts'
import { bytesOf, counted, vectorFiles, vectors } from '../vectors.ts'

const each = <T>(file: string): readonly (T & { readonly name: string })[] => vectors('seal', file)

it('has the vectors that the manifest promises', () => {
  expect(counted('seal')).toEqual(vectorFiles('seal').manifest)
})

describe.each(['node', 'portable'] as const)('with the %s engine', (engine) => {
  let seal: typeof Seal
  let sign: typeof Sign

  beforeAll(async () => {
    vi.resetModules()
    vi.doMock('#ed25519', () =>
      engine === 'node' ? import('../../src/sign/ed25519-node.ts') : import('../../src/sign/ed25519-portable.ts'),
    )
    seal = await import('../../src/seal/index.ts')
    sign = await import('../../src/sign/index.ts')
  })
  afterAll(() => vi.doUnmock('#ed25519'))

  type Hashes = { run: object; expect: { record_hash: string; document_hash: string; sealed: boolean } }
  it.each(each<Hashes>('record-hash.json'))('recordHash, documentHash: $name', ({ run, expect: expected }) => {
    const { recordHash, documentHash, isSealed } = seal
    expect({ record_hash: recordHash(run), document_hash: documentHash(run), sealed: isSealed(run) }).toEqual(expected)
  })

  it.each(each<{ run: object; expect: boolean }>('sealed.json'))('isSealed: $name', ({ run, expect: expected }) => {
    expect(seal.isSealed(run)).toBe(expected)
  })

  type Sealing = { run: AgentRun; at: string; seed_hex: string; journal_head?: string; expect: object }
  it.each(each<Sealing>('seal.json'))(
    'sealRun: $name',
    async ({ run, at, seed_hex, journal_head, expect: expected }) => {
      const signer = sign.createSigner(bytesOf(seed_hex))
      const options = { signer, at, ...(journal_head === undefined ? {} : { journalHead: journal_head }) }
      expect((await seal.sealRun(run, options)).provenance).toEqual(expected)
    },
  )

  type Steps = { steps: object[]; expect: object }
  it.each(each<Steps>('steps-root.json'))('stepsRoot: $name', ({ steps, expect: expected }) => {
    expect(seal.stepsRoot(steps)).toEqual(expected)
  })

  type Action = { run_id: string; nonce: string | null; step: AgentRun['steps'][number]; expect: string }
  it.each(each<Action>('action-hash.json'))('actionHash: $name', ({ run_id, nonce, step, expect: expected }) => {
    const { id: step_id, tool_name, mcp_server, tool_hash, arguments_hash } = step
    expect(seal.actionHash({ run_id, nonce, step_id, tool_name, mcp_server, tool_hash, arguments_hash })).toBe(expected)
  })

  type Request = { event: object; expect: string }
  it.each(each<Request>('request-hash.json'))('requestHash: $name', ({ event, expect: expected }) => {
    expect(seal.requestHash(event)).toBe(expected)
  })

  type State = { kind: PrivateKind; object: Parameters<typeof Seal.privateState>[1]; expect: string | null }
  it.each(each<State>('private-state.json'))('privateState: $name', ({ kind, object, expect: expected }) => {
    expect(seal.privateState(kind, object) ?? null).toBe(expected)
  })

  type Batch = { proof: BatchProof; statement: Statement; signed_by: string; expect: boolean }
  it.each(each<Batch>('batch.json'))('verifyBatchProof: $name', ({ proof, statement, signed_by, expect: expected }) => {
    const record = { record_hash: proof.record_hash, signed_by }
    expect(seal.verifyBatchProof(proof, statement, record).ok).toBe(expected)
  })

  type Proof = { proof: unknown; expect: boolean }
  it.each(each<Proof>('step-proof.json'))('verifyStepProof: $name', ({ proof, expect: expected }) => {
    expect(seal.verifyStepProof(proof).ok).toBe(expected)
  })

  type Dsse = { kind: Seal.SignedKind; object: object; pae_hex: string; expect: Seal.DsseEnvelope }
  it.each(each<Dsse>('dsse.json'))('toDsse: $name', ({ kind, object, pae_hex, expect: expected }) => {
    expect(Buffer.from(seal.signedBytes(kind, object)).toString('hex')).toBe(pae_hex)
    expect(seal.toDsse(kind, object)).toEqual(expected)
    expect(seal.toDsse(kind, seal.fromDsse(expected).object)).toEqual(expected)
  })
})
