import { signObject } from '@agent-run/core'
import type { ApprovalEvent, Grant } from '@agent-run/types'
import { describe, expect, it } from 'vitest'
import { type CallRefused, createRecorder, type RunStart } from '../../src/index.ts'
import { setUp, signer } from './setup.ts'

const person = { kind: 'human' as const, id: 'u-17' }
const given = (grant: Partial<Grant> = {}, event: Partial<ApprovalEvent> = {}): ApprovalEvent => ({
  approval_id: 'ap-1',
  event: 'approved',
  at: '2026-01-01T00:00:00Z',
  actor: person,
  basis: 'observed',
  grant: { scope: 'always', tool_name: 'deploy', ...grant },
  ...event,
})

/** How a call of `deploy` ends after events were recorded, where every person who is asked says no. */
const outcomeAfter = async (events: readonly unknown[], call: object = {}, start: Partial<RunStart> = {}) => {
  const { options } = setUp({ signer: signer(), ask: () => ({ decision: 'denied', actor: person }) })
  const run = createRecorder({ agent_id: 'a', session_id: 'sess-1', ...start }, options)
  for (const event of events) run.approval(event as ApprovalEvent)
  const ran = await run
    .toolCall({ tool_name: 'deploy', arguments: {}, ...call }, () => 'ran')
    .catch((error: CallRefused) => error.reason)
  const record = await run.end()
  expect(record.provenance.record_hash).toMatch(/^sha256:/)
  return { ran, record }
}

const hash = `sha256:${'a'.repeat(64)}`
const signed = (event: ApprovalEvent) =>
  signObject('approval', { step_id: 's-9', action_hash: hash, request_hash: hash, ...event } as never, signer(42))

describe('a grant', () => {
  it('covers the tool, server and session it names', async () => {
    expect((await outcomeAfter([given()])).ran).toBe('ran')
    expect((await outcomeAfter([given({ mcp_server: 'm' })], { mcp_server: 'm' })).ran).toBe('ran')
    expect((await outcomeAfter([given({ scope: 'session', session_id: 'sess-1' })])).ran).toBe('ran')
  })

  it('of another run counts if it is signed', async () => {
    const { ran, record } = await outcomeAfter([await signed(given({}, { run_id: 'another' }))])
    expect(ran).toBe('ran')
    expect(record.steps[0]?.approval).toMatchObject({ state: 'auto_approved', approval_id: 'ap-1' })
  })

  const nothing: [string, readonly unknown[], object?, Partial<RunStart>?][] = [
    ['another tool', [given({ tool_name: 'other' })]],
    ['the same name at a server, given without one', [given()], { mcp_server: 'evil' }],
    ['no server, given for one', [given({ mcp_server: 'm' })]],
    ['another definition', [given({ tool_hash: hash })], { tool_hash: `sha256:${'b'.repeat(64)}` }],
    ['a definition nobody knows', [given({ tool_hash: hash })]],
    ['another session', [given({ scope: 'session', session_id: 'sess-2' })]],
    ['a session that it does not name', [given({ scope: 'session' })]],
    ['a session where there is none', [given({ scope: 'session' })], {}, { session_id: undefined as never }],
    ['a time after its end', [given({ expires_at: '2026-01-02T00:00:00Z' })]],
    ['a time after the end of its approval', [given({}, { expires_at: '2026-01-02T00:00:00Z' })]],
    ['a time before it', [given({}, { at: '2027-01-01T00:00:00Z' })]],
    ['anything, given by an agent', [given({}, { actor: { kind: 'agent', id: 'a' } })]],
    ['anything, unsigned and of another run', [given({}, { run_id: 'another' })]],
    ['anything, denied later', [given(), given({}, { event: 'denied', at: '2026-02-01T00:00:00Z' })]],
    ['anything, denied before', [given({}, { event: 'denied' }), given({}, { at: '2026-02-01T00:00:00Z' })]],
    ['anything, with a forged signature', [given({}, { signed_by: signer(42).did, signature: `${'A'.repeat(86)}==` })]],
  ]
  it.each(nothing)('does not cover %s', async (_, events, call, start) => {
    expect((await outcomeAfter(events, call, start)).ran).toBe('denied')
  })

  it('that was signed and changed is not even recorded', async () => {
    const event = await signed(given({}, { run_id: 'another' }))
    const { ran, record } = await outcomeAfter([
      { ...event, grant: { scope: 'always', tool_name: 'deploy', rule: '*' } },
    ])
    expect(ran).toBe('denied')
    expect(record.approvals?.some(({ approval_id }) => approval_id === 'ap-1')).toBe(false)
  })
})
