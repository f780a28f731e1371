import { parseTrust, signObject, verify } from '@agent-run/core'
import type { ApprovalEvent } from '@agent-run/types'
import { describe, expect, it, vi } from 'vitest'
import {
  type ApprovalRequest,
  CallRefused,
  createRecorder,
  type PolicyVerdict,
  type RecorderOptions,
} from '../../src/index.ts'
import { expectSound, setUp, signer } from './setup.ts'

const start = { agent_id: 'release-bot', session_id: 's-1' }
const publish = { tool_name: 'Bash', tool_call_id: 'toolu_1', arguments: { command: 'npm publish' } }
const needsPerson = (): PolicyVerdict => ({
  verdict: 'require_approval',
  matched: 'rule',
  policy: { id: 'publish-gate', version: '3' },
  decider: { kind: 'rule', id: 'publish-needs-person' },
  reasons: ['Publishing needs a person'],
  request: { required_role: 'release_manager', risk: 'high', reason: 'cannot be undone', expires_in_ms: 60_000 },
})
const person = { kind: 'human' as const, id: 'u-17' }

const begin = (options: RecorderOptions) => {
  const { options: whole, faults } = setUp({ signer: signer(), ...options })
  return { run: createRecorder(start, whole), faults }
}

/** Signs a decision the way an approver's own software would: from what the request holds. */
const signed = async (request: ApprovalRequest, change: Partial<ApprovalEvent> = {}) => {
  const { approval_id, run_id, step_id, action_hash, at, expires_at } = request.event
  const decision = {
    ...{ approval_id, run_id, step_id, action_hash, at, request_hash: request.request_hash },
    ...(expires_at === undefined ? {} : { expires_at }),
    event: 'approved',
    actor: person,
    ...change,
  }
  const event = (await signObject('approval', decision, signer(42))) as unknown as ApprovalEvent
  return { event }
}

/** A trust file with the recorder's key and that of an approver. */
const trusted = () => {
  const entry = (seed: number, identity: string, roles: string[]) => ({ key: signer(seed).did, identity, roles })
  const parsed = parseTrust({
    agent_run_trust: '1.0',
    keys: [entry(7, 'runtime', ['runtime']), entry(42, 'release manager', ['approver'])],
  })
  if (!('trust' in parsed) || parsed.trust === undefined) throw new Error('the trust file is wrong')
  return parsed.trust
}

