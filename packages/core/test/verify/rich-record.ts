// A sealed record with every object of the standard in it that reaches `accountable`: the maximal example, with what a
// real runtime would have added – salts, signed decisions, a parent, a child, a signed eval.
import { readFileSync } from 'node:fs'
import type { AgentRun, ApprovalEvent, Step, Trust } from '@agent-run/types'
import { runHash, stepLeaf } from '../../src/hash/index.ts'
import { createJournalWriter, type Journal, readJournal } from '../../src/journal/index.ts'
import {
  actionHash,
  documentHash,
  protect,
  recordHash,
  requestHash,
  sealRun,
  signObject,
} from '../../src/seal/index.ts'
import { createSigner, type Signer } from '../../src/sign/index.ts'

/** A key for tests, known by a number. */
export const signerOf = (number: number): Signer => createSigner(new Uint8Array(32).fill(number))

export const runtime: Signer = signerOf(1)
export const approver: Signer = signerOf(2)
export const evaluator: Signer = signerOf(3)
export const server: Signer = signerOf(4)
export const stranger: Signer = signerOf(9)

/** Time of sealing, and the present time of the tests. */
export const sealedAt = '2026-11-20T14:10:00Z'
export const now = '2026-11-21T09:00:00Z'

export const trust: Trust = {
  agent_run_trust: '1.0',
  keys: [
    { key: runtime.did, identity: 'ci@example.org', roles: ['runtime'], agents: ['release-*', 'review*'] },
    { key: approver.did, identity: 'ada@example.org', roles: ['approver'], approves: ['release_manager'] },
    { key: evaluator.did, identity: 'judge@example.org', roles: ['evaluator'] },
    { key: server.did, identity: 'store@example.org', roles: ['server'] },
  ],
}

/** The record, the records of its parents and its child, and its journal. */
export interface Rich {
  readonly run: AgentRun
  readonly related: readonly AgentRun[]
  readonly journal: Journal
}

/** Bytes that are random enough for a salt, and the same every time. */
export const counting = (): ((length: number) => Uint8Array) => {
  let next = 0
  return (length) => new Uint8Array(length).fill(++next)
}

const example = (): AgentRun =>
  JSON.parse(readFileSync(new URL('../../../../examples/records/full.json', import.meta.url), 'utf8')) as AgentRun

export const richRecord = async (): Promise<Rich> => {
  const { eval: judgement, ...bare } = protect(example(), { random: counting() })
  const parentHandoff: Step = {
    id: 'p-1',
    type: 'handoff',
    status: 'succeeded',
    started_at: bare.started_at,
    child_run_id: bare.id,
    delegation_id: bare.provenance.parents?.[0]?.delegation_id ?? '',
  }
  const parent = small(bare.provenance.parents?.[0]?.run_id ?? '', 'release-train', [parentHandoff])
  const handoff = bare.steps.find(({ type }) => type === 'handoff') as Step
  const child = await sealRun(
    {
      ...small(handoff.child_run_id ?? '', 'reviewer', []),
      provenance: {
        run_hash: runHash({ agent_id: 'reviewer' }),
        parents: [{ run_id: bare.id, delegation_id: handoff.delegation_id ?? '', handoff_leaf: stepLeaf(handoff) }],
      },
    },
    { signer: runtime, at: sealedAt, nonce: '0'.repeat(32) },
  )
  const trigger = await sealRun(small('run_trigger', 'release-train', []), {
    signer: runtime,
    at: sealedAt,
    nonce: '2'.repeat(32),
  })
  const steps = bare.steps.map((step): Step => {
    if (step.type === 'handoff_result') return { ...step, child_record_hash: recordHash(child) }
    // What only 0.1 wrote is covered as well.
    return step === bare.steps[0] ? { ...step, success: true, tokens_used: 0 } : step
  })
  const { nonce = '', parents = [], steps_count: _, steps_root: __, ...provenance } = bare.provenance
  const unsealed: AgentRun = {
    ...bare,
    related: [...(bare.related ?? []), { relation: 'retry_of', run_id: 'run_0', record_hash: recordHash(trigger) }],
    steps,
    approvals: await signed(bare.approvals ?? [], bare.id, nonce, steps),
    provenance: {
      ...provenance,
      nonce,
      parents: [
        { ...parents[0], run_id: parent.id, handoff_leaf: stepLeaf(parentHandoff) },
        { run_id: trigger.id, record_hash: recordHash(trigger) },
      ],
      signed_by: runtime.did,
      parent_run_hash: parent.provenance.run_hash,
      lineage: [parent.provenance.run_hash],
    },
  }
  const { run, journal } = await sealWithJournal(unsealed)
  const result: Step = {
    id: 'p-2',
    type: 'handoff_result',
    status: 'succeeded',
    started_at: sealedAt,
    child_run_id: run.id,
    child_record_hash: recordHash(run),
    delegation_id: parentHandoff.delegation_id ?? '',
  }
  const names = { run_id: run.id, record_hash: recordHash(run), document_hash: documentHash(run) }
  const signedEval = await signObject('eval', { ...(judgement ?? { pass: true, score: 1 }), ...names }, evaluator)
  const sealedParent = await sealRun(
    { ...parent, steps: [parentHandoff, result] },
    { signer: runtime, at: sealedAt, nonce: '1'.repeat(32) },
  )
  return { run: { ...run, eval: signedEval }, related: [sealedParent, trigger, child], journal }
}

