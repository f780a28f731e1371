import { validate } from '@agent-run/core'
import { describe, expect, it } from 'vitest'
import { convertOtelGenai, otelGenaiAdapter } from '../../src/adapters/otel-genai/index.ts'
import { readHead } from '../../src/conversion/head.ts'
import { toOtlp } from '../../src/exporters/otlp/index.ts'
import { agent, chat, convert, convertOne, execute, hexId, messages, otlp, text } from './spans.ts'

const head = (value: unknown) => readHead('input', new TextEncoder().encode(JSON.stringify(value)))

describe('input that is wrong, or means harm', () => {
  it.each([
    ['nothing', ''],
    ['no JSON', 'hello'],
    ['a cut document', '{\n"resourceSpans": [{'],
    ['null', 'null'],
    ['a list of nothing', '[null, 1, "x", []]'],
    ['spans of nobody', JSON.stringify(otlp([{ id: 'http' }, { id: 'db' }]))],
    ['logs', '{"resourceLogs":[{"scopeLogs":[]}]}'],
    [
      'wrong types everywhere',
      '{"resourceSpans":[null,{"resource":7,"scopeSpans":[{"scope":[],"spans":[1,{"traceId":{},"spanId":[]}]}]}]}',
    ],
  ])('%s: an error that says what was expected, and no run', async (_name, content) => {
    const { runs, report } = await convert(content)
    expect(runs).toEqual([])
    expect(report.ok).toBe(false)
    expect(report.findings.find(({ code }) => code === 'convert.no_turns')?.message).toMatch(
      /expected spans with attributes/,
    )
  })

  it.each([
    [{ 'gen_ai.request.temperature': -5, 'gen_ai.request.top_p': 1.5 }],
    [{ 'gen_ai.request.temperature': 1e300, 'gen_ai.request.top_p': -1 }],
    [{ 'ai.response.msToFirstChunk': 1e300, 'gen_ai.request.temperature': 2 ** 53 }],
    [{ 'gen_ai.response.time_to_first_chunk': 1e15 }],
  ])('numbers that no record can say are left out: %j', async (attributes) => {
    const run = await convertOne([{ ...chat('a'), ...attributes }])
    expect(validate(JSON.stringify(run)).findings).toEqual([])
    expect(run.model_config?.temperature ?? run.model_config?.top_p ?? run.steps[0]?.first_token_ms).toBeUndefined()
  })

  it('an id that is a secret stands nowhere', async () => {
    const secret = `ghp_${'a1B2'.repeat(9)}`
    const conversion = await convert([
      { spanId: secret, traceId: secret, name: 'chat', attributes: { 'gen_ai.operation.name': 'chat' } },
    ])
    expect(conversion.runs).toHaveLength(1)
    expect(JSON.stringify(conversion)).not.toContain(secret)
  })

  it('a line that is cut off costs that line', async () => {
    const line = JSON.stringify(otlp([chat('a')]))
    const { runs, report } = await convert(`${line}\n${line.slice(0, 40)}`)
    expect(runs).toHaveLength(1)
    expect(report.files[0]).toMatchObject({ lines: { mapped: 1, malformed: 1 }, malformed: [{ line: 2 }] })
  })

  it('content that throws is an error; what came before is converted', async () => {
    async function* content(): AsyncGenerator<string> {
      yield `${JSON.stringify(otlp([chat('a')]))}\n`
      throw new Error('disk')
    }
    const { runs, report } = await convertOtelGenai([{ name: 'x', content: content() }])
    expect(runs).toHaveLength(1)
    expect(report.findings.map(({ code }) => code)).toEqual(['convert.unreadable'])
  })

  it('ids that repeat, are each other’s parents, or are paths', async () => {
    const twice = await convert(otlp([chat('a'), chat('a')]))
    expect(twice.runs[0]?.steps).toHaveLength(1)
    expect(twice.report.files[0]?.skipped).toEqual([{ reason: 'copies of a span', lines: 1 }])
    const circle = await convert(
      otlp([agent('a', { parent: 'b' }), agent('b', { parent: 'c' }), chat('c', { parent: 'a' })]),
    )
    expect(circle.runs.length).toBeGreaterThan(0)
    const { runs } = await convert([
      {
        traceId: '../../etc/passwd',
        spanId: '__proto__',
        name: 'chat',
        attributes: { 'gen_ai.operation.name': 'chat' },
      },
    ])
    expect(runs[0]?.id).toMatch(/^[A-Za-z0-9][A-Za-z0-9._~-]*$/)
    expect(runs[0]?.links).toBeUndefined()
  })

  it('the same call id on several spans is one call and its further attempts', async () => {
    const run = await convertOne([
      execute('a', 'run', { 'gen_ai.tool.call.id': 'c' }),
      execute('b', 'run', { 'gen_ai.tool.call.id': 'c' }),
    ])
    expect(run.steps.map(({ retry_of }) => retry_of)).toEqual([undefined, run.steps[0]?.id])
  })

  it('names of prototypes are names', async () => {
    const run = await convertOne([
      execute('a', '__proto__', { 'gen_ai.tool.call.arguments': '{"__proto__":{"polluted":true},"constructor":1}' }),
    ])
    expect(run.steps[0]?.tool_name).toBe('__proto__')
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined()
  })

  it('a chain of 20,000 spans and an attribute of 100 levels are read in time', async () => {
    const spans = Array.from({ length: 20_000 }, (_, index) => ({
      traceId: hexId('t', 32),
      spanId: index.toString(16).padStart(16, '1'),
      parentSpanId: (index - 1).toString(16).padStart(16, '1'),
      name: 'x',
      startTimeUnixNano: '1767225600000000000',
      attributes: [{ key: 'openinference.span.kind', value: { stringValue: index % 2 ? 'CHAIN' : 'AGENT' } }],
    }))
    const { runs } = await convertOtelGenai([
      { name: 'x', content: JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] }) },
    ])
    expect(runs.length).toBeGreaterThan(1)
    let deep: unknown = { stringValue: 'x' }
    for (let level = 0; level < 100; level++) deep = { arrayValue: { values: [deep] } }
    const one = await convert([
      {
        traceId: hexId('t', 32),
        spanId: hexId('a'),
        name: 'a',
        attributes: [
          { key: 'gen_ai.operation.name', value: { stringValue: 'chat' } },
          { key: 'gen_ai.input.messages', value: deep },
        ],
      },
    ])
    expect(one.runs).toHaveLength(1)
  })

  it('control characters and lone surrogates do not reach a record as they are', async () => {
    const value = {
      traceId: hexId('t', 32),
      spanId: hexId('a'),
      name: 'a',
      attributes: {
        'gen_ai.operation.name': 'chat',
        'gen_ai.request.model': 'x\ud800y',
        'gen_ai.output.messages': '[{"role":"assistant","parts":[{"type":"text","content":"\\ud800\\u001b[31m"}]}]',
      },
    }
    const { runs } = await convert([value])
    expect(runs[0]?.steps[0]?.model).toBe('x\ufffdy')
  })

  it('secrets of known shapes appear in no record and no report', async () => {
    const secret = `sk-ant-api03-${'a1B2'.repeat(22)}-AA`
    const spans = [
      agent(`boss ${secret}`, {
        at: 0,
        end: 100,
        'gen_ai.agent.name': secret,
        'gen_ai.conversation.id': secret,
        'service.version': secret,
      }),
      chat('a', {
        parent: `boss ${secret}`,
        'gen_ai.request.model': secret,
        'gen_ai.response.model': secret,
        'gen_ai.response.id': secret,
        'gen_ai.request.stop_sequences': [secret],
        'gen_ai.provider.name': secret,
        'gen_ai.input.messages': messages('user', text(secret)),
        'gen_ai.output.messages': messages('assistant', text(secret), {
          type: 'tool_call',
          id: 'c',
          name: secret,
          arguments: { key: secret },
        }),
        'gen_ai.tool.definitions': JSON.stringify([{ name: secret, description: secret }]),
        status: 2,
        message: secret,
        events: [
          {
            name: 'gen_ai.evaluation.result',
            attributes: { 'gen_ai.evaluation.name': secret, 'gen_ai.evaluation.score.label': secret },
          },
        ],
      }),
      execute('b', secret, {
        parent: `boss ${secret}`,
        'gen_ai.tool.call.arguments': JSON.stringify({ command: `curl -H 'x: ${secret}'` }),
        'gen_ai.tool.call.result': secret,
        'error.type': secret,
        'mcp.server.name': secret,
      }),
      {
        id: 'other',
        parent: `boss ${secret}`,
        'openinference.span.kind': 'RETRIEVER',
        'input.value': secret,
        'output.value': secret,
      },
    ]
    const conversion = await convert(otlp(spans, { 'service.version': secret }))
    expect(conversion.runs[0]?.steps.length).toBeGreaterThan(3)
    expect(JSON.stringify(conversion)).not.toContain('a1B2a1B2a1B2')
    // The same in a trace that says it is a record.
    const [run] = conversion.runs
    const claimed = toOtlp.export({
      ...run,
      input_preview: secret,
      metadata: { [secret]: secret },
      error: secret,
    } as never).document
    const again = await convert(claimed)
    expect(again.runs).toHaveLength(1)
    expect(JSON.stringify(again)).not.toContain('a1B2a1B2a1B2')
  })

  it('a trace that claims to be a record and is none is read like any other', async () => {
    const spans = [
      agent('boss', {
        at: 0,
        end: 50,
        'agent_run.id': 'r',
        'agent_run.steps_count': 1,
        'agent_run.status': 'wonderful',
      }),
      chat('a', {
        parent: 'boss',
        'agent_run.run_id': 'r',
        'agent_run.position': 0,
        'agent_run.step.id': 's',
        'agent_run.step.type': 'nonsense',
      }),
    ]
    const run = await convertOne(spans)
    expect(run).toMatchObject({ agent_id: 'boss', status: 'completed' })
    expect(run.steps).toMatchObject([{ type: 'model_call' }])
  })

  it('knows its own by content, and nothing else', () => {
    for (const mine of [
      otlp([]),
      [{ spanContext: { traceId: 'a', spanId: 'b' }, attributes: {} }],
      { 'gen_ai.operation.name': 'chat' },
      { 'openinference.span.kind': 'LLM' },
    ])
      expect(otelGenaiAdapter.recognises(head(mine))).toBe(true)
    for (const other of [
      null,
      7,
      [],
      {},
      { type: 'user', message: {} },
      { steps: [], agent_id: 'x' },
      { resourceLogs: [] },
      [{ traceId: 'a', id: 'b', name: 'langfuse' }],
    ])
      expect(otelGenaiAdapter.recognises(head(other))).toBe(false)
    const long = JSON.stringify(otlp(Array.from({ length: 400 }, (_, index) => chat(`s${index}`))))
    expect(long.length).toBeGreaterThan(65_536)
    expect(otelGenaiAdapter.recognises(readHead('x', new TextEncoder().encode(long)))).toBe(true)
    expect(otelGenaiAdapter.groupKeys?.(head(otlp([chat('a')])))).toEqual([hexId('trace', 32)])
  })

  it.each([0, -1, 1.5, Number.NaN])('a bound of %s is refused', async (maxLineBytes) => {
    await expect(convertOtelGenai([], { maxLineBytes })).rejects.toThrow(RangeError)
  })
})

