import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSigner, validate, verify } from '@agent-run/core'
import type { AgentRun } from '@agent-run/types'
import { BasicTracerProvider } from '@opentelemetry/sdk-trace-base'
import { generateText, stepCountIs, streamText, tool } from 'ai'
import { MockLanguageModelV3, simulateReadableStream } from 'ai/test'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { createSpanProcessor, type SpanProcessorOptions } from '../../src/opentelemetry/index.ts'
import { useAsyncContext } from './async-context.ts'

const signer = createSigner(new Uint8Array(32).fill(3))
const usage = {
  inputTokens: { total: 10, noCache: 6, cacheRead: 4, cacheWrite: undefined },
  outputTokens: { total: 5, text: 5, reasoning: undefined },
}
const stop = { unified: 'stop' as const, raw: 'stop' }
const calling = { unified: 'tool-calls' as const, raw: 'tool_use' }

/** A model that asks for one call of a tool, and then answers. */
const modelThatCalls = (toolName: string, input: object): MockLanguageModelV3 => {
  let asked = 0
  return new MockLanguageModelV3({
    provider: 'mock',
    modelId: 'mock-1',
    doGenerate: async () =>
      asked++ === 0
        ? {
            content: [{ type: 'tool-call', toolCallId: `call-${toolName}`, toolName, input: JSON.stringify(input) }],
            finishReason: calling,
            usage,
            warnings: [],
          }
        : { content: [{ type: 'text', text: 'All done.' }], finishReason: stop, usage, warnings: [] },
  })
}

let folder: string
useAsyncContext()
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'agent-run-otel-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function trace(options: SpanProcessorOptions = {}) {
  const records: AgentRun[] = []
  const processor = createSpanProcessor({
    directory: folder,
    signer,
    server: false,
    onRecord: (record) => void records.push(record),
    ...options,
  })
  const provider = new BasicTracerProvider({ spanProcessors: [processor] })
  return {
    records,
    processor,
    provider,
    telemetry: { isEnabled: true, tracer: provider.getTracer('ai'), functionId: 'weather-bot' },
  }
}

