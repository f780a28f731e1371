import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'
import { adapters } from '../../src/adapters/index.ts'

/** More than a call takes as arguments with a stack of this size. */
const [many, stackSizeMb] = [20_000, 0.3]

const numbers = Array.from({ length: many }, (_, index) => index)
const lines = (values: readonly object[]): string => values.map((value) => JSON.stringify(value)).join('\n')

const inputs: Readonly<Record<string, () => string>> = {
  'otel-genai': () =>
    JSON.stringify(
      numbers.map((index) => ({
        traceId: 't',
        spanId: `s${index}`,
        ...(index > 0 ? { parentSpanId: 's0' } : {}),
        name: 'x',
        startTimeUnixNano: '1767225600000000000',
        attributes: index > 0 ? [] : [{ key: 'gen_ai.operation.name', value: { stringValue: 'invoke_agent' } }],
      })),
    ),
  atof: () =>
    lines(
      numbers.map((index) => ({
        kind: 'scope',
        scope_category: 'start',
        uuid: `u${index}`,
        parent_uuid: index > 0 ? 'u0' : null,
        name: 'n',
        category: index > 0 ? 'tool' : 'agent',
      })),
    ),
  armature: () =>
    lines(
      ['a', 'b'].map((part) => ({ run_id: 'r', trace_rows: numbers.map((index) => ({ stage_id: part + index })) })),
    ),
  'kimi-cli': () =>
    lines(numbers.map((index) => ({ type: 'turn.prompt', input: 'a', origin: { kind: 'user' }, time: index + 1e12 }))),
}

describe('inputs in which very many things lie side by side', () => {
  it.each(Object.keys(inputs))('%s', async (format) => {
    const worker = new Worker(new URL('small-stack.mjs', import.meta.url), {
      workerData: { format, content: inputs[format]?.(), many },
      resourceLimits: { stackSizeMb },
    })
    const [{ takesAll, isOk, runs }] = await once(worker, 'message')
    await worker.terminate()
    expect({ takesAll, isOk }).toEqual({ takesAll: false, isOk: true })
    expect(runs).toBeGreaterThan(0)
  })

  it('scopes that lie in each other are all steps, however deep', async () => {
    const content = lines(
      numbers.slice(0, 1500).map((index) => ({
        kind: 'scope',
        scope_category: 'start',
        uuid: `u${index}`,
        parent_uuid: index > 0 ? `u${index - 1}` : null,
        name: 'n',
        category: 'agent',
      })),
    )
    const conversion = await adapters.find(({ format }) => format === 'atof')?.convert([{ name: 'x', content }])
    expect(conversion?.runs[0]?.steps).toHaveLength(1499)
  })
})