/** A small generator of numbers, the same for the same seed (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

const hostileValues: readonly unknown[] = [
  null,
  0,
  -1,
  1.5,
  1e308,
  2 ** 60,
  '',
  'x',
  '../../etc/passwd',
  '\u001b[31m',
  '\ud800',
  true,
  [],
  [null],
  {},
  '0',
  '0000000000000000',
  '99999999999999999999',
  { stringValue: 'execute_tool' },
  { intValue: '-5' },
  { doubleValue: 'NaN' },
  { kvlistValue: null },
  '__proto__',
  { stringValue: '[{"role":"assistant","parts":[{"type":"tool_call","name":"x"}]}]' },
  { stringValue: 'invoke_agent' },
  'x'.repeat(3000),
  2,
]

type Path = (string | number)[]
const placesOf = (value: unknown, path: Path = []): Path[] =>
  typeof value !== 'object' || value === null
    ? [path]
    : [path, ...Object.entries(value).flatMap(([key, member]) => placesOf(member, [...path, key]))]

function replaceAt(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined) return by
  if (Array.isArray(value))
    return value.map((member, at) => (String(at) === String(key) ? replaceAt(member, rest, by) : member))
  return { ...(value as object), [key]: replaceAt((value as Record<string, unknown>)[key], rest, by) }
}

describe('mutated traces', () => {
  it('never throws, keeps every run valid and accounts for every span', async () => {
    const rich = otlp([
      agent('boss', { at: 0, end: 100 }),
      chat('a', {
        parent: 'boss',
        'gen_ai.output.messages': messages('assistant', {
          type: 'tool_call',
          id: 'call-b',
          name: 'run',
          arguments: {},
        }),
      }),
      execute('b', 'run', { parent: 'boss', at: 5, end: 50 }),
      agent('expert', { parent: 'b', at: 10, end: 40 }),
      chat('c', {
        parent: 'expert',
        status: 2,
        events: [{ name: 'exception', attributes: { 'exception.type': 'X' } }],
      }),
      { id: 'w', name: 'ai.generateText', at: 200, end: 300, 'ai.usage.inputTokens': 5 },
    ])
    const own = toOtlp.export((await convert(rich)).runs[0] as never).document
    const faults: string[] = []
    for (let seed = 1; seed <= (process.env.AGENT_RUN_LONG ? 10_000 : 400); seed++) {
      const random = seeded(seed)
      let value: unknown = seed % 2 ? rich : own
      for (let count = Math.floor(random() * 5); count >= 0; count--) {
        const places = placesOf(value)
        const place = places[Math.floor(random() * places.length)] ?? []
        value = replaceAt(value, place, hostileValues[Math.floor(random() * hostileValues.length)])
      }
      const { runs, report } = await convertOtelGenai([{ name: 'x', content: JSON.stringify(value) ?? '' }])
      // What a trace says of a record is taken as it is, if that is valid.
      for (const run of runs)
        for (const { severity, code, path } of validate(JSON.stringify(run)).findings)
          if (seed % 2 || severity === 'error') faults.push(`seed ${seed}: ${severity} ${code} at ${path}`)
      if (new Set(runs.map(({ id }) => id)).size !== runs.length) faults.push(`seed ${seed}: run ids repeat`)
      for (const { lines } of report.files)
        if (lines.read !== lines.mapped + lines.skipped + lines.malformed)
          faults.push(`seed ${seed}: spans do not add up`)
      if (report.ok !== runs.length > 0) faults.push(`seed ${seed}: ok is ${report.ok} with ${runs.length} runs`)
    }
    expect(faults).toEqual([])
  })
})