/** Seals a record at the end of a journal that tells the same. */
const sealWithJournal = async (record: AgentRun): Promise<{ run: AgentRun; journal: Journal }> => {
  const writer = createJournalWriter({ signer: runtime })
  const { steps, approvals = [], policy_decisions = [], artifacts = [], evidence = [], ...rest } = record
  const { status, outcome, ended_at, ...start } = rest
  const lines = writer.append('run.started', record.started_at ?? sealedAt, start)
  const add = (type: string, objects: readonly object[]): void => {
    for (const object of objects) lines.push(...writer.append(type, sealedAt, object))
  }
  add('approval', approvals)
  add('policy_decision', policy_decisions)
  add('step.ended', steps)
  add('artifact', artifacts)
  add('evidence', evidence)
  add('run.updated', [{ status, outcome, ended_at }])
  lines.push(...(await writer.signHead(sealedAt)))
  const run = await sealRun(record, { signer: runtime, at: sealedAt, journalHead: writer.head })
  lines.push(...writer.seal(sealedAt, run))
  return { run, journal: readJournal(lines.map((line) => `${line}\n`).join('')) }
}

const small = (id: string, agent_id: string, steps: Step[]): AgentRun => ({
  id,
  spec_version: '1.0',
  agent_id,
  status: 'completed',
  started_at: '2026-11-20T14:00:00Z',
  ended_at: sealedAt,
  steps,
  cost: { input_tokens: null, output_tokens: null },
  provenance: { run_hash: runHash({ agent_id }) },
})

/** Every decision as an approver's own software would have signed it. */
const signed = async (
  events: readonly ApprovalEvent[],
  run_id: string,
  nonce: string,
  steps: readonly Step[],
): Promise<ApprovalEvent[]> =>
  Promise.all(
    events.map(async (event) => {
      const step = steps.find(({ id }) => id === event.step_id)
      const request = events.find((each) => each.event === 'requested' && each.approval_id === event.approval_id)
      if (event.event === 'requested' || step === undefined || request === undefined) return event
      const { tool_name, mcp_server, tool_hash, arguments_hash } = step
      const action_hash = actionHash({
        run_id,
        nonce,
        step_id: step.id,
        tool_name,
        mcp_server,
        tool_hash,
        arguments_hash,
      })
      // A person who changed the call approves another one than was asked for.
      const approved =
        event.modified_action_hash === undefined ? { action_hash } : { modified_action_hash: action_hash }
      return signObject('approval', { ...event, ...approved, request_hash: requestHash(request) }, approver)
    }),
  )
