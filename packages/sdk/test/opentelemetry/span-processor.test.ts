import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSigner, validate, verify } from '@agent-run/core'
import type { AgentRun } from '@agent-run/types'
import { context, type Span, type SpanContext, trace } from '@opentelemetry/api'
import { BasicTracerProvider, type SpanProcessor } from '@opentelemetry/sdk-trace-base'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSpanProcessor, type SpanProcessorOptions } from '../../src/opentelemetry/index.ts'
import { useAsyncContext } from './async-context.ts'

const signer = createSigner(new Uint8Array(32).fill(9))
let folder: string
let now: number
useAsyncContext()
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'agent-run-otel-'))
  now = Date.UTC(2026, 0, 1)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function setUp(options: SpanProcessorOptions = {}) {
  const records: AgentRun[] = []
  const faults: string[] = []
  const processor = createSpanProcessor({
    directory: folder,
    server: false,
    clock: () => now,
    onRecord: (record) => void records.push(record),
    onFault: ({ code }) => void faults.push(code),
    ...options,
  })
  // What the SDK asks for is what there is: the type is the test.
  const taken: SpanProcessor = processor
  const provider = new BasicTracerProvider({ spanProcessors: [taken] })
  const tracer = provider.getTracer('test')
  const start = (name: string, attributes: Record<string, string | number>, parent?: Span | SpanContext): Span => {
    const above = parent === undefined ? undefined : 'spanContext' in parent ? parent.spanContext() : parent
    return tracer.startSpan(
      name,
      { attributes },
      above ? trace.setSpanContext(context.active(), above) : context.active(),
    )
  }
  return { records, faults, processor, provider, start }
}

