import { validate } from '@agent-run/core'
import { describe, expect, it } from 'vitest'
import { agentRun, folderWith } from '../binary.ts'
import { initialize, noDeletes, onlyRecord, startProxy } from './proxied.ts'

const policy = ['--policy', 'policy.json', '-q']
const open = async (
  options: readonly string[] = policy,
  setting: Parameters<typeof startProxy>[2] = {},
  capabilities = {},
) => {
  const folder = folderWith({ 'policy.json': noDeletes })
  const proxied = startProxy(folder, options, setting)
  await initialize(proxied, capabilities)
  return { folder, proxied }
}
const textOf = (answer: { result?: Record<string, unknown> }): string =>
  ((answer.result?.['content'] as { text: string }[] | undefined) ?? []).map(({ text }) => text).join('\n')

describe('a session', () => {
  it('is one run: who called, what server, what it offers, what was called and what came of it', async () => {
    const { proxied } = await open()
    expect(
      textOf(await proxied.call('read_file', { path: 'a.md', token: 'ghp_0123456789abcdefghijABCDEFGHIJ012345' })),
    ).toBe('the file')
    expect((await proxied.call('fail')).result?.['isError']).toBe(true)
    expect(await proxied.close()).toBe(0)
    const record = onlyRecord(proxied)
    expect(validate(record)).toMatchObject({ ok: true, findings: [] })
    expect(record).toMatchObject({
      agent_id: 'test-client',
      runtime: 'test-client',
      runtime_version: '3.1',
      status: 'completed',
      policies: [{ id: 'no-deletes', version: '2', digest: expect.stringMatching(/^sha256:/) }],
    })
    const { tools = [], mcp_servers: [server] = [] } = record.inventory ?? {}
    expect(tools).toHaveLength(10)
    expect(tools[0]).toMatchObject({
      name: 'read_file',
      kind: 'mcp',
      declared_effect: 'read',
      annotations: { readOnlyHint: true },
    })
    expect(server).toMatchObject({
      name: 'hostile-server',
      server_name: 'hostile',
      version: '6.6.6',
      transport: 'stdio',
      protocol_version: '2025-11-25',
      tools_hash: expect.stringMatching(/^sha256:/),
    })
    expect(record.steps).toMatchObject([
      {
        type: 'tool_call',
        tool_name: 'read_file',
        mcp_server: 'hostile-server',
        tool_hash: tools[0]?.schema_hash,
        arguments_hash: expect.stringMatching(/^sha256:/),
        initiated_by: 'test-client',
        status: 'succeeded',
        output_preview: 'the file',
        side_effects: [{ kind: 'read', basis: 'inferred' }],
        approval: { state: 'not_required', policy_id: 'no-deletes' },
      },
      { tool_name: 'fail', status: 'failed', error_type: 'tool_failed', output_preview: 'it went wrong' },
    ])
    expect(JSON.stringify(record)).not.toContain('ghp_0123456789')
    expect(record.policy_decisions?.[0]).toMatchObject({
      verdict: 'allow',
      matched: 'default',
      policy: { id: 'no-deletes' },
    })
  })

  it('keeps a denied call from the server, tells the client why, and goes on', async () => {
    const { proxied } = await open()
    const answer = await proxied.call('delete_file', { path: 'a.md' })
    expect(answer.result).toMatchObject({ isError: true })
    expect(textOf(answer)).toContain('files stay')
    expect(textOf(await proxied.call('read_file'))).toBe('the file')
    await proxied.close()
    expect(proxied.received().toString()).not.toContain('delete_file')
    const record = onlyRecord(proxied)
    expect(record.steps[0]).toMatchObject({
      tool_name: 'delete_file',
      status: 'denied',
      started_at: null,
      side_effects: [{ kind: 'delete', basis: 'declared' }],
      approval: { state: 'denied', policy_id: 'no-deletes' },
    })
    expect(record.policy_decisions?.[0]).toMatchObject({
      verdict: 'block',
      matched: 'rule',
      rule_ids: ['no-delete'],
      decider: { kind: 'rule', id: 'no-delete' },
      enforcement: 'blocked',
      reasons: ['files stay'],
    })
    expect(validate(record).findings).toEqual([])
  })

  it('passes everything else on byte for byte', async () => {
    const { proxied } = await open()
    const odd = '{ "method":"ping" ,\t"id" : "odd", "jsonrpc":"2.0","params":{"x":1.50}  }\r\n'
    proxied.raw(odd)
    await proxied.next(({ id }) => id === 'odd')
    const call =
      '{"params":{"arguments":{"n":1.0},"name":"read_file"}, "id":77,"method":"tools\\/call","jsonrpc":"2.0"}\n'
    proxied.raw(call)
    await proxied.next(({ id }) => id === 77)
    await proxied.close()
    expect(proxied.received().toString()).toContain(odd)
    expect(proxied.received().toString()).toContain(call)
  })

  it('shows a definition that was replaced: a step, a second entry, and the hash in force', async () => {
    const { proxied } = await open()
    await proxied.call('read_file')
    await proxied.call('swap')
    await proxied.call('read_file')
    await proxied.close()
    const record = onlyRecord(proxied)
    expect(validate(record).findings).toEqual([])
    const reads = record.steps.filter(({ tool_name }) => tool_name === 'read_file')
    const entries = record.inventory?.tools?.filter(({ name }) => name === 'read_file') ?? []
    expect(entries.map(({ mcp_server }) => mcp_server)).toEqual(['hostile-server', 'hostile-server#2'])
    expect(reads.map(({ tool_hash }) => tool_hash)).toEqual(entries.map(({ schema_hash }) => schema_hash))
    expect(reads[0]?.tool_hash).not.toBe(reads[1]?.tool_hash)
    expect(record.steps.find(({ type }) => type === 'config_change')).toMatchObject({
      input_preview: expect.stringContaining('read_file: redefined (description)'),
    })
    expect(proxied.stderr()).toContain('definitions of tools were replaced')
  })

  it('says where a tool declares that it only reads and its name says otherwise', async () => {
    const { proxied } = await open(policy, {}, { elicitation: {} })
    const answer = proxied.call('delete_quietly', { path: 'a.md' })
    const question = await proxied.next(({ method }) => method === 'elicitation/create')
    expect((question['params'] as { message: string }).message).toContain('somebody has to look')
    proxied.send({
      jsonrpc: '2.0',
      id: question['id'],
      result: { action: 'accept', content: { decision: 'allow once' } },
    })
    expect(textOf(await answer)).toBe('ran delete_quietly')
    await proxied.close()
    const record = onlyRecord(proxied)
    expect(record.policy_decisions).toContainEqual(
      expect.objectContaining({
        verdict: 'warn',
        decider: { kind: 'guard', id: 'agent-run:annotations' },
        reasons: [expect.stringContaining('readOnlyHint')],
      }),
    )
    expect(record.steps[0]).toMatchObject({
      side_effects: [{ kind: 'delete', basis: 'inferred' }],
      approval: { state: 'approved' },
    })
    expect(validate(record).findings).toEqual([])
    expect(proxied.received().toString()).not.toContain('elicitation/create')
  })

  it('remembers a yes for the session, and asks anew once the definition is another', async () => {
    const folder = folderWith({
      'policy.json': { policy: 'p', default: 'ask', rules: [{ id: 'swap', tools: 'swap', decision: 'allow' }] },
    })
    const proxied = startProxy(folder, [...policy, '--approver', 'ann@example.org'])
    await initialize(proxied, { elicitation: { form: {} } })
    const questions = () => proxied.messages.filter(({ method }) => method === 'elicitation/create')
    const first = proxied.call('read_file', { path: 'a' })
    const { id } = await proxied.next(({ method }) => method === 'elicitation/create')
    proxied.send({ jsonrpc: '2.0', id, result: { action: 'accept', content: { decision: 'allow for this session' } } })
    await first
    await proxied.call('read_file', { path: 'b' })
    expect(questions()).toHaveLength(1)
    await proxied.call('swap')
    const third = proxied.call('read_file', { path: 'c' })
    const again = await proxied.next((message) => message['method'] === 'elicitation/create' && message['id'] !== id)
    proxied.send({ jsonrpc: '2.0', id: again['id'], result: { action: 'decline' } })
    expect((await third).result).toMatchObject({ isError: true })
    await proxied.close()
    const record = onlyRecord(proxied)
    expect(
      record.steps.filter(({ tool_name }) => tool_name === 'read_file').map(({ approval }) => approval?.state),
    ).toEqual(['approved', 'auto_approved', 'denied'])
    expect(record.approvals?.find(({ event }) => event === 'approved')).toMatchObject({
      actor: { kind: 'human', id: 'ann@example.org' },
      grant: { scope: 'session', tool_name: 'read_file', session_id: record.session_id },
    })
    expect(validate(record).findings).toEqual([])
  })

  it.each([
    ['the client shows no forms', policy, {}, 'declares no elicitation'],
    ['the client shows only addresses', policy, { elicitation: { url: {} } }, 'declares no elicitation'],
    ['nobody is to be asked', [...policy, '--ask', 'nobody'], { elicitation: {} }, 'nobody was named'],
  ])('refuses what it cannot ask about: %s', async (_, options, capabilities, why) => {
    const { proxied } = await open(options, {}, capabilities)
    const answer = await proxied.call('delete_quietly', { path: 'a.md' })
    expect(textOf(answer)).toContain(why)
    await proxied.close()
    expect(proxied.received().toString()).not.toContain('delete_quietly')
    const record = onlyRecord(proxied)
    expect(record.steps[0]).toMatchObject({ status: 'denied', approval: { state: 'cancelled' } })
    expect(record.approvals?.map(({ event }) => event)).toEqual(['requested', 'cancelled'])
  })

  it.each([
    ['declined', { action: 'decline' }, 'denied'],
    ['dismissed', { action: 'cancel' }, 'cancelled'],
    ['answered with no', { action: 'accept', content: { decision: 'deny' } }, 'denied'],
    ['answered with nothing', { action: 'accept', content: {} }, 'cancelled'],
    ['answered with something else', { action: 'accept', content: { decision: 'ALLOW ONCE' } }, 'cancelled'],
  ])('takes a form that is %s as no', async (_, result, state) => {
    const { proxied } = await open(policy, {}, { elicitation: {} })
    const answer = proxied.call('delete_quietly')
    const { id } = await proxied.next(({ method }) => method === 'elicitation/create')
    proxied.send({ jsonrpc: '2.0', id, result })
    expect((await answer).result).toMatchObject({ isError: true })
    await proxied.close()
    expect(proxied.received().toString()).not.toContain('delete_quietly')
    expect(onlyRecord(proxied).steps[0]).toMatchObject({ status: 'denied', approval: { state } })
  })

  it('lets a request that nobody answers expire', async () => {
    const { proxied } = await open([...policy, '--ask-timeout', '100ms'], {}, { elicitation: {} })
    expect(textOf(await proxied.call('delete_quietly'))).toContain('nobody decided in time')
    await proxied.close()
    expect(onlyRecord(proxied).steps[0]?.approval?.state).toBe('expired')
  })

  it('forgets a call that its client withdraws: before it is sent, the server never hears of it', async () => {
    const { proxied } = await open(policy, {}, { elicitation: {} })
    void proxied.call('delete_quietly')
    await proxied.next(({ method }) => method === 'elicitation/create')
    proxied.send({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 'c-2', reason: 'enough' } })
    void proxied.call('wait')
    await proxied.request('ping')
    proxied.send({
      jsonrpc: '2.0',
      method: 'notifications/cancelled',
      params: { requestId: 'c-3', reason: 'Request timed out' },
    })
    await proxied.request('ping')
    await proxied.close()
    const got = proxied.received().toString()
    expect(got).not.toContain('"c-2"')
    expect(got).toContain('"requestId":"c-3"')
    const steps = onlyRecord(proxied).steps.filter(({ type }) => type === 'tool_call')
    expect(steps.map(({ tool_name, status }) => [tool_name, status])).toEqual([
      ['delete_quietly', 'denied'],
      ['wait', 'timeout'],
    ])
    expect(proxied.messages.filter(({ id }) => id === 'c-2' || id === 'c-3')).toEqual([])
  })

  it('gathers the answers to a batch with a denied call in it', async () => {
    const { proxied } = await open()
    proxied.send([
      { jsonrpc: '2.0', id: 'b1', method: 'tools/call', params: { name: 'read_file' } },
      { jsonrpc: '2.0', id: 'b2', method: 'tools/call', params: { name: 'delete_file' } },
      { jsonrpc: '2.0', id: 'b3', method: 'ping' },
      { jsonrpc: '2.0', method: 'notifications/roots/list_changed' },
    ])
    const { batch } = (await proxied.next((message) => 'batch' in message)) as {
      batch: { id: string; result: object }[]
    }
    expect(batch.map(({ id }) => id).sort()).toEqual(['b1', 'b2', 'b3'])
    expect(batch.find(({ id }) => id === 'b2')?.result).toMatchObject({ isError: true })
    await proxied.close()
    expect(proxied.received().toString()).not.toContain('delete_file')
    expect(onlyRecord(proxied).steps.find(({ tool_name }) => tool_name === 'read_file')).toMatchObject({
      metadata: { mcp: { batch_of: 4 } },
    })
  })

  it('records progress, what the server asks its client, and what is read', async () => {
    const { proxied } = await open(policy, {}, { sampling: {} })
    await proxied.call('progress', {}, { _meta: { progressToken: 'p-1', 'claudecode/toolUseId': 'toolu_01AbC' } })
    const sampled = proxied.call('sample')
    const { id } = await proxied.next(({ method }) => method === 'sampling/createMessage')
    proxied.send({
      jsonrpc: '2.0',
      id,
      result: { role: 'assistant', content: { type: 'text', text: 'hello' }, model: 'm-1', stopReason: 'endTurn' },
    })
    expect(textOf(await sampled)).toBe('sampled')
    await proxied.request('resources/read', { uri: 'file:///notes.md' })
    await proxied.close()
    const record = onlyRecord(proxied)
    expect(record.steps).toMatchObject([
      { tool_name: 'progress', tool_call_id: 'toolu_01AbC', metadata: { mcp: { progress_notifications: 3 } } },
      { type: 'model_call', model: 'm-1', stop_reason: 'endTurn', output_preview: 'hello' },
      { tool_name: 'sample', status: 'succeeded' },
      { type: 'other', side_effects: [{ kind: 'read' }], output_preview: 'a resource' },
    ])
    expect(validate(record).findings).toEqual([])
  })

  it('records a call that needs more from its client as one step', async () => {
    const { proxied } = await open()
    const params = { name: 'more', arguments: { a: 1 } }
    expect((await proxied.request('tools/call', params)).result).toMatchObject({ resultType: 'input_required' })
    const inputResponses = { who: { action: 'accept', content: { name: 'ann' } } }
    expect(textOf(await proxied.request('tools/call', { ...params, requestState: 'state-1', inputResponses }))).toBe(
      'got ann',
    )
    await proxied.close()
    const { steps } = onlyRecord(proxied)
    expect(steps).toMatchObject([
      { type: 'input_request', input_preview: 'Who?', status: 'succeeded', parent_step_id: steps[1]?.id },
      { type: 'tool_call', tool_name: 'more', status: 'succeeded', output_preview: 'got ann' },
    ])
    expect(validate(onlyRecord(proxied)).findings).toEqual([])
  })

  it('records a call that becomes a task as one step, from the call to the result', async () => {
    const { proxied } = await open()
    await proxied.request('tools/call', { name: 'read_file', task: { ttl: 1000 } })
    await proxied.request('tools/call', { name: 'wait', task: { ttl: 1000 } })
    expect(textOf(await proxied.request('tasks/result', { taskId: 't-read_file' }))).toBe('the task is done')
    await proxied.request('tasks/cancel', { taskId: 't-wait' })
    await proxied.close()
    expect(onlyRecord(proxied).steps).toMatchObject([
      {
        tool_name: 'read_file',
        status: 'succeeded',
        output_preview: 'the task is done',
        metadata: { mcp: { task_id: 't-read_file' } },
      },
      { tool_name: 'wait', status: 'cancelled' },
    ])
  })

  it('ends with the server that crashes, and says so', async () => {
    const { proxied } = await open()
    void proxied.call('crash')
    const [code] = (await new Promise<unknown[]>((resolve) =>
      proxied.child.once('close', (...all) => resolve(all)),
    )) as [number]
    expect(code).toBe(7)
    expect(onlyRecord(proxied)).toMatchObject({
      status: 'failed',
      error: expect.stringContaining('exited with 7'),
      steps: [{ tool_name: 'crash', status: 'failed' }],
    })
  })

  it('ends a server that stays when its client has gone', async () => {
    const { proxied } = await open(policy, { words: ['stubborn'] })
    await proxied.call('read_file')
    expect(await proxied.close()).toBe(0)
    expect(onlyRecord(proxied)).toMatchObject({ status: 'completed' })
  })

  it('keeps what is no message off standard output', async () => {
    const { proxied } = await open(policy, { words: ['noisy'] })
    await proxied.close()
    expect(proxied.stderr()).toContain('it is no JSON')
    expect(onlyRecord(proxied).steps).toMatchObject([{ type: 'error', error_type: 'invalid_request' }])
  })

  it('refuses every call of a tool that the server does not list, once there is a policy', async () => {
    const { proxied } = await open(policy, { words: ['listless'] })
    expect(textOf(await proxied.call('read_file'))).toContain('lists no tool of exactly this name')
    await proxied.close()
    expect(proxied.received().toString()).not.toContain('"tools/call"')
  })

  it('starts nothing with a policy that is wrong, and says what is wrong where', async () => {
    const folder = folderWith({ 'policy.json': '{\n  "policy": "p",\n  "default": "block",\n  "rule": []\n}' })
    const { code, stdout, stderr } = await agentRun(['mcp-proxy', '--policy', 'policy.json', '--', 'true'], {
      cwd: folder,
    })
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toContain(
      'policy.json:3:14  /default: found a text; expected "allow", "ask" or "deny"; did you mean "deny"?',
    )
    expect(stderr).toContain('policy.json:4:3  /rule: a policy has no such member')
    expect(stderr).toContain('did you mean "rules"?')
  })

  it('says what is missing: a command, a server that can be started', async () => {
    expect(await agentRun(['mcp-proxy'])).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('which command?'),
    })
    const missing = await agentRun(['mcp-proxy', '--', './no-such-server'], { cwd: folderWith() })
    expect(missing).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('cannot be started') })
  })
})
