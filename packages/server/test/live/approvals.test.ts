import { actionHash, createJournalWriter, protectObject, publicForm, requestHash, signObject } from '@agent-run/core'
import { describe, expect, it } from 'vitest'
import type { AppOptions } from '../../src/app/create-app.ts'
import { bodyOf, type Client, meant, signer, startClient } from './setup.ts'

const at = (second: number): string => `2026-11-20T15:00:${String(second).padStart(2, '0')}Z`
const nonce = '6f1d7a84db00d2fce00b31a7fc73224f'
const approver = signer(11)
const step = { id: 's-1', type: 'tool_call', tool_name: 'publish', started_at: at(2), status: 'pending' }
const action = actionHash({ run_id: 'run/1', nonce, step_id: 's-1', tool_name: 'publish' })
const request = {
  approval_id: 'ap 1',
  event: 'requested',
  run_id: 'run/1',
  step_id: 's-1',
  at: at(2),
  action_hash: action,
  expires_at: at(50),
}
const decision = {
  approval_id: 'ap 1',
  event: 'approved',
  run_id: 'run/1',
  step_id: 's-1',
  at: at(9),
  action_hash: action,
  request_hash: requestHash(request),
  actor: { kind: 'human', name: 'Release manager' },
}
const path = '/runs/run%2F1/approvals/ap%201'

/** A live run that waits for a decision. */
const waiting = async (
  asked: object = request,
  { more = [], recorder, ...options }: Partial<AppOptions> & { more?: object[]; recorder?: string } = {},
): Promise<{ client: Client; send: (event: object) => ReturnType<Client['send']> }> => {
  const client = await startClient({ clock: () => at(40), ...options })
  const writer = createJournalWriter()
  const lines = [
    ...writer.append('run.started', at(1), {
      id: 'run/1',
      spec_version: '1.0',
      agent_id: 'a',
      started_at: at(1),
      workspace_id: 'w',
      provenance: { nonce, ...(recorder === undefined ? {} : { signed_by: recorder }) },
    }),
    ...writer.append('step.started', at(2), step),
    ...[asked, ...more].flatMap((event) => writer.append('approval', at(2), event)),
  ]
  expect((await client.send('POST', '/runs/run%2F1/events', bodyOf(lines))).status).toBe(200)
  return { client, send: async (event) => client.send('POST', path, event) }
}

/** A whole run that waits for the same decision. */
const posted = (members: object = {}) => ({
  id: 'run/1',
  agent_id: 'a',
  status: 'running',
  started_at: at(1),
  steps: [],
  approvals: [request],
  cost: { input_tokens: null, output_tokens: null },
  provenance: { run_hash: '...', nonce },
  ...members,
})

const signed = (event: object, by = approver): Promise<object> => signObject('approval', event, by)

