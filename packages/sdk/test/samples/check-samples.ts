// What every adapter's recorded samples are tested for: recognised, valid, accounted for, as many as an independent count.

import { execFileSync } from 'node:child_process'
import { createReadStream, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { validate } from '@agent-run/core'
import { describe, expect, it } from 'vitest'
import { tool } from '../../../../scripts/test/tools.mjs'
import type { Adapter } from '../../src/conversion/adapter.ts'
import { readHead } from '../../src/conversion/head.ts'
import type { Conversion } from '../../src/conversion/report.ts'

const shared = tool('shared')
const python = tool('python3')

/** Folder of the samples. */
export const samples: string = join(shared ?? '', 'samples')

const expected = JSON.parse(readFileSync(new URL('expected.json', import.meta.url), 'utf8')) as Record<string, object>

/** Converts samples by name. */
export const readSamples = (adapter: Adapter, names: readonly string[], highWaterMark?: number): Promise<Conversion> =>
  adapter.convert(
    names.map((name) => ({
      name,
      content: createReadStream(join(samples, name), highWaterMark === undefined ? {} : { highWaterMark }),
    })),
  )

/** What the table and the counters count, read off the runs. */
export function countOf({ runs, report }: Conversion): Record<string, number> {
  const events = runs.flatMap(({ approvals = [] }) => approvals)
  const sum = (member: 'input_tokens' | 'output_tokens' | 'cache_read_tokens'): number =>
    runs.reduce((total, { cost }) => total + (cost[member] ?? 0), 0)
  return {
    runs: runs.length,
    tool_calls: report.totals.tool_calls,
    approvals: events.filter(({ event }) => event === 'approved').length,
    refusals: report.totals.denials,
    input_tokens: sum('input_tokens'),
    output_tokens: sum('output_tokens'),
    cache_read_tokens: sum('cache_read_tokens'),
  }
}

/**
 * Tests the samples of an adapter.
 * @param counter name of the independent counter in conformance/crosscheck
 * @param groups files that are converted together; the table lists them under the first
 */
export function checksSamples(adapter: Adapter, counter: string, groups: readonly (readonly string[])[]): void {
  const program = fileURLToPath(new URL(`../../../../conformance/crosscheck/${counter}`, import.meta.url))
  const named = groups.map((names): [string, readonly string[]] => [names[0] ?? '', names])

  describe.skipIf(!shared)('recorded samples', () => {
    it.each(named)('%s: valid records, every line accounted for, as many as the table says', async (first, names) => {
      for (const name of names) expect(adapter.recognises(readHead(name, readFileSync(join(samples, name))))).toBe(true)
      const conversion = await readSamples(adapter, names)
      for (const run of conversion.runs)
        expect(validate(JSON.stringify(run), { reading: 'strict' }).findings).toEqual([])
      for (const { lines } of conversion.report.files)
        expect(lines.mapped + lines.skipped + lines.malformed).toBe(lines.read)
      const { runs, tool_calls, approvals, refusals } = countOf(conversion)
      expect({ runs, steps: conversion.report.totals.steps, tool_calls, approvals, refusals }).toEqual(expected[first])
    })

    it.skipIf(!python).each(named)('%s: the independent counter agrees', async (_first, names) => {
      const counted: unknown = JSON.parse(
        execFileSync(python ?? '', ['-B', program, ...names.map((name) => join(samples, name))], { encoding: 'utf8' }),
      )
      expect(countOf(await readSamples(adapter, names))).toEqual(counted)
    })

    it('the same bytes give the same records, however they are cut and in whatever order', async () => {
      const names = groups.flat()
      const texts = ({ runs }: Conversion): string[] => runs.map((run) => JSON.stringify(run)).sort()
      expect(texts(await readSamples(adapter, [...names].reverse(), 777))).toEqual(
        texts(await readSamples(adapter, names)),
      )
    })
  })
}
