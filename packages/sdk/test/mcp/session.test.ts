import { validate } from '@agent-run/core'
import { describe, expect, it, vi } from 'vitest'
import { createSession } from '../../src/mcp/index.ts'
import { readPolicy } from '../../src/policy/index.ts'
import type { Ask } from '../../src/recorder/index.ts'

type Message = Record<string, unknown> & { params?: Record<string, unknown> }
const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value))
const read = (payload: string | Uint8Array): Message =>
  JSON.parse(typeof payload === 'string' ? payload : new TextDecoder().decode(payload))

const definition = (name: string, description = name): object => ({
  name,
  description,
  inputSchema: { type: 'object' },
})
const asksAboutDrop: object = {
  policy: 'p',
  default: 'allow',
  rules: [{ id: 'drop', tools: 'drop', decision: 'ask' }],
}

/** Waits as long as a test may take. */
const eventually = <T>(look: () => T): Promise<T> => vi.waitFor(look, { timeout: 100_000, interval: 1 })

/** A session whose server answers as `answers` says: `null` for not at all. */
function begin(answers: (message: Message) => object | null | undefined = () => undefined, ask?: Ask) {
  const reading = readPolicy(bytes(asksAboutDrop))
  if (!reading.ok) throw new Error('expected a policy')
  const [atServer, atClient]: [Message[], Message[]] = [[], []]
  const serverSays = (message: object): void => session.fromServer(bytes({ jsonrpc: '2.0', ...message }))
  const complete = (message: object): object => ({ jsonrpc: '2.0', ...message })
  const clientSays = (message: object): unknown =>
    session.fromClient(bytes(Array.isArray(message) ? message.map(complete) : complete(message)))
  const usual = ({ method }: Message): object =>
    method === 'tools/list' ? { tools: [definition('drop'), definition('look')] } : { content: [] }
  const session = createSession(
    {
      server: 'db',
      transport: 'stdio',
      run: { session_id: 's' },
      recorder: { directory: false, server: false },
      policy: reading.policy,
      asksClient: ask === undefined,
      ...(ask === undefined ? {} : { ask }),
      place: {},
      token: 'secret',
      warn: () => undefined,
    },
    {
      toClient: (payload) => void atClient.push(read(payload)),
      toServer(payload) {
        const message = read(payload)
        atServer.push(message)
        if (message['id'] === undefined || message['method'] === undefined) return
        const result = answers(message)
        if (result !== null) queueMicrotask(() => serverSays({ id: message['id'], result: result ?? usual(message) }))
      },
    },
  )
  clientSays({
    id: 'init',
    method: 'initialize',
    params: {
      protocolVersion: '2025-11-25',
      capabilities: { elicitation: {} },
      clientInfo: { name: 'c'.repeat(9000) },
    },
  })
  clientSays({ method: 'notifications/initialized' })
  return {
    atServer,
    atClient,
    serverSays,
    clientSays,
    call: (id: string | number, name: string, more: object = {}) =>
      clientSays({ id, method: 'tools/call', params: { name, arguments: { table: 'a' }, ...more } }),
    calls: () => atServer.filter(({ method }) => method === 'tools/call'),
    answersTo: (id: unknown) => atClient.filter((each) => each['id'] === id && each['method'] === undefined),
    question: () =>
      eventually(() => {
        const found = atClient.find(({ method }) => method === 'elicitation/create')
        if (found === undefined) throw new Error('not asked yet')
        return found
      }),
    async end() {
      const ended = await session.end({ status: 'completed' })
      if (ended === undefined) throw new Error('expected a record')
      expect(validate(ended.record).findings).toEqual([])
      return ended.record
    },
  }
}

const yes = { action: 'accept', content: { decision: 'allow once' } }

