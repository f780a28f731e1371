import { execFileSync } from 'node:child_process'
import { createReadStream, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { validate } from '@agent-run/core'
import { describe, expect, it } from 'vitest'
import { tool } from '../../../../scripts/test/tools.mjs'
import { type Conversion, convertOtelGenai, otelGenaiAdapter } from '../../src/adapters/otel-genai/index.ts'
import { readHead } from '../../src/conversion/head.ts'
import { throughOtlp, unsealedForm } from '../otlp/round-trip.ts'

const counter = fileURLToPath(new URL('../../../../conformance/crosscheck/otel_genai_count.py', import.meta.url))
const shared = tool('shared')
const python = tool('python3')
const samples = join(shared ?? '', 'samples')
const expected = JSON.parse(readFileSync(new URL('../samples/expected.json', import.meta.url), 'utf8')) as Record<
  string,
  object
>

/** Files that are converted together; the table lists them under the first. */
const groups = [
  ['otel-genai/otel_genai_client_span_tool_calls.json'],
  ['otel-genai/otel_genai_tool_execution_span.json'],
  ['openinference/openinference_client_span_tool_calls.json'],
  ['vercel-ai-sdk/ai-generateText.json', 'vercel-ai-sdk/spans-by-operation.json'],
]

const read = (names: readonly string[], highWaterMark?: number): Promise<Conversion> =>
  convertOtelGenai(
    names.map((name) => ({
      name,
      content: createReadStream(join(samples, name), highWaterMark === undefined ? {} : { highWaterMark }),
    })),
  )

describe.skipIf(!shared)('recorded spans', () => {
  it.each(groups)('%s: valid records, every span accounted for, as many as the table says', async (...names) => {
    for (const name of names)
      expect(otelGenaiAdapter.recognises(readHead(name, readFileSync(join(samples, name))))).toBe(true)
    const { runs, report } = await read(names)
    for (const run of runs) expect(validate(JSON.stringify(run), { reading: 'strict' }).findings).toEqual([])
    for (const { lines } of report.files) expect(lines.mapped + lines.skipped + lines.malformed).toBe(lines.read)
    const events = runs.flatMap(({ approvals = [] }) => approvals)
    expect({
      runs: runs.length,
      steps: report.totals.steps,
      tool_calls: report.totals.tool_calls,
      approvals: events.filter(({ event }) => event === 'approved').length,
      refusals: report.totals.denials,
    }).toEqual(expected[names[0] ?? ''])
  })

  it.skipIf(!python).each(groups)('%s: the independent counter agrees', async (...names) => {
    const counted: unknown = JSON.parse(
      execFileSync(python ?? '', [counter, ...names.map((name) => join(samples, name))], { encoding: 'utf8' }),
    )
    const { runs, report } = await read(names)
    const sum = (member: 'input_tokens' | 'output_tokens'): number =>
      runs.reduce((total, { cost }) => total + (cost[member] ?? 0), 0)
    expect({
      runs: runs.length,
      model_calls: report.totals.model_calls,
      tool_calls: report.totals.tool_calls,
      approvals: runs.flatMap(({ approvals = [] }) => approvals).length,
      refusals: report.totals.denials,
      input_tokens: sum('input_tokens'),
      output_tokens: sum('output_tokens'),
    }).toEqual(counted)
  })

  it('the same bytes give the same records, however they are cut and in whatever order', async () => {
    const names = groups.flat()
    const once = await read(names)
    const again = await read([...names].reverse(), 777)
    const texts = ({ runs }: Conversion): string[] => runs.map((run) => JSON.stringify(run)).sort()
    expect(texts(again)).toEqual(texts(once))
  })

  it('what was converted survives a trip through OTLP', async () => {
    const { runs } = await read(groups.flat())
    const again = await throughOtlp(...runs)
    const form = (list: Conversion['runs']): unknown[] =>
      list
        .map((run) => JSON.parse(JSON.stringify(unsealedForm(run))) as { id: string })
        .sort((a, b) => (a.id < b.id ? -1 : 1))
    expect(form(again)).toEqual(form(runs))
  })
})