describe('a call that needs a person', () => {
  it('runs once approved, with request, decision and policy in the record', async () => {
    const ask = vi.fn(async () => ({ decision: 'approved' as const, actor: person, reason: 'ok for beta' }))
    const { run, faults } = begin({ policy: needsPerson, ask })
    expect(await run.toolCall(publish, ({ command }) => `ran ${command}`)).toBe('ran npm publish')
    const record = await run.end()
    const [request, decision] = record.approvals ?? []
    expect(record.steps[0]).toMatchObject({
      status: 'succeeded',
      approval: { state: 'approved', approval_id: request?.approval_id, decision_id: record.policy_decisions?.[0]?.id },
    })
    expect(record.policy_decisions).toMatchObject([{ verdict: 'require_approval', enforcement: 'asked' }])
    expect(request).toMatchObject({ event: 'requested', required_role: 'release_manager', risk: 'high' })
    expect(decision).toMatchObject({ event: 'approved', action_hash: request?.action_hash, reason: 'ok for beta' })
    expect(faults).toEqual([])
    expectSound(run, record)
    expect(ask).toHaveBeenCalledTimes(1)
  })

  it('does not run if denied, and the record says what it would have done', async () => {
    const { run } = begin({ policy: needsPerson, ask: () => ({ decision: 'denied', actor: person, stops_run: true }) })
    const execute = vi.fn()
    const refused = await run.toolCall(publish, execute).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(CallRefused)
    expect(refused).toMatchObject({ reason: 'denied', stops_run: true, code: 'recorder.call_refused' })
    expect(execute).not.toHaveBeenCalled()
    const record = await run.end({ status: 'cancelled' })
    expect(record.steps).toMatchObject([
      { status: 'denied', started_at: null, approval: { state: 'denied' }, error_type: 'permission_denied' },
    ])
    expect(new Set(record.steps[0]?.side_effects?.map(({ basis }) => basis))).toEqual(new Set(['declared']))
    expectSound(run, record)
  })

  it('tells the agent who refused, and why, as it is recorded', async () => {
    const token = `ghp_${'a'.repeat(36)}`
    const alice = { kind: 'human' as const, id: 'alice@example.org' }
    const plain = begin({ ask: () => ({ decision: 'denied', actor: alice, reason: `not on a Friday, ${token}` }) })
    const refused = await plain.run.toolCall(publish, () => undefined).catch((error: unknown) => error)
    expect(refused).toMatchObject({ reason: 'denied', by: alice })
    const { explanation = '', message } = refused as CallRefused
    expect(explanation).toMatch(/^not on a Friday, /)
    expect(explanation).not.toContain(token)
    expect(message).toBe(`the call was denied by alice@example.org: ${explanation}`)
    expect(JSON.parse(JSON.stringify(refused))).toEqual({
      ...{ name: 'CallRefused', message, code: 'recorder.call_refused', reason: 'denied', stops_run: false },
      ...{ step_id: (refused as CallRefused).step_id, explanation, by: alice },
    })
    const record = await plain.run.end()
    expect([record.approvals?.[1]?.reason, record.approvals?.[1]?.actor]).toEqual([explanation, alice])

    const sign = (request: ApprovalRequest) =>
      signed(request, { event: 'denied', actor: alice, reason: 'ask me first' })
    await expect(begin({ ask: sign }).run.toolCall(publish, () => undefined)).rejects.toThrow(
      'the call was denied by alice@example.org: ask me first',
    )
    const policy = (): PolicyVerdict => ({ verdict: 'block', reasons: ['frozen', 'no ticket'] })
    await expect(begin({ policy }).run.toolCall(publish, () => undefined)).rejects.toMatchObject({
      message: 'the policy blocked the call: frozen; no ticket',
      explanation: 'frozen; no ticket',
      reason: 'blocked',
    })
  })

  it('cuts what a refusal says, between code points', () => {
    const error = new CallRefused('no', 'denied', 's-1', false, { explanation: '💡'.repeat(3000) })
    expect([...(error.explanation ?? '')].length).toBe(2000)
    expect(error.explanation).toMatch(/^💡{1999}…$/u)
    expect(JSON.stringify(new CallRefused('no', 'denied', 's-1', false))).not.toContain('explanation')
  })

  it('is waited for as long as approvalExpiresIn says, and for ever unless it does', async () => {
    const ask = () => ({ decision: 'approved' as const, actor: person })
    for (const [approvalExpiresIn, end] of [
      [undefined, 'undefined'],
      [60_000, 'string'],
    ] as const) {
      const { run } = begin({ ask, ...(approvalExpiresIn === undefined ? {} : { approvalExpiresIn }) })
      await run.toolCall(publish, () => 'ran')
      expect(typeof (await run.end()).approvals?.[0]?.expires_at).toBe(end)
    }
  })

  const refusals: [string, RecorderOptions, string, string][] = [
    ['nobody can be asked', {}, 'cancelled', 'cancelled'],
    ['asking fails', { ask: () => Promise.reject(new Error('chat is down')) }, 'cancelled', 'cancelled'],
    ['the answer is no answer', { ask: (() => 'yes') as never }, 'cancelled', 'cancelled'],
    ['the answer comes too late', { ask: () => new Promise(() => undefined) }, 'expired', 'expired'],
  ]
  it.each(refusals)('does not run if %s', async (_, options, reason, state) => {
    const policy = (): PolicyVerdict => ({ ...needsPerson(), request: { expires_in_ms: 60 } })
    const { run } = begin({ policy, ...options })
    const execute = vi.fn()
    await expect(run.toolCall(publish, execute)).rejects.toMatchObject({ reason })
    expect(execute).not.toHaveBeenCalled()
    const record = await run.end()
    expect(record.steps[0]).toMatchObject({ status: 'denied', approval: { state } })
    expectSound(run, record)
  })

  it('runs what was shown, whatever becomes of the object of its caller', async () => {
    const args = { command: 'npm publish --tag beta' }
    const ask = () => {
      args.command = 'npm publish --tag latest'
      return { decision: 'approved' as const, actor: person }
    }
    const { run } = begin({ policy: needsPerson, ask })
    const ran = await run.toolCall({ ...publish, arguments: args }, (given) => given)
    expect(ran).toEqual({ command: 'npm publish --tag beta' })
    expect(Object.isFrozen(ran)).toBe(true)
    const record = await run.end()
    expect(record.steps[0]).toMatchObject({
      status: 'succeeded',
      input_preview: '{"command":"npm publish --tag beta"}',
    })
    expectSound(run, record)
    expect(verify(record).checks.filter(({ result }) => result === 'fail')).toEqual([])
  })

  it('does not run if the approval was taken back before it was given', async () => {
    const { run } = begin({
      policy: needsPerson,
      ask: ({ event }) => {
        run.revoke(event.approval_id)
        return { decision: 'approved', actor: person }
      },
    })
    const execute = vi.fn()
    await expect(run.toolCall(publish, execute)).rejects.toMatchObject({ reason: 'cancelled' })
    expect(execute).not.toHaveBeenCalled()
    const record = await run.end()
    expect(record.policy_decisions?.at(-1)).toMatchObject({
      id: record.steps[0]?.approval?.decision_id,
      decider: { kind: 'guard' },
      verdict: 'block',
      enforcement: 'blocked',
    })
    expectSound(run, record)
  })

  it('does not run if its run ends before anybody answers', async () => {
    let decide = (_: { decision: 'approved' }): void => undefined
    const { run } = begin({ ask: () => new Promise((resolve) => (decide = resolve)) })
    const execute = vi.fn()
    const call = run.toolCall(publish, execute).catch((error: unknown) => error)
    const record = await run.end()
    decide({ decision: 'approved' })
    expect(await call).toMatchObject({ reason: 'cancelled' })
    expect(execute).not.toHaveBeenCalled()
    expect(record.steps[0]?.status).toBe('interrupted')
    expectSound(run, record)
  })

  it('runs with the arguments as the person changed them', async () => {
    const changed = { command: 'npm publish --tag beta' }
    const { run } = begin({
      policy: needsPerson,
      ask: () => ({ decision: 'approved', actor: person, arguments: changed }),
    })
    expect(await run.toolCall(publish, ({ command }) => command)).toBe('npm publish --tag beta')
    const record = await run.end()
    const decision = record.approvals?.[1]
    expect(decision?.modified_action_hash).toMatch(/^sha256:/)
    expect(decision?.modified_action_hash).not.toBe(decision?.action_hash)
    expect(record.steps[0]?.input_preview).toBe(JSON.stringify(changed))
    expectSound(run, record)
  })

  it('is asked about without any policy if the caller wants it', async () => {
    const { run } = begin({ ask: () => ({ decision: 'approved', actor: person }) })
    await run.toolCall({ ...publish, approval: { risk: 'high' } }, () => 1)
    const record = await run.end()
    expect(record.steps[0]?.approval?.state).toBe('approved')
    expectSound(run, record)
  })
})