const agent = { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.agent.name': 'release-bot' }
const chat = { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'gpt-4', 'gen_ai.usage.input_tokens': 7 }
const call = { 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'write_file' }

describe('the span processor', () => {
  it('writes a record when the outermost agent has ended, whatever else goes on above it', async () => {
    const { start, provider, records, faults } = setUp({ signer })
    const server = start('POST /ask', {})
    const root = start('invoke_agent', agent, server)
    start('chat', chat, root).end()
    start('SELECT', {}, root).end()
    const tool = start('execute_tool', call, root)
    tool.recordException(new Error('disk full'))
    tool.setStatus({ code: 2, message: 'disk full' })
    tool.end()
    root.end()
    await provider.forceFlush()
    expect(records).toHaveLength(1)
    expect(records[0]).toMatchObject({
      agent_id: 'release-bot',
      status: 'completed',
      links: { trace_id: root.spanContext().traceId, span_id: root.spanContext().spanId },
      steps: [{ type: 'model_call' }, { type: 'tool_call', status: 'failed', error: 'disk full' }],
      cost: { input_tokens: 7 },
    })
    expect(await verify(JSON.stringify(records[0]))).toMatchObject({ level: 'sealed' })
    server.end()
    await provider.forceFlush()
    expect(records).toHaveLength(1)
    expect(readdirSync(folder)).toEqual([`${records[0]?.id}.json`])
    expect(faults).toEqual([])
  })

  it('waits for spans that end after the agent', async () => {
    const { start, provider, records } = setUp()
    const root = start('invoke_agent', agent)
    const late = start('execute_tool', call, root)
    root.end()
    await provider.forceFlush()
    expect(records).toEqual([])
    late.end()
    await provider.forceFlush()
    expect(records[0]?.steps).toHaveLength(1)
  })

  it('requests without an agent are a run of their trace; an application without agents leaves nothing', async () => {
    const { start, provider, records, processor } = setUp()
    const server = start('GET /', {})
    start('SELECT', {}, server).end()
    server.end()
    const other = start('POST /', {})
    start('chat', chat, other).end()
    other.end()
    await provider.forceFlush()
    expect(records.map(({ agent_id, steps }) => [agent_id, steps.length])).toEqual([['unknown', 1]])
    expect(processor.faults.size).toBe(0)
  })

  it('an agent whose caller is in another process is a run here', async () => {
    const { start, provider, records } = setUp()
    const remote: SpanContext = {
      traceId: '5b8efff798038103d269b633813fc60c',
      spanId: 'eee19b7ec3c1b174',
      traceFlags: 1,
      isRemote: true,
    }
    start('invoke_agent', agent, remote).end()
    await provider.forceFlush()
    expect(records[0]).toMatchObject({ status: 'completed', links: { trace_id: remote.traceId } })
  })

  it('shutdown writes what goes on as interrupted, and takes nothing afterwards', async () => {
    const { start, provider, records } = setUp({ signer })
    const root = start('invoke_agent', agent)
    start('chat', chat, root).end()
    start('execute_tool', call, root)
    await provider.shutdown()
    expect(records).toHaveLength(1)
    expect(records[0]).toMatchObject({ status: 'interrupted', ended_at: null })
    expect(records[0]?.steps.map(({ status }) => status)).toEqual(['succeeded', 'unknown'])
    expect(await verify(JSON.stringify(records[0]))).toMatchObject({ level: 'sealed' })
    root.end()
    await provider.forceFlush()
    expect(records).toHaveLength(1)
  })

  it('traces that never end cost bounded memory: the oldest is given up, written as far as known, and says so', async () => {
    const { start, provider, records, faults } = setUp({ maxSpans: 3 })
    const forgotten = start('invoke_agent', agent)
    start('chat', chat, forgotten).end()
    const other = start('invoke_agent', { ...agent, 'gen_ai.agent.name': 'other' })
    start('chat', chat, other).end()
    await provider.forceFlush()
    expect(records.map(({ agent_id, status }) => [agent_id, status])).toEqual([['release-bot', 'unknown']])
    expect(records[0]?.provenance.metadata).toEqual({ recorder_faults: { 'recorder.spans_dropped': 1 } })
    expect(validate(JSON.stringify(records[0])).findings).toEqual([])
    start('chat', chat, forgotten).end()
    forgotten.end()
    other.end()
    await provider.forceFlush()
    expect(records.map(({ agent_id }) => agent_id)).toEqual(['release-bot', 'other'])
    expect(new Set(faults)).toEqual(new Set(['recorder.spans_dropped', 'recorder.too_late']))
  })

  it('a trace without a sign of life is given up after a while', async () => {
    const { start, provider, records } = setUp({ maxAge: 1000 })
    const forgotten = start('invoke_agent', agent)
    start('chat', chat, forgotten).end()
    now += 1001
    start('GET /', {}).end()
    await provider.forceFlush()
    expect(records).toMatchObject([{ agent_id: 'release-bot', status: 'unknown' }])
  })

  it.each([
    ['a share of nothing', 0, 0],
    ['a share of everything', 1, 1],
    ['what a function chooses', ({ steps }: AgentRun) => steps.length > 0, 0],
    [
      'what a broken function chooses: everything',
      (): boolean => {
        throw new Error('no')
      },
      1,
    ],
  ])('samples %s', async (_name, sample, count) => {
    const { start, provider, records } = setUp({ sample })
    start('invoke_agent', agent).end()
    await provider.forceFlush()
    expect(records).toHaveLength(count)
  })

  it('nothing it is given makes it throw', async () => {
    const { processor, faults } = setUp({
      onRecord: () => {
        throw new Error('listener')
      },
      signer: { did: signer.did, sign: () => Promise.reject(new Error('no key')) },
    })
    const broken = [
      {},
      null,
      7,
      { spanContext: () => null },
      {
        spanContext: () => {
          throw new Error('x')
        },
      },
    ]
    for (const span of broken) {
      expect(() => processor.onStart(span as never)).not.toThrow()
      expect(() => processor.onEnd(span as never)).not.toThrow()
    }
    const { start, provider } = setUp({
      directory: '/dev/null/nowhere',
      signer: { did: signer.did, sign: () => Promise.reject(new Error('no key')) },
      onFault: ({ code }) => void faults.push(code),
    })
    start('invoke_agent', agent).end()
    await expect(provider.forceFlush()).resolves.toBeUndefined()
    await expect(processor.shutdown()).resolves.toBeUndefined()
    expect(faults).toContain('recorder.event_failed')
    expect(faults).toContain('recorder.seal_failed')
    expect(faults).toContain('recorder.write_failed')
  })

  it('a misspelt option is a fault', () => {
    const { faults } = setUp({ singer: signer } as SpanProcessorOptions)
    expect(faults).toEqual(['recorder.option_refused'])
  })

  it('secrets do not reach the disk', async () => {
    const secret = `sk-ant-api03-${'a1B2'.repeat(22)}-AA`
    const { start, provider } = setUp()
    const root = start('invoke_agent', { ...agent, 'gen_ai.agent.name': secret })
    start(
      'execute_tool',
      { ...call, 'gen_ai.tool.call.arguments': JSON.stringify({ command: `curl ${secret}` }) },
      root,
    ).end()
    root.end()
    await provider.forceFlush()
    for (const name of readdirSync(folder)) expect(readFileSync(join(folder, name), 'utf8')).not.toContain('a1B2a1B2')
    expect(readdirSync(folder)).toHaveLength(1)
  })
})

describe('with a server', () => {
  let server: Server | undefined
  afterEach(() => void server?.close())

  it('records that cannot be sent wait in the outbox', async () => {
    const { start, provider, records } = setUp({ server: { url: 'http://127.0.0.1:9/', key: 'k' }, answerWithin: 500 })
    start('invoke_agent', agent).end()
    await provider.forceFlush()
    expect(records).toHaveLength(1)
    const [outbox] = readdirSync(join(folder, 'outbox'))
    expect(readdirSync(join(folder, 'outbox', outbox ?? '')).length).toBeGreaterThan(0)
  })

  it('a transport gets the sealed record', async () => {
    const sent: AgentRun[] = []
    const { start, provider } = setUp({
      signer,
      transport: async (record) => {
        sent.push(record)
        return { digest: 'sha256:00' }
      },
    })
    start('invoke_agent', agent).end()
    await provider.forceFlush()
    expect(sent[0]?.provenance.signed_by).toBe(signer.did)
  })

  it('posts to the server that is named', async () => {
    const bodies: string[] = []
    server = createServer((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => {
        bodies.push(`${request.method} ${request.url} ${Buffer.concat(chunks).length}`)
        response.writeHead(503).end()
      })
    })
    await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', () => resolve()))
    const { port } = server.address() as AddressInfo
    const { start, provider } = setUp({ server: { url: `http://127.0.0.1:${port}`, key: 'k' } })
    start('invoke_agent', agent).end()
    await provider.forceFlush()
    expect(bodies[0]).toMatch(/^POST \/api\/v1\/runs /)
  })
})
