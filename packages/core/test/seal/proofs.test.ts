import type { AgentRun, BatchProof, Statement, StepProof } from '@agent-run/types'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  checkSignature,
  proveStep,
  sealBatch,
  sealHash,
  sealRun,
  verifyBatchProof,
  verifyStepProof,
} from '../../src/seal/index.ts'
import { createProver, hashLeaf, proveInclusion, treeRoot, verifyInclusion } from '../../src/tree/index.ts'
import { validate } from '../../src/validate/index.ts'
import { AT, type Changeable, changed, person, protectedRun, runtime, sealedRun, signAnyway } from './records.ts'

const sealedForBatch = (count: number): Promise<AgentRun[]> =>
  Promise.all(
    Array.from({ length: count }, (_, index) =>
      sealRun({ ...protectedRun(1), id: `run_${index}` }, { at: AT, signedBy: runtime.did }),
    ),
  )

const named = (run: AgentRun): { record_hash: string; signed_by: string } => ({
  record_hash: run.provenance.record_hash!,
  signed_by: run.provenance.signed_by!,
})

describe('a prover', () => {
  it('gives the same paths as the definition, for every leaf of every size', () => {
    for (let size = 1; size <= 33; size++) {
      const leaves = Array.from({ length: size }, (_, index) => hashLeaf(Uint8Array.of(index)))
      const prove = createProver(leaves)
      for (let index = 0; index < size; index++) {
        expect(prove(index)).toEqual(proveInclusion(leaves, index))
        expect(verifyInclusion(leaves[index]!, index, size, prove(index), treeRoot(leaves))).toBe(true)
      }
      for (const index of [-1, size, 0.5]) expect(() => prove(index)).toThrow(RangeError)
    }
    expect(() => createProver([])(0)).toThrow(RangeError)
  })
})

describe('a batch', () => {
  it('seals many records with one signature', async () => {
    const runs = await sealedForBatch(7)
    const { statement, proofs } = await sealBatch(runs, runtime, AT)
    expect(statement).toMatchObject({ kind: 'batch', at: AT, body: { root: statement.about, count: 7 } })
    expect(checkSignature('statement', statement)).toBe('pass')
    expect(validate(statement, { schema: 'statement' }).findings).toEqual([])
    for (const [index, run] of runs.entries()) {
      const proof = proofs[index]!
      expect(checkSignature('run', run)).toBe('stripped')
      expect(validate(proof, { schema: 'batch-proof' }).findings).toEqual([])
      expect(verifyBatchProof(proof, statement, named(run))).toEqual({ ok: true })
      const next = runs[(index + 1) % runs.length]!
      expect(verifyBatchProof(proof, statement, named(next)).ok).toBe(false)
    }
  })

  it('has as leaves the 71 octets of each record_hash', async () => {
    const [run] = await sealedForBatch(1)
    const { statement, proofs } = await sealBatch([run!], runtime, AT)
    const octets = new TextEncoder().encode(run!.provenance.record_hash!)
    expect(octets.length).toBe(71)
    expect(statement.about).toBe(`sha256:${Buffer.from(hashLeaf(octets)).toString('hex')}`)
    expect(proofs[0]!.path).toEqual([])
  })

  it('refuses records that are not sealed for it', async () => {
    const [run] = await sealedForBatch(1)
    await expect(sealBatch([], runtime, AT)).rejects.toThrow(RangeError)
    await expect(sealBatch([run!], person, AT)).rejects.toMatchObject({ code: 'seal.batch' })
    await expect(sealBatch([await sealedRun()], runtime, AT)).rejects.toMatchObject({ code: 'seal.batch' })
    const forged = { ...run!, status: 'failed' as const }
    await expect(sealBatch([forged], runtime, AT)).rejects.toMatchObject({ code: 'seal.batch' })
  })

  it('does not hold for anything that was changed', async () => {
    const runs = await sealedForBatch(5)
    const { statement, proofs } = await sealBatch(runs, runtime, AT)
    const record = named(runs[2]!)
    const proof = proofs[2]!
    const other = `sha256:${'0'.repeat(64)}`
    const badProofs: Changeable[] = [
      { ...proof, index: 3 },
      { ...proof, index: 5 },
      { ...proof, index: 2 ** 32 + 2 },
      { ...proof, path: proof.path.slice(1) },
      { ...proof, path: proof.path.toReversed() },
      { ...proof, path: [...proof.path, other] },
      { ...proof, path: ['not a hash', ...proof.path.slice(1)] },
      { ...proof, statement: other },
      { ...proof, record_hash: other },
    ]
    for (const bad of badProofs) expect(verifyBatchProof(bad, statement, record).ok, JSON.stringify(bad)).toBe(false)

    const resigned = async (change: (copy: Changeable) => unknown, signer = runtime): Promise<boolean> => {
      const { signature: _, signed_by: __, ...unsigned } = changed(statement, change)
      const forged: Statement = await signAnyway('statement', unsigned, signer)
      const fitting: BatchProof = { ...proof, statement: sealHash('statement', forged as never) }
      return verifyBatchProof(fitting, forged, record).ok
    }
    expect(await resigned(() => undefined)).toBe(true)
    expect(await resigned(() => undefined, person)).toBe(false)
    expect(await resigned((copy) => Object.assign(copy, { kind: 'tombstone' }))).toBe(false)
    expect(await resigned((copy) => Object.assign(copy, { about: other }))).toBe(false)
    for (const count of [2, 4, 1e9, 5.5, '5', null])
      expect(await resigned((copy) => Object.assign(copy.body, { count })), String(count)).toBe(false)
    expect(await resigned((copy) => delete copy.body)).toBe(false)
    expect(verifyBatchProof(proof, { ...statement, signature: `${'A'.repeat(86)}==` }, record).ok).toBe(false)
    expect(
      verifyBatchProof(
        proof,
        changed(statement, (copy) => delete copy.signature),
        record,
      ).ok,
    ).toBe(false)
  })
})