it('does not ask about arguments that nobody could describe', async () => {
  const cycle: { self?: unknown } = {}
  cycle.self = cycle
  const { run } = begin({ policy: () => ({ verdict: 'allow' }) })
  const execute = vi.fn()
  await expect(run.toolCall({ ...publish, arguments: cycle }, execute)).rejects.toMatchObject({ reason: 'cancelled' })
  expect(execute).not.toHaveBeenCalled()
  expectSound(run, await run.end())
})

describe('a signed decision', () => {
  const approvals = (record: Parameters<typeof verify>[0]) =>
    verify(record, { trust: trusted() }).checks.find(({ check }) => check === 'approvals')

  it('counts as a person for a verifier who trusts the key', async () => {
    const { run, faults } = begin({ policy: needsPerson, ask: (request) => signed(request) })
    await run.toolCall(publish, () => 1)
    const record = await run.end()
    expect(faults).toEqual([])
    expectSound(run, record)
    expect(approvals(record)).toMatchObject({ result: 'pass' })
  })

  it('may change the arguments', async () => {
    const changed = { command: 'npm publish --tag beta' }
    const ask = async (request: ApprovalRequest) => ({
      ...(await signed(request, { modified_action_hash: request.actionHash(changed) })),
      arguments: changed,
    })
    const { run } = begin({ policy: needsPerson, ask })
    expect(await run.toolCall(publish, ({ command }) => command)).toBe(changed.command)
    const record = await run.end()
    expectSound(run, record)
    expect(approvals(record)).toMatchObject({ result: 'pass' })
  })

  const other = `sha256:${'0'.repeat(64)}`
  const misfits: [string, Partial<ApprovalEvent>][] = [
    ['another run', { run_id: 'another' }],
    ['another step', { step_id: 's-99' }],
    ['another approval', { approval_id: 'ap-99' }],
    ['another action', { action_hash: other }],
    ['another request', { request_hash: other }],
    ['an earlier time', { at: '2020-01-01T00:00:00Z' }],
    ['a time after its expiry', { at: '2026-11-21T00:00:00Z' }],
    ['changed arguments that are not given', { modified_action_hash: other }],
    ['no decision', { event: 'requested' }],
  ]
  it.each(misfits)('about %s does not count', async (_, change) => {
    const { run, faults } = begin({ policy: needsPerson, ask: (request) => signed(request, change) })
    const execute = vi.fn()
    await expect(run.toolCall(publish, execute)).rejects.toMatchObject({ reason: 'cancelled' })
    expect(execute).not.toHaveBeenCalled()
    expect(faults.map(({ code }) => code)).toEqual(['recorder.answer_refused'])
    const record = await run.end()
    expect(record.approvals?.map(({ event }) => event)).toEqual(['requested', 'cancelled'])
    expectSound(run, record)
  })

  it('with a forged signature does not count', async () => {
    const ask = async (request: ApprovalRequest) => {
      const { event } = await signed(request)
      return { event: { ...event, reason: 'added later' } }
    }
    const { run } = begin({ policy: needsPerson, ask })
    await expect(run.toolCall(publish, () => 1)).rejects.toMatchObject({ reason: 'cancelled' })
    expectSound(run, await run.end())
  })
})

