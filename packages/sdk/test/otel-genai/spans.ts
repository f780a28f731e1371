import { validate } from '@agent-run/core'
import type { AgentRun } from '@agent-run/types'
import { expect } from 'vitest'
import { type Conversion, convertOtelGenai } from '../../src/adapters/otel-genai/index.ts'
import { keyValues } from '../../src/exporters/otlp/any-value.ts'

/** A span of a test: ids are short, times are milliseconds after the trace began. */
export interface TestSpan {
  readonly id: string
  readonly parent?: string
  readonly trace?: string
  readonly name?: string
  readonly at?: number
  readonly end?: number | null
  readonly status?: number
  readonly message?: string
  readonly events?: readonly { readonly name: string; readonly attributes: object }[]
  readonly [attribute: string]: unknown
}

const begin = BigInt(Date.UTC(2026, 0, 1)) * 1_000_000n
const members = new Set(['id', 'parent', 'trace', 'name', 'at', 'end', 'status', 'message', 'events'])

/** Sixteen or thirty-two digits of a short name. */
export const hexId = (name: string, digits = 16): string =>
  [...name]
    .map((character) => character.charCodeAt(0).toString(16))
    .join('')
    .padEnd(digits, '0')
    .slice(0, digits)

const nano = (ms: number): string => (begin + BigInt(Math.round(ms * 1000)) * 1000n).toString()

/** Spans as the collector writes them. */
export function otlp(spans: readonly TestSpan[], resource: object = {}, scope = 'test'): object {
  const written = spans.map((span, index) => ({
    traceId: hexId(span.trace ?? 'trace', 32),
    spanId: hexId(span.id),
    ...(span.parent === undefined ? {} : { parentSpanId: hexId(span.parent) }),
    name: span.name ?? span.id,
    kind: 1,
    startTimeUnixNano: nano(span.at ?? index * 10),
    ...(span.end === null ? {} : { endTimeUnixNano: nano(span.end ?? (span.at ?? index * 10) + 5) }),
    attributes: keyValues(Object.entries(span).filter(([name]) => !members.has(name))),
    events: (span.events ?? []).map(({ name, attributes }) => ({
      name,
      timeUnixNano: nano(span.at ?? 0),
      attributes: keyValues(Object.entries(attributes)),
    })),
    status: { code: span.status ?? 0, ...(span.message === undefined ? {} : { message: span.message }) },
  }))
  return {
    resourceSpans: [
      {
        resource: { attributes: keyValues(Object.entries(resource)) },
        scopeSpans: [{ scope: { name: scope }, spans: written }],
      },
    ],
  }
}

/** Converts values, each a file, and looks whether every record is valid. */
export async function convert(...values: readonly unknown[]): Promise<Conversion> {
  const conversion = await convertOtelGenai(
    values.map((value, index) => ({
      name: `${index}.json`,
      content: typeof value === 'string' ? value : JSON.stringify(value),
    })),
  )
  for (const run of conversion.runs) expect(validate(JSON.stringify(run), { reading: 'strict' }).findings).toEqual([])
  for (const { lines } of conversion.report.files)
    expect(lines.mapped + lines.skipped + lines.malformed).toBe(lines.read)
  return conversion
}

/** The only run that spans become. */
export async function convertOne(spans: readonly TestSpan[], resource: object = {}, scope?: string): Promise<AgentRun> {
  const { runs } = await convert(otlp(spans, resource, scope))
  expect(runs).toHaveLength(1)
  return runs[0] as AgentRun
}

/** Types and states of the steps of a run. */
export const outline = ({ steps }: AgentRun): (string | undefined)[][] =>
  steps.map(({ type, status }) => [type, status])

/** A span of a request to a model, by today's names. */
export const chat = (id: string, more: Partial<TestSpan> = {}): TestSpan => ({
  id,
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'openai',
  'gen_ai.request.model': 'gpt-4',
  'gen_ai.response.model': 'gpt-4-0613',
  'gen_ai.response.id': `resp-${id}`,
  'gen_ai.usage.input_tokens': 100,
  'gen_ai.usage.output_tokens': 10,
  'gen_ai.response.finish_reasons': ['stop'],
  ...more,
})

/** A span of a call of an agent. */
export const agent = (id: string, more: Partial<TestSpan> = {}): TestSpan => ({
  id,
  'gen_ai.operation.name': 'invoke_agent',
  'gen_ai.agent.name': id,
  ...more,
})

/** A span of a call of a tool. */
export const execute = (id: string, name: string, more: Partial<TestSpan> = {}): TestSpan => ({
  id,
  'gen_ai.operation.name': 'execute_tool',
  'gen_ai.tool.name': name,
  'gen_ai.tool.call.id': `call-${id}`,
  ...more,
})

/** Messages as an attribute. */
export const messages = (role: string, ...parts: readonly object[]): string => JSON.stringify([{ role, parts }])
export const text = (content: string): object => ({ type: 'text', content })