describe('the AI SDK', () => {
  it('a call with a tool becomes a sealed record, with its usage counted once', async () => {
    const { provider, records, telemetry } = trace()
    await generateText({
      model: modelThatCalls('get_weather', { city: 'Paris' }),
      prompt: 'Weather in Paris?',
      stopWhen: stepCountIs(3),
      tools: {
        get_weather: tool({
          inputSchema: z.object({ city: z.string() }),
          execute: async ({ city }) => `rain in ${city}`,
        }),
      },
      experimental_telemetry: telemetry,
    })
    await provider.forceFlush()
    expect(records).toHaveLength(1)
    const [run] = records as [AgentRun]
    expect(run).toMatchObject({
      agent_id: 'weather-bot',
      runtime: 'ai-sdk',
      status: 'completed',
      model: 'mock-1',
      input_preview: 'Weather in Paris?',
      output_preview: 'All done.',
      tools_available: ['get_weather'],
      cost: { input_tokens: 20, output_tokens: 10, cache_read_tokens: 8, basis: 'reported' },
      source: { adapter: '@agent-run/sdk/opentelemetry', times: 'recorded' },
    })
    expect(run.steps.map(({ type, status }) => [type, status])).toEqual([
      ['model_call', 'succeeded'],
      ['tool_call', 'succeeded'],
      ['model_call', 'succeeded'],
    ])
    const [asked, call] = run.steps
    expect(call).toMatchObject({ tool_name: 'get_weather', tool_call_id: 'call-get_weather', model_call_id: asked?.id })
    expect(call?.output_preview).toBe('rain in Paris')
    const [name] = readdirSync(folder)
    expect(name).toBe(`${run.id}.json`)
    const bytes = readFileSync(join(folder, name ?? ''))
    expect(JSON.parse(bytes.toString('utf8'))).toEqual(run)
    if (process.platform !== 'win32') expect(statSync(join(folder, name ?? '')).mode & 0o777).toBe(0o600)
    expect(validate(bytes).findings).toEqual([])
    expect(await verify(bytes)).toMatchObject({ level: 'sealed' })
  })

  it('a streamed answer is one request, and says when its first token came', async () => {
    const { provider, records, telemetry } = trace()
    const { text } = streamText({
      model: new MockLanguageModelV3({
        modelId: 'mock-1',
        doStream: async () => ({
          stream: simulateReadableStream({
            chunks: [
              { type: 'text-start', id: '1' },
              { type: 'text-delta', id: '1', delta: 'Hello' },
              { type: 'text-end', id: '1' },
              { type: 'finish', finishReason: stop, usage },
            ],
          }),
        }),
      }),
      prompt: 'Hi',
      experimental_telemetry: telemetry,
    })
    expect(await text).toBe('Hello')
    // The outer span ends when the last callbacks have run.
    const look = async (): Promise<void> => {
      await provider.forceFlush()
      expect(records).toHaveLength(1)
    }
    await vi.waitFor(look, { timeout: 100_000 })
    expect(records[0]).toMatchObject({ status: 'completed', output_preview: 'Hello', cost: { input_tokens: 10 } })
    expect(records[0]?.steps).toMatchObject([{ type: 'model_call', first_token_ms: expect.any(Number) }])
  })

  it('a tool that calls another agent is a delegation: two records that name each other', async () => {
    const { provider, records, telemetry } = trace()
    await generateText({
      model: modelThatCalls('ask_expert', { question: 'why?' }),
      prompt: 'Find out why.',
      stopWhen: stepCountIs(3),
      tools: {
        ask_expert: tool({
          inputSchema: z.object({ question: z.string() }),
          execute: async ({ question }) =>
            (
              await generateText({
                model: modelThatCalls('lookup', { topic: 'it' }),
                prompt: question,
                stopWhen: stepCountIs(3),
                tools: {
                  lookup: tool({ inputSchema: z.object({ topic: z.string() }), execute: async () => 'because' }),
                },
                experimental_telemetry: { ...telemetry, functionId: 'expert' },
              })
            ).text,
        }),
      },
      experimental_telemetry: telemetry,
    })
    await provider.forceFlush()
    const parent = records.find(({ agent_id }) => agent_id === 'weather-bot') as AgentRun
    const child = records.find(({ agent_id }) => agent_id === 'expert') as AgentRun
    expect(records).toHaveLength(2)
    expect(parent.steps.map(({ type }) => type)).toEqual(['model_call', 'handoff', 'handoff_result', 'model_call'])
    expect(parent.steps[1]).toMatchObject({ tool_name: 'ask_expert', agent_id: 'expert', child_run_id: child.id })
    expect(parent.steps[2]).toMatchObject({ child_record_hash: child.provenance.record_hash })
    expect(child).toMatchObject({ parent_run_id: parent.id, trigger: 'agent' })
    expect(child.steps.map(({ type }) => type)).toEqual(['model_call', 'tool_call', 'model_call'])
    for (const [run, other] of [
      [parent, child],
      [child, parent],
    ] as const) {
      const { level, checks } = await verify(JSON.stringify(run), { related: [other] })
      expect([level, checks.find(({ check }) => check === 'lineage')?.result]).toEqual(['sealed', 'pass'])
    }
  })

  it('a tool that throws is a failed step with the words of its error', async () => {
    const { provider, records, telemetry } = trace()
    await generateText({
      model: modelThatCalls('publish', {}),
      prompt: 'Publish it.',
      stopWhen: stepCountIs(3),
      tools: {
        publish: tool({
          inputSchema: z.object({}),
          execute: async (): Promise<string> => {
            throw new Error('E403 Forbidden')
          },
        }),
      },
      experimental_telemetry: telemetry,
    })
    await provider.forceFlush()
    expect(records[0]?.steps[1]).toMatchObject({
      type: 'tool_call',
      status: 'failed',
      error: 'E403 Forbidden',
      error_type: 'tool_failed',
    })
  })
})