describe('a grant', () => {
  const granting = { decision: 'approved' as const, actor: person, grant: { scope: 'session' as const } }

  it('lets later calls of the same tool run without asking, as auto_approved', async () => {
    const ask = vi.fn(() => granting)
    const { run } = begin({ policy: needsPerson, ask })
    await run.toolCall(publish, () => 1)
    await run.toolCall({ ...publish, tool_call_id: 'toolu_2', arguments: { command: 'npm dist-tag ls' } }, () => 2)
    const record = await run.end()
    expect(ask).toHaveBeenCalledTimes(1)
    expect(record.steps.map(({ approval }) => approval?.state)).toEqual(['approved', 'auto_approved'])
    expect(record.steps[1]?.approval?.approval_id).toBe(record.approvals?.[0]?.approval_id)
    expect(record.approvals?.[1]?.grant).toEqual({ scope: 'session', session_id: 's-1', tool_name: 'Bash' })
    expectSound(run, record)
  })

  it('covers no other tool, and nothing once it is taken back or has expired', async () => {
    let now = Date.UTC(2026, 10, 20)
    const ask = vi.fn(() => ({ ...granting, grant: { scope: 'session' as const, expires_at: '2026-11-20T01:00:00Z' } }))
    const { run } = begin({ policy: needsPerson, ask, clock: () => (now += 7) })
    const call = (n: number, tool_name = 'Bash') =>
      run.toolCall({ tool_name, tool_call_id: `toolu_${n}`, arguments: { command: 'ls' } }, () => n)
    await call(1)
    await call(2, 'Shell')
    expect(ask).toHaveBeenCalledTimes(2)
    now = Date.UTC(2026, 10, 20, 2)
    await call(3)
    expect(ask).toHaveBeenCalledTimes(3)
    const record = await run.end()
    expectSound(run, record)
  })

  it('is taken back by name', async () => {
    const ask = vi.fn(() => granting)
    const { run } = begin({ policy: needsPerson, ask })
    await run.toolCall(publish, () => 1)
    run.revoke(run.id, { actor: person })
    await run.toolCall({ ...publish, tool_call_id: 'toolu_2' }, () => 2)
    expect(ask).toHaveBeenCalledTimes(1)
    const approvals: string[] = []
    const { run: other } = begin({
      policy: needsPerson,
      ask: ({ event }) => {
        approvals.push(event.approval_id)
        return granting
      },
    })
    await other.toolCall(publish, () => 1)
    other.revoke(approvals[0] ?? '')
    await other.toolCall({ ...publish, tool_call_id: 'toolu_2' }, () => 2)
    expect(approvals.length).toBe(2)
    expectSound(other, await other.end())
  })
})

