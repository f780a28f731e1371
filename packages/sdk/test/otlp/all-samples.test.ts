import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { tool } from '../../../../scripts/test/tools.mjs'
import { adapters, attachers } from '../../src/adapters/index.ts'
import { arrangeFiles, type ConvertibleFile, convertGroups, readHead } from '../../src/conversion/index.ts'
import { toOtlp } from '../../src/exporters/otlp/index.ts'
import { throughOtlp, unsealedForm } from './round-trip.ts'

const shared = tool('shared')
const samples = join(shared ?? '', 'samples')

const open = (path: string): ConvertibleFile => {
  const bytes = readFileSync(path)
  return { head: readHead(relative(samples, path).replaceAll('\\', '/'), bytes), open: () => bytes }
}

describe.skipIf(!shared)('every converted sample', () => {
  it('survives a trip through OTLP: a trace holds all of it', async () => {
    const files = readdirSync(samples, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => open(join(entry.parentPath, entry.name)))
    let count = 0
    for await (const { runs } of convertGroups(
      arrangeFiles(files, { adapters, attachers }),
      {},
      { onAttached: () => {} },
    ))
      for (const run of runs) {
        expect(toOtlp.export(run).lost).toEqual([])
        const again = await throughOtlp(run)
        expect(again.map((found) => JSON.parse(JSON.stringify(unsealedForm(found))))).toEqual([
          JSON.parse(JSON.stringify(unsealedForm(run))),
        ])
        // Where the record came from before is kept, too.
        expect(again[0]?.source?.metadata).toEqual({ before: { source: JSON.parse(JSON.stringify(run.source)) } })
        count++
      }
    expect(count).toBeGreaterThan(20)
  })
})