describe('a signed decision', () => {
  it('is taken, and read by the recorder that waits for it', async () => {
    const { client, send } = await waiting()
    const given = await signed(decision)
    const answer = await send(given)
    expect(answer.status).toBe(201)
    expect(answer.json).toEqual({
      run_id: 'run/1',
      approval_id: 'ap 1',
      state: 'approved',
      request,
      decisions: [given],
    })
    expect((await client.send('GET', '/approvals?run_id=run%2F1')).json).toEqual({ approvals: [answer.json] })
    expect((await client.send('GET', '/runs/run%2F1')).json.approvals).toEqual([request])
  })

  it('the same again is answered as the same', async () => {
    const { send } = await waiting()
    const given = await signed(decision)
    const once = await send(given)
    const again = await send(given)
    expect([again.status, again.json]).toEqual([200, once.json])
  })

  it('that contradicts a stored one is refused, also in a race', async () => {
    const { client, send } = await waiting()
    const events = [
      decision,
      { ...decision, event: 'denied' },
      { ...decision, event: 'denied', at: at(10) },
      { ...decision, at: at(11) },
    ]
    const answers = await Promise.all(events.map(async (event) => send(await signed(event))))
    const [entry] = (await client.send('GET', '/approvals')).json.approvals
    expect(new Set(entry.decisions.map(({ event }: { event: string }) => event)).size).toBe(1)
    expect(answers.filter(({ status }) => status === 201).length).toBe(1)
    for (const { status, json } of answers)
      expect([201, 409]).toContain(status === 409 && json.code !== 'approval.decided' ? 0 : status)
    const [again] = (await client.send('GET', '/approvals')).json.approvals
    expect([again.state, again.decisions]).toEqual([entry.decisions[0].event, entry.decisions])
  })

  it('of somebody else does not come after one that stands (AR-HTTP-091)', async () => {
    const { client, send } = await waiting()
    const first = await signed(decision)
    expect((await send(first)).status).toBe(201)
    const late = await send(
      await signed({ ...decision, at: at(20), actor: { kind: 'human', name: 'Else' } }, signer(12)),
    )
    expect([late.status, late.json.code]).toEqual([409, 'approval.decided'])
    expect((await client.send('GET', '/approvals')).json.approvals[0].decisions).toEqual([first])
  })

  it.each(['approved', 'denied', 'cancelled', 'expired'])('is too late where the record says %s', async (event) => {
    const recorded = { approval_id: 'ap 1', event, run_id: 'run/1', at: at(5) }
    const { client, send } = await waiting(request, { more: [recorded] })
    const answer = await send(await signed(decision))
    expect([answer.status, answer.json.code]).toEqual([409, 'approval.decided'])
    expect((await client.send('GET', '/approvals')).json.approvals[0].state).toBe(event)
  })

  it('brings nothing back that was erased (AR-HTTP-133)', async () => {
    const client = await startClient({ clock: () => at(40) })
    await client.send('POST', '/runs', posted())
    const whole = await signed(
      protectObject('approval', { ...decision, reason: 'a secret reason' }, (size) => new Uint8Array(size).fill(3)),
    )
    expect((await client.send('POST', path, whole)).status).toBe(201)
    expect((await client.send('GET', '/approvals')).text).toContain('a secret reason')
    expect((await client.send('DELETE', '/runs/run%2F1?scope=private')).status).toBe(200)
    expect((await client.send('POST', path, whole)).status).toBe(200)
    const list = await client.send('GET', '/approvals')
    expect(list.text).not.toContain('a secret reason')
    expect(list.json.approvals[0].decisions).toEqual([publicForm('approval', whole)])
  })

  it('about a run that is over is refused, and the same again is not', async () => {
    const client = await startClient({ clock: () => at(40) })
    await client.send('POST', '/runs', posted())
    const given = await signed(decision)
    expect((await client.send('POST', path, given)).status).toBe(201)
    const over = { status: 'completed', ended_at: at(30) }
    expect((await client.send('PATCH', '/runs/run%2F1', over, await meant(client, '/runs/run%2F1'))).status).toBe(200)
    expect((await client.send('POST', path, given)).status).toBe(200)
    const finished = await startClient({ clock: () => at(40) })
    await finished.send('POST', '/runs', posted(over))
    const answer = await finished.send('POST', path, given)
    expect([answer.status, answer.json.code]).toEqual([409, 'approval.decided'])
  })

  it('is taken of an action that only the step names', async () => {
    const { action_hash: _, ...asked } = request
    const { send } = await waiting(asked)
    expect((await send(await signed({ ...decision, request_hash: requestHash(asked) }))).status).toBe(201)
    const other = await waiting(asked)
    const wrong = { ...decision, request_hash: requestHash(asked), action_hash: `sha256:${'1'.repeat(64)}` }
    expect((await other.send(await signed(wrong))).json.code).toBe('approval.invalid')
  })

  it.each([
    ['another run', { run_id: 'run/2' }, '/run_id'],
    ['another approval', { approval_id: 'ap 2' }, '/approval_id'],
    ['another request', { request_hash: `sha256:${'1'.repeat(64)}` }, '/request_hash'],
    ['another action', { action_hash: `sha256:${'1'.repeat(64)}` }, '/action_hash'],
    ['another step', { step_id: 's-2' }, '/step_id'],
    ['too late', { at: at(51) }, '/at'],
    ['after its own end', { expires_at: at(8) }, '/at'],
    ['no decision', { event: 'requested' }, '/event'],
    ['older than its request', { at: at(1) }, '/at'],
    ['from the future', { at: '2026-11-20T15:06:00Z' }, '/at'],
    ['of an agent', { actor: { kind: 'agent', id: 'b' } }, '/actor/kind'],
  ])('%s is refused', async (_name, members, pointer) => {
    const { client, send } = await waiting()
    const answer = await send(await signed({ ...decision, ...members }))
    expect([answer.status, answer.json.code, answer.json.errors[0].pointer]).toEqual([422, 'approval.invalid', pointer])
    expect((await client.send('GET', '/approvals')).json.approvals[0].decisions).toEqual([])
  })

  it('that comes after the end is refused, whatever time it names', async () => {
    const { send } = await waiting(request, { clock: () => '2026-11-20T15:01:51Z' })
    expect((await send(await signed(decision))).json).toMatchObject({
      code: 'approval.invalid',
      errors: [{ pointer: '/at' }],
    })
    const inTime = await waiting(request, { clock: () => '2026-11-20T15:01:49Z' })
    expect((await inTime.send(await signed(decision))).status).toBe(201)
  })

  it('by the key that records the run is refused', async () => {
    const { send } = await waiting(request, { recorder: approver.did })
    expect((await send(await signed(decision))).json).toMatchObject({
      code: 'approval.invalid',
      errors: [{ pointer: '/signed_by' }],
    })
  })

  const asking = { ...request, required_role: 'manager' }
  const entry = { key: approver.did, identity: 'm@example.org', roles: ['approver'] }
  const toAsking = { ...decision, request_hash: requestHash(asking) }

  it.each([
    ['an approver for everything', {}],
    ['one for this agent, workspace and role', { agents: ['a'], workspaces: ['w'], approves: ['manager'] }],
  ])('is taken by a server with a trust file from %s', async (_name, members) => {
    const trust = { agent_run_trust: '1.0', keys: [{ ...entry, ...members }] } as never
    const { send } = await waiting(asking, { trust })
    expect((await send(await signed(toAsking))).status).toBe(201)
  })

  it.each([
    ['nobody that is known', { key: signer(12).did }],
    ['a key with another role', { roles: ['evaluator'] }],
    ['an approver of another agent', { agents: ['b*'] }],
    ['an approver of another workspace', { workspaces: ['v'] }],
    ['an approver of another role', { approves: ['user'] }],
    ['a key whose time is over', { valid_until: at(3) }],
    ['a key that was lost', { revoked: { at: at(39), reason: 'compromised' } }],
    ['the person who records the run', { key: signer(12).did }, approver.did],
  ])('is refused by a server with a trust file from %s', async (_name, members, own?: string) => {
    const keys: object[] = [{ ...entry, ...members }]
    if (own !== undefined) keys.push({ ...entry, key: own })
    const trust = { agent_run_trust: '1.0', keys } as never
    const { client, send } = await waiting(asking, { trust, ...(own === undefined ? {} : { recorder: own }) })
    const answer = await send(await signed(toAsking, own === undefined ? approver : signer(12)))
    expect([answer.status, answer.json.code]).toEqual([422, 'approval.signer'])
    expect((await client.send('GET', '/approvals')).json.approvals[0].decisions).toEqual([])
  })

  it('without a right signature is refused', async () => {
    const { send } = await waiting()
    const given = (await signed(decision)) as Record<string, unknown>
    const stranger = (await signed(decision, signer(12))) as Record<string, unknown>
    expect((await send(decision)).json).toMatchObject({ status: 422, code: 'approval.signature' })
    expect((await send({ ...given, signature: stranger.signature })).json.code).toBe('approval.signature')
    expect((await send({ ...given, reason: 'because' })).json.code).toBe('approval.signature')
    expect((await send({ ...given, event: 'maybe' })).json).toMatchObject({
      code: 'approval.invalid',
      errors: [{ pointer: '/event' }],
    })
    expect((await send({ ...given, actor: undefined })).json).toMatchObject({
      code: 'approval.invalid',
      errors: [{ pointer: '/actor' }],
    })
  })

  it('needs the scope for it, and a run', async () => {
    const { client } = await waiting()
    const reader = await client.as({ scopes: ['runs:read', 'runs:write'] })
    expect((await reader.send('POST', path, await signed(decision))).json.code).toBe('key.scope')
    const elsewhere = await client.as({ tenant: 'b' })
    expect((await elsewhere.send('POST', path, await signed(decision))).json.code).toBe('run.unknown')
  })

  it('that the recorder has taken into the record stands there once', async () => {
    const { client, send } = await waiting()
    const given = await signed(decision)
    await send(given)
    const last = (await client.send('GET', '/runs/run%2F1/events')).text.trim().split('\n').at(-1) as string
    const { digest } = await import('@agent-run/core')
    const line = JSON.stringify({ seq: 3, prev: digest(last), at: at(10), type: 'approval', data: given })
    expect((await client.send('POST', '/runs/run%2F1/events', `${line}\n`)).status).toBe(200)
    const [entry] = (await client.send('GET', '/approvals')).json.approvals
    expect(entry.decisions).toEqual([given])
  })
})

