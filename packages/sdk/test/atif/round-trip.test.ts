import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { canonicalize } from '@agent-run/core'
import type { AgentRun, Step } from '@agent-run/types'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tool } from '../../../../scripts/test/tools.mjs'
import { atifAdapter } from '../../src/adapters/atif/index.ts'
import { adapters } from '../../src/adapters/index.ts'
import { readHead } from '../../src/conversion/head.ts'
import { toAtif } from '../../src/exporters/atif/index.ts'
import { examples, rich } from './examples.ts'
import { faultsOfTrajectory } from './trajectory-rules.ts'

const shared = tool('shared')

const importAgain = async (run: AgentRun) => {
  const { document, lost } = toAtif.export(run)
  expect(lost).toEqual([])
  const text = JSON.stringify(document)
  return { document: JSON.parse(text) as unknown, ...(await atifAdapter.convert([{ name: 'x.json', content: text }])) }
}

const expectSame = async (run: AgentRun): Promise<void> => {
  const { document, runs, report } = await importAgain(run)
  expect(faultsOfTrajectory(document)).toEqual([])
  expect(report.findings).toEqual([])
  expect(runs.map((back) => canonicalize(back))).toEqual([canonicalize(run)])
}

const id = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/)
const text = fc.string({ unit: 'grapheme', maxLength: 30 }).map((value) => value.toWellFormed())
const time = fc
  .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString())
const count = fc.integer({ min: 0, max: 100_000 })

/** Steps of every type, with members that ATIF has places for and others that it has none for. */
const step: fc.Arbitrary<Step> = fc
  .record(
    {
      type: fc.constantFrom(
        'model_call',
        'reasoning',
        'message',
        'tool_call',
        'tool_result',
        'handoff',
        'handoff_result',
        'input_request',
        'compaction',
        'config_change',
        'error',
        'other' as const,
      ),
      started_at: fc.option(time),
      status: fc.constantFrom('succeeded', 'failed', 'denied', 'skipped', 'unknown', 'interrupted' as const),
      role: fc.constantFrom('user', 'assistant', 'system', 'tool' as const),
      tool_name: id,
      agent_id: id,
      delegation_id: id,
      child_run_id: id,
      model: id,
      input_preview: fc.oneof(
        text,
        fc.json().map((value) => value.toWellFormed()),
      ),
      output_preview: text,
      error: text,
      exit_code: fc.integer({ min: 0, max: 255 }),
      cost: fc.record({ input_tokens: fc.option(count), output_tokens: fc.option(count) }),
      metadata: fc.dictionary(id, fc.oneof(text, count, fc.constant(null))),
      'acme:note': text,
    },
    { requiredKeys: ['type', 'started_at'] },
  )
  .map((value) => value as unknown as Step)

const run: fc.Arbitrary<AgentRun> = fc
  .record({
    steps: fc.array(step, { maxLength: 12 }),
    model: fc.option(id, { nil: undefined }),
    status: fc.constantFrom('completed', 'unknown', 'failed' as const),
    links: fc.boolean(),
  })
  .map(({ steps, model, status, links }) => {
    let lastModel: string | undefined
    const whole = steps.map((given, index): Step => {
      const own = {
        ...given,
        id: `s-${index}`,
        ...(given.role || given.type !== 'message' ? {} : { role: 'user' as const }),
      }
      if (own.type !== 'model_call') delete own.cost
      if (own.type === 'tool_call' || own.type === 'tool_result') own.tool_name ??= 'unnamed'
      if (own.type === 'handoff' || own.type === 'handoff_result') own.agent_id ??= 'somebody'
      if (own.type === 'error') own.error ??= 'broken'
      if (lastModel && links && index % 2 === 0) own.model_call_id = lastModel
      if (own.type === 'model_call') lastModel = own.id
      return own
    })
    return {
      id: 'run-1',
      spec_version: '1.0',
      agent_id: 'tester',
      ...(model === undefined ? {} : { model }),
      status,
      started_at: null,
      ended_at: null,
      steps: whole,
      cost: { input_tokens: null, output_tokens: null },
      provenance: { run_hash: '0'.repeat(64) },
    }
  })

describe('record → ATIF → record', () => {
  it('gives the same record, whatever stands in it', async () => {
    await fc.assert(fc.asyncProperty(run, expectSame), { numRuns: process.env.AGENT_RUN_LONG ? 5000 : 100, seed: 6 })
  })

  it('gives the same record for what was converted from ATIF', async () => {
    for (const { name, text: content } of examples())
      for (const converted of (await atifAdapter.convert([{ name, content }])).runs) await expectSame(converted)
  })

  it.skipIf(!shared)('gives the same record for everything that the samples become', async () => {
    const folder = join(shared ?? '', 'samples')
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
    let count = 0
    for (const path of files.sort()) {
      const bytes = readFileSync(path)
      const adapter = adapters.find((one) => one.recognises(readHead(path, bytes)))
      if (!adapter || !existsSync(path)) continue
      for (const converted of (await adapter.convert([{ name: path, content: bytes }])).runs) {
        await expectSame(converted)
        count++
      }
    }
    expect(count).toBeGreaterThan(50)
  })
})

describe('ATIF → record → ATIF', () => {
  it('keeps every member of a step that a record can hold, and adds nothing', async () => {
    const [converted] = (await atifAdapter.convert([{ name: 'rich.json', content: JSON.stringify(rich) }])).runs
    const { document } = await importAgain(converted!)
    const steps = (document as { steps: { step_id: number }[] }).steps
    // A message of the environment and what came back from a sub-agent have no step of their own in ATIF.
    const again = steps.map(({ step_id: _, ...step }) => step)
    const expected = rich.steps.map(({ step_id: _, ...step }) => ({
      ...step,
      timestamp: step.timestamp.replace('Z', '.000Z'),
    }))
    expect(again.map(withoutOwn)).toEqual(expected.map(asKept))
  })

  it.skipIf(!shared)('of NVIDIA’s examples nothing is changed but the spelling of times', async () => {
    const folder = join(shared ?? '', 'samples', 'atif')
    for (const name of readdirSync(folder).filter((one) => one.endsWith('.json'))) {
      const content = readFileSync(join(folder, name), 'utf8')
      const source = JSON.parse(content) as { steps: Record<string, unknown>[] }
      const [converted] = (await atifAdapter.convert([{ name, content }])).runs
      const { document } = await importAgain(converted!)
      const { steps, agent } = document as { steps: Record<string, unknown>[]; agent: unknown }
      expect(agent).toEqual((source as unknown as { agent: unknown }).agent)
      const normal = ({ timestamp, llm_call_count: _, ...step }: Record<string, unknown>) => ({
        ...step,
        at: Date.parse(String(timestamp)),
      })
      expect(steps.map(normal)).toEqual(source.steps.map(normal))
    }
  })
})

/** What the exporter carries for the record. */
const withoutOwn = (step: object): object => {
  const { extra, ...rest } = step as { extra?: Record<string, unknown> }
  const { agent_run: _, ...foreign } = extra ?? {}
  return Object.keys(foreign).length > 0 ? { ...rest, extra: foreign } : rest
}

/** What a record does not hold: which session a sub-agent belongs to is said by its own record. */
const asKept = (step: object): object => {
  const json = structuredClone(step) as {
    source: string
    llm_call_count?: number
    observation?: { results: { subagent_trajectory_ref?: object[] }[] }
  }
  for (const result of json.observation?.results ?? [])
    if (result.subagent_trajectory_ref)
      result.subagent_trajectory_ref = [{ trajectory_id: 'expert-1', trajectory_path: 'agent-run:expert-1' }]
  return json
}