/** The record of a proof with another provenance, and the record_hash that fits. */
const resealed = ({ record }: Changeable, members: object): void => {
  Object.assign(record.provenance, members)
  for (const [name, value] of Object.entries(members)) if (value === undefined) delete record.provenance[name]
  record.provenance.record_hash = sealHash('run', record)
}

describe('a step proof', () => {
  it('shows one step and holds, for every step', async () => {
    const sealed = await sealedRun(5)
    for (const index of sealed.steps.keys()) {
      const proof = JSON.parse(JSON.stringify(proveStep(sealed, index)))
      expect(validate(proof, { schema: 'step-proof' }).findings).toEqual([])
      expect(verifyStepProof(proof)).toEqual({
        ok: true,
        signature: 'pass',
        record_hash: sealed.provenance.record_hash,
        signed_by: runtime.did,
      })
      expect(proof.step).toEqual(sealed.steps[index])
      expect(JSON.stringify(proof.record)).not.toContain('please release')
      expect(proof.record).not.toHaveProperty('steps')
    }
  })

  it('is not made of what is not there, not sealed or changed', async () => {
    const sealed = await sealedRun()
    expect(() => proveStep(sealed, 3)).toThrow(RangeError)
    expect(() => proveStep(sealed, -1)).toThrow(RangeError)
    expect(() => proveStep(protectedRun(), 0)).toThrow(expect.objectContaining({ code: 'prove.not_sealed' }))
    const forged = changed(sealed, (run) => Object.assign(run.steps[0], { status: 'failed' }))
    expect(() => proveStep(forged, 1)).toThrow(expect.objectContaining({ code: 'prove.mismatch' }))
  })

  it.each<[string, (proof: Changeable) => unknown]>([
    ['schema.required', (proof) => delete proof.path],
    ['schema.required', (proof) => delete proof.record.status],
    ['schema.type', (proof) => Object.assign(proof.record, { provenance: 'none' })],
    ['proof.uncovered', (proof) => Object.assign(proof.record, { steps: [] })],
    ['proof.uncovered', (proof) => Object.assign(proof.record, { eval: { pass: true, score: 100 } })],
    ['private.state', (proof) => Object.assign(proof.step, { input_preview: 'forged' })],
    ['private.state', (proof) => Object.assign(proof.step.side_effects[0], { target: 'forged' })],
    ['private.state', (proof) => Object.assign(proof.record, { output_preview: 'forged' })],
    ['private.state', (proof) => Object.assign(proof.record.approvals[0], { reason: 'forged' })],
    ['record.incomplete', (proof) => delete proof.record.provenance.record_hash],
    ['record.incomplete', (proof) => delete proof.record.provenance.steps_root],
    ['record.incomplete', (proof) => delete proof.record.provenance.sealed_at],
    ['record.incomplete', (proof) => delete proof.record.provenance.nonce],
    ['record.incomplete', (proof) => delete proof.record.spec_version],
    ['signature.key', (proof) => resealed(proof, { signed_by: 'https://example.org/key' })],
    ['signature.key', (proof) => resealed(proof, { signed_by: undefined })],
    ['record.mismatch', (proof) => Object.assign(proof.record, { agent_id: 'other' })],
    ['record.mismatch', (proof) => Object.assign(proof.record.provenance, { steps_count: 6 })],
    ['record.open_status', (proof) => Object.assign(proof.record, { status: 'running' })],
    ['signature.stripped', (proof) => delete proof.record.provenance.signature],
    ['signature.invalid', (proof) => Object.assign(proof.record.provenance, { signature: `${'A'.repeat(86)}==` })],
    ['proof.path', (proof) => Object.assign(proof, { index: 2 })],
    ['proof.path', (proof) => proof.path.pop()],
    ['proof.path', (proof) => Object.assign(proof.step, { status: 'failed' })],
  ])('fails with %s where it must', async (code, change) => {
    const proof = changed(proveStep(await sealedRun(5), 1), change)
    const verdict = verifyStepProof(proof)
    expect(verdict.ok).toBe(false)
    expect(verdict.failure?.code).toBe(code)
  })

  it('holds for an erased step too, and for a record of a batch', async () => {
    const runs = await sealedForBatch(3)
    const { statement, proofs } = await sealBatch(runs, runtime, AT)
    const proof: StepProof = proveStep(runs[1]!, 0)
    expect(verifyStepProof(proof).failure?.code).toBe('signature.stripped')
    expect(verifyStepProof(proof, { statement, proof: proofs[1]! })).toMatchObject({ ok: true, signature: 'pass' })
    expect(verifyStepProof(proof, { statement, proof: proofs[0]! }).failure?.code).toBe('signature.stripped')
    const record_hash = proofs[1]!.record_hash
    const nothing = { kind: 'batch' }
    for (const batch of [
      null,
      {},
      { statement: null, proof: null },
      { statement: {}, proof: { path: null } },
      { statement: nothing, proof: { record_hash, path: null, statement: sealHash('statement', nothing) } },
    ])
      expect(verifyStepProof(proof, batch as never).failure?.code).toBe('signature.stripped')
  })

  it('is not verifiable from a record without spec_version, whoever signed it', async () => {
    const proof = changed(proveStep(await sealedRun(1), 0), ({ record }) => delete record.spec_version)
    proof.record = await signAnyway('run', proof.record, runtime)
    Object.assign(proof.record.provenance as object, { record_hash: sealHash('run', proof.record) })
    expect(verifyStepProof(proof).failure).toMatchObject({ code: 'record.incomplete', path: '/record/spec_version' })
  })

  it('never throws, whatever it is given', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(verifyStepProof(value).ok).toBe(false)
      }),
    )
    expect(verifyStepProof(undefined).ok).toBe(false)
  })
})