describe('a policy', () => {
  it('that allows is what the call rests on', async () => {
    const { run } = begin({ policy: () => ({ verdict: 'allow', policy: { id: 'p' }, reasons: ['reading is free'] }) })
    await run.toolCall(publish, () => 1)
    const record = await run.end()
    expect(record.steps[0]?.approval).toMatchObject({ state: 'not_required', policy_id: 'p' })
    expect(record.policy_decisions).toMatchObject([{ verdict: 'allow', enforcement: 'executed' }])
    expectSound(run, record)
  })

  it('that blocks keeps the call from running', async () => {
    const { run } = begin({ policy: () => ({ verdict: 'block', decider: { kind: 'guard', id: 'no-rm' } }) })
    const execute = vi.fn()
    await expect(run.toolCall(publish, execute)).rejects.toMatchObject({ reason: 'blocked' })
    expect(execute).not.toHaveBeenCalled()
    const record = await run.end()
    expect(record.steps[0]).toMatchObject({ status: 'denied', approval: { state: 'denied' } })
    expectSound(run, record)
  })

  it('in shadow mode blocks nothing', async () => {
    const { run } = begin({ policy: () => ({ verdict: 'block', enforcement: 'none' }) })
    expect(await run.toolCall(publish, () => 1)).toBe(1)
    const record = await run.end()
    expect(record.policy_decisions).toMatchObject([{ verdict: 'block', enforcement: 'none' }])
    expectSound(run, record)
  })

  it('may change the arguments', async () => {
    const { run } = begin({ policy: () => ({ verdict: 'redact', arguments: { command: 'echo' } }) })
    expect(await run.toolCall(publish, ({ command }) => command)).toBe('echo')
    const record = await run.end()
    expect(record.steps[0]?.input_preview).toBe('{"command":"echo"}')
    expectSound(run, record)
  })

  it.each([
    ['throws', () => Promise.reject(new Error('no rules'))],
    ['says nonsense', () => ({ verdict: 'perhaps' }) as never],
    ['announces a change it does not make', () => ({ verdict: 'modify' as const })],
  ])('that %s refuses', async (_, policy) => {
    const { run } = begin({ policy })
    const execute = vi.fn()
    await expect(run.toolCall(publish, execute)).rejects.toMatchObject({ reason: 'blocked' })
    expect(execute).not.toHaveBeenCalled()
    expectSound(run, await run.end())
  })
})

it('makes records that can be accountable: every step answered for by somebody a verifier trusts', async () => {
  const tools = [{ name: 'Bash' }, { name: 'read_file', description: 'Reads a file' }]
  const { options } = setUp({ signer: signer() })
  const run = createRecorder(
    { ...start, tools },
    {
      ...options,
      policy: ({ tool_name }) => (tool_name === 'Bash' ? needsPerson() : { verdict: 'allow' }),
      ask: signed,
    },
  )
  await run.toolCall({ tool_name: 'read_file', arguments: { path: 'a' } }, () => 'content')
  await run.toolCall(publish, () => 'published')
  const record = await run.end()
  expectSound(run, record)
  const verdict = verify(record, { trust: trusted(), level: 'accountable' })
  expect(verdict.missing).toEqual([])
  expect(verdict).toMatchObject({ ok: true, level: 'accountable', by: 'runtime' })
})