describe('the list of approvals', () => {
  const run = (id: string, day: number, approvals: object[], steps: object[] = []) => ({
    id,
    agent_id: 'a',
    status: 'completed',
    started_at: `2026-01-${String(day).padStart(2, '0')}T10:00:00Z`,
    ended_at: null,
    steps,
    approvals,
    cost: { input_tokens: null, output_tokens: null },
    provenance: { run_hash: '...' },
  })
  const event = (approval_id: string, name: string, second: number, members: object = {}) => ({
    approval_id,
    event: name,
    at: at(second),
    ...members,
  })

  it('is newest first, and filtered by run, state and tool', async () => {
    const client = await startClient()
    await client.send(
      'POST',
      '/runs',
      run(
        'old',
        1,
        [event('1', 'requested', 1, { step_id: 's' }), event('1', 'denied', 2, { step_id: 's' })],
        [
          {
            id: 's',
            type: 'tool_call',
            started_at: null,
            tool_name: 'Bash',
            status: 'denied',
            approval: { state: 'denied', approval_id: '1' },
          },
        ],
      ),
    )
    await client.send('POST', '/runs', run('none', 2, []))
    await client.send(
      'POST',
      '/runs',
      run('new', 3, [
        event('1', 'requested', 1),
        event('2', 'requested', 2),
        event('1', 'approved', 3),
        event('3', 'requested', 4),
      ]),
    )
    const list = async (query: string) =>
      (await client.send('GET', `/approvals${query}`)).json.approvals.map(
        ({ run_id, approval_id, state }: Record<string, string>) => `${run_id} ${approval_id} ${state}`,
      )
    expect(await list('')).toEqual(['new 3 requested', 'new 2 requested', 'new 1 approved', 'old 1 denied'])
    expect(await list('?state=requested')).toEqual(['new 3 requested', 'new 2 requested'])
    expect(await list('?state=denied')).toEqual(['old 1 denied'])
    expect(await list('?run_id=old')).toEqual(['old 1 denied'])
    expect(await list('?run_id=nobody')).toEqual([])
    expect(await list('?tool=Bash')).toEqual(['old 1 denied'])
    const pages: string[] = []
    for (let next: string | undefined = ''; next !== undefined; ) {
      const query: string = next && `&cursor=${next}`
      const { json } = await client.send('GET', `/approvals?limit=1${query}`)
      pages.push(...json.approvals.map(({ run_id, approval_id }: Record<string, string>) => `${run_id} ${approval_id}`))
      next = json.next
    }
    expect(pages).toEqual(['new 3', 'new 2', 'new 1', 'old 1'])
    expect((await client.send('GET', '/approvals?state=done')).json.code).toBe('query.invalid_value')
    expect((await client.send('GET', '/approvals?agent=x')).json.code).toBe('query.unknown_parameter')
    expect((await (await client.as({ tenant: 'b' })).send('GET', '/approvals')).json).toEqual({ approvals: [] })
  })
})