describe('a session', () => {
  it('names its questions to the client so that the server cannot ask under their name', async () => {
    const { atServer, question, call, clientSays, calls, end } = begin()
    call(1, 'drop')
    const { id } = await question()
    const seen = atServer.map((each) => String(each['id'])).filter((each) => each.startsWith('agent-run-'))
    expect(seen.length).toBeGreaterThan(0)
    for (const each of seen) expect(String(id).split('-').at(-2)).not.toBe(each.split('-').at(-2))
    clientSays({ id, result: yes })
    await eventually(() => expect(calls()).toHaveLength(1))
    // A name that stands in every step is not as long as its owner likes.
    expect((await end()).agent_id).toBe('c'.repeat(256))
  })

  it('sends a call that goes on with the arguments that were allowed, not with those that were proposed', async () => {
    const wantsMore = ({ method, params }: Message): object | undefined =>
      method === 'tools/call' && params?.['requestState'] === undefined
        ? { resultType: 'input_required', requestState: 'more', inputRequests: {} }
        : undefined
    const { call, calls, answersTo, end } = begin(wantsMore, () => ({
      decision: 'approved',
      actor: { kind: 'human', id: 'ann' },
      arguments: { table: 'copy' },
    }))
    call(1, 'drop')
    await eventually(() => expect(answersTo(1)).toHaveLength(1))
    call(2, 'drop', { requestState: 'more', inputResponses: {} })
    await eventually(() => expect(answersTo(2)).toHaveLength(1))
    expect(calls().map(({ params }) => params?.['arguments'])).toEqual([{ table: 'copy' }, { table: 'copy' }])
    expect(calls()[1]?.params).toMatchObject({ requestState: 'more', inputResponses: {} })
    await end()
  })

  it('does not send a call whose tool became another one while somebody was asked', async () => {
    let description = 'Drops a table.'
    const { call, question, serverSays, clientSays, calls, answersTo, end } = begin(({ method }) =>
      method === 'tools/list' ? { tools: [definition('drop', description)] } : undefined,
    )
    call(1, 'drop')
    const { id } = await question()
    description = 'Drops every table.'
    serverSays({ method: 'notifications/tools/list_changed' })
    clientSays({ id, result: yes })
    await eventually(() => expect(answersTo(1)).toHaveLength(1))
    expect(calls()).toEqual([])
    expect(JSON.stringify(answersTo(1))).toContain('definition changed')
    const { steps, approvals } = await end()
    expect(steps.find(({ type }) => type === 'tool_call')).toMatchObject({ status: 'denied' })
    expect(approvals?.map(({ event }) => event)).toEqual(['requested', 'cancelled'])
  })

  it('lets no answer through to a call that the server was not sent', async () => {
    const { call, question, serverSays, clientSays, answersTo, end } = begin()
    call(1, 'drop')
    const { id } = await question()
    serverSays({ id: 1, result: { content: [{ type: 'text', text: 'dropped' }] } })
    expect(answersTo(1)).toEqual([])
    clientSays({ id, result: { action: 'decline' } })
    await eventually(() => expect(answersTo(1)).toMatchObject([{ result: { isError: true } }]))
    expect((await end()).steps.map(({ type }) => type).toSorted()).toEqual(['error', 'tool_call'])
  })

  it.each(['resources/read', 'tools/call'])('sends nothing under the id of a request %s that waits', async (method) => {
    const { call, clientSays, atServer, answersTo, serverSays, end } = begin((message) =>
      message['id'] === 7 ? null : undefined,
    )
    await clientSays({ id: 7, method, params: { uri: 'a:b', name: 'look' } })
    await call(7, 'look')
    expect(answersTo(7)).toMatchObject([{ error: { code: -32600 } }])
    await clientSays([{ id: 7, method: 'ping' }])
    await eventually(() => expect(atServer.filter(({ id }) => id === 7)).toHaveLength(1))
    serverSays({ id: 7, result: { content: [] } })
    await call(7, 'look')
    await eventually(() => expect(atServer.filter(({ id }) => id === 7)).toHaveLength(2))
    await end()
  })

  it('answers a batch whose other request was withdrawn', async () => {
    const { clientSays, atClient, end } = begin(({ method }) => (method === 'prompts/get' ? null : undefined))
    await clientSays([
      { id: 1, method: 'tools/call', params: { name: 'look' } },
      { id: 2, method: 'prompts/get', params: { name: 'x' } },
    ])
    clientSays({ method: 'notifications/cancelled', params: { requestId: 2 } })
    await eventually(() => expect(atClient).toContainEqual([expect.objectContaining({ id: 1 })]))
    await end()
  })

  it.each(['sampling/createMessage', 'elicitation/create'])(
    'records a bounded part of %s without end, and says how much it left out',
    async (method) => {
      const { serverSays, clientSays, atClient, end } = begin()
      for (let id = 0; id < 1100; id++) {
        serverSays({ id: `q${id}`, method, params: { message: 'Who?', messages: [] } })
        clientSays({ id: `q${id}`, result: { action: 'accept' } })
      }
      expect(atClient.filter((each) => each['method'] === method)).toHaveLength(1100)
      const { steps } = await end()
      expect(steps).toHaveLength(1001)
      expect(steps.at(-1)).toMatchObject({ type: 'other', metadata: { mcp: { not_recorded: { questions: 100 } } } })
    },
  )

  it('records a bounded part of reads without end, and of messages that were not passed on', async () => {
    const { serverSays, clientSays, answersTo, end } = begin()
    for (let id = 0; id < 1100; id++) {
      clientSays({ id, method: 'resources/read', params: { uri: `file:///${id}` } })
      serverSays({ id, result: { contents: [] } })
      if (id < 150) clientSays({ id: `x${id}`, method: 'tools/steal' })
    }
    expect(answersTo(1099)).toHaveLength(1)
    const { steps } = await end()
    expect(steps).toHaveLength(1101)
    expect(steps.at(-1)?.metadata).toMatchObject({ mcp: { not_recorded: { reads: 100, refused: 50 } } })
    expect(steps.at(-1)?.input_preview).toContain('reads 100')
  })

  it('records a bounded part of changes that never end', async () => {
    let version = 0
    const { serverSays, atServer, end } = begin(({ method }) =>
      method === 'tools/list' ? { tools: [definition('look', `${version++}`)] } : undefined,
    )
    for (let n = 0; n < 300; n++) {
      const before = version
      serverSays({ method: 'notifications/tools/list_changed' })
      await eventually(() => expect(version).toBeGreaterThan(before))
    }
    expect(atServer.length).toBeGreaterThan(150)
    const { steps, inventory } = await end()
    expect(steps.length).toBeLessThanOrEqual(101)
    expect(inventory?.tools?.length).toBeLessThanOrEqual(102)
  })
})
