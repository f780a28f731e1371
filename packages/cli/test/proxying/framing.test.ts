import { validate } from '@agent-run/core'
import { createSession } from '@agent-run/sdk/mcp'
import { readPolicy } from '@agent-run/sdk/policy'
import { describe, expect, it } from 'vitest'
import { folderWith } from '../binary.ts'
import { callsFoundIn, framing, random } from './framings.ts'
import { initialize, noDeletes, onlyRecord, startProxy } from './proxied.ts'

const line = (message: object): Buffer => Buffer.from(`${JSON.stringify(message)}\n`)
const denied = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'delete_file' } }

describe('the reader of these tests', () => {
  it.each([
    ['plain', line(denied)],
    ['in a batch', line([{ jsonrpc: '2.0', method: 'ping' }, denied])],
    ['behind another message', Buffer.from(`{"method":"ping"}${JSON.stringify(denied)}`)],
    ['between carriage returns', Buffer.from(`{"method":"ping","params":\r${JSON.stringify(denied)}\r}`)],
    ['with two methods', Buffer.from('{"method":"tools/call","params":{"name":"delete_file"},"method":"ping"}')],
    ['in capitals', Buffer.from('{"Method":"Tools/Call","PARAMS":{"NAME":"Delete_File "}}')],
    ['with escapes', Buffer.from('{"meth\\u006fd":"tools\\/call","params":{"name":"d\\u0065lete_file"}}')],
    ['in UTF-16', Buffer.from(JSON.stringify(denied), 'utf16le')],
  ])('finds a denied call %s', (_, bytes) => expect(callsFoundIn(bytes)).not.toEqual([]))

  it('finds none where there is none', () => {
    expect(
      callsFoundIn(line({ ...denied, params: { name: 'read_file', arguments: { path: 'delete_file' } } })),
    ).toEqual([])
    expect(callsFoundIn(line({ jsonrpc: '2.0', method: 'ping', params: denied }))).toEqual([])
  })
})

/** A session in this process, with a server that lists its tools and keeps what it gets. */
const inProcess = (policy: object) => {
  const reading = readPolicy(Buffer.from(JSON.stringify(policy)))
  if (!reading.ok) throw new Error('expected a policy')
  const got: Buffer[] = []
  const answers: unknown[] = []
  const tools = ['read_file', 'delete_file'].map((name) => ({ name, inputSchema: { type: 'object' } }))
  const session = createSession(
    {
      server: 'echo',
      transport: 'stdio',
      run: { session_id: 's' },
      recorder: { directory: false, server: false },
      policy: reading.policy,
      asksClient: false,
      place: {},
      token: 'agent-run-test',
      warn: () => undefined,
    },
    {
      toClient: (payload) => void answers.push(JSON.parse(Buffer.from(payload as string).toString())),
      toServer(payload) {
        const bytes = Buffer.from(payload as string)
        got.push(bytes, Buffer.from('\n'))
        const read = (): { id?: unknown; method?: string } => {
          try {
            return JSON.parse(bytes.toString())
          } catch {
            return {}
          }
        }
        const { id, method } = read()
        if (id === undefined) return
        const result = method === 'tools/list' ? { tools } : { content: [] }
        queueMicrotask(() => session.fromServer(Buffer.from(JSON.stringify({ jsonrpc: '2.0', id, result }))))
      },
    },
  )
  return { session, got, answers }
}

describe('a denied call never reaches the server', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('in any of 500 framings (seed %i)', async (seed) => {
    const next = random(seed)
    const { session, got, answers } = inProcess(noDeletes)
    const sent: Buffer[] = []
    for (let n = 0; n < 500; n++) {
      const bytes = framing(next)
      sent.push(bytes)
      for (const each of bytes.toString('latin1').split('\n').slice(0, -1))
        await session.fromClient(Buffer.from(each, 'latin1'))
    }
    await session.fromClient(
      Buffer.from('{"jsonrpc":"2.0","id":"last","method":"tools/call","params":{"name":"read_file"}}'),
    )
    const ended = await session.end({ status: 'completed' })
    expect(callsFoundIn(Buffer.concat(sent)).length).toBeGreaterThan(10)
    expect(callsFoundIn(Buffer.concat(got))).toEqual([])
    expect(Buffer.concat(got).toString()).toContain('"last"')
    expect(answers.length).toBeGreaterThan(200)
    expect(ended?.record.steps.filter(({ status }) => status === 'denied').length).toBeGreaterThan(150)
    const { findings } = validate(ended?.record as object)
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([])
  })

  it('through the real program, with what the server got byte for byte', async () => {
    const proxied = startProxy(folderWith({ 'policy.json': noDeletes }), ['-q', '--policy', 'policy.json'])
    await initialize(proxied)
    // Until the tools are listed calls wait, and another one with the id of one that waits is refused without being judged.
    await proxied.call('read_file')
    const next = random(99)
    const sent = Array.from({ length: 400 }, () => framing(next))
    for (const bytes of sent) proxied.raw(bytes)
    // One that is cut anywhere else.
    const whole = Buffer.concat(sent)
    for (let at = 0; at < Math.min(whole.length, 60_000); at += 997) proxied.raw(whole.subarray(at, at + 997))
    proxied.raw('\n')
    expect(await proxied.call('read_file')).toMatchObject({ result: { content: [{ text: 'the file' }] } })
    await proxied.close()
    expect(callsFoundIn(whole).length).toBeGreaterThan(10)
    expect(callsFoundIn(proxied.received())).toEqual([])
    const record = onlyRecord(proxied)
    expect(record.steps.filter(({ status }) => status === 'denied').length).toBeGreaterThan(150)
    expect(record.steps.filter(({ type }) => type === 'error').length).toBe(100)
  })
})
