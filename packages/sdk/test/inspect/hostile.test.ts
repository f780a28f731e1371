import { describe, expect, it } from 'vitest'
import { inspectAdapter } from '../../src/adapters/inspect/index.ts'
import { readHead } from '../../src/conversion/head.ts'
import { expectSound, isDeterministic, keepsSecretsOut, standsHostileShapes } from '../conversion/hostile.ts'
import { examples, log, sample } from './examples.ts'

const recognises = (text: string): boolean => inspectAdapter.recognises(readHead('x', new TextEncoder().encode(text)))

describe('hostile logs', () => {
  isDeterministic(inspectAdapter, examples)
  standsHostileShapes(inspectAdapter, examples, 150)
  keepsSecretsOut(
    inspectAdapter,
    examples,
    /^(?:event|type|role|timestamp|completed|id|uuid|span_id|parent_id|agent_span_id|tool_call_id|run_id|task_id|eval_id|decision|approver|action|status|stop_reason)$|^attachment:/,
  )

  it('a log without samples is an error that says what was expected', async () => {
    const conversion = await inspectAdapter.convert([{ name: 'x', content: JSON.stringify(log()) }])
    expectSound(conversion, 'no samples')
    expect(conversion.report.findings).toMatchObject([{ code: 'convert.no_turns', severity: 'error' }])
    expect(conversion.report.files[0]?.skipped).toEqual([{ reason: 'log without samples', lines: 1 }])
  })

  it('a sandbox of an odd name, and targets that are no texts', async () => {
    const odd = { ...sample, sandbox: '__proto__', target: ['a', { toString: 1 }, [['b']]] }
    const conversion = await inspectAdapter.convert([{ name: 'x', content: JSON.stringify(log(odd)) }])
    expectSound(conversion, 'odd')
    expect(conversion.runs[0]?.sandbox?.kind).not.toContain('proto')
  })

  it('a sample that stands twice gives two runs with ids of their own', async () => {
    const conversion = await inspectAdapter.convert([{ name: 'x', content: JSON.stringify(log(sample, sample)) }])
    expect(conversion.runs.map(({ id }) => id)).toEqual(['sample-uuid', 'sample-uuid~2'])
    expectSound(conversion, 'twice')
  })

  it('is recognised by its content, and nothing else is', () => {
    expect(recognises(JSON.stringify(log(sample)))).toBe(true)
    expect(recognises(JSON.stringify({ ...log(sample), note: 'x'.repeat(100_000) }))).toBe(true)
    expect(recognises('{"version":2,"eval":{"task":"x"}}')).toBe(false)
    expect(recognises('{"id":"r","eval":{"pass":true,"score":1}}')).toBe(false)
    expect(recognises('not json')).toBe(false)
  })
})
