import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { validate } from '@agent-run/core'
import { describe, expect, it } from 'vitest'
import { tool } from '../../../../scripts/test/tools.mjs'
import { adapters, attachers } from '../../src/adapters/index.ts'
import { Accountant, arrangeFiles, type ConvertibleFile, convertGroups, readHead } from '../../src/conversion/index.ts'

const shared = tool('shared')
const samples = join(shared ?? '', 'samples')

interface Row {
  readonly runs: number
}

const expected = JSON.parse(readFileSync(new URL('expected.json', import.meta.url), 'utf8')) as Record<string, Row>

/** Files that become no run by themselves, and why. */
const refused: Readonly<Record<string, string>> = {
  'SOURCES.md': 'no format that is converted',
  'armorer-guard/credentials.jsonl': 'texts that a guard is tested with: they are about no run',
  'armorer-guard/expected_verdicts.jsonl': 'verdicts are about runs, and there is none here',
  'armorer-guard/mcp_tool_calls.jsonl': 'calls that a guard is tested with: they are about no run',
}

/** Messages and definitions of the MCP specification: single JSON values without a run. */
const isSpecification = (name: string): boolean => name.startsWith('mcp/')

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesIn(join(folder, entry.name)) : [join(folder, entry.name)],
  )

const open = (path: string): ConvertibleFile => {
  const bytes = readFileSync(path)
  return { head: readHead(relative(samples, path).replaceAll('\\', '/'), bytes), open: () => bytes }
}

describe.skipIf(!shared)('every sample', () => {
  it('is recognised by its content and becomes valid runs, or is refused for a reason that is written here', async () => {
    const files = filesIn(samples).map(open)
    const arrangement = arrangeFiles(files, { adapters, attachers })
    const refusals = arrangement.unrecognised.map(({ head }) => head.name)
    const attached = arrangement.attachments.flatMap((group) => group.files.map(({ head }) => head.name))
    expect([...refusals, ...attached].filter((name) => !isSpecification(name)).sort()).toEqual(
      Object.keys(refused).sort(),
    )
    const empty: string[] = []
    const accountant = new Accountant()
    for await (const converted of convertGroups(arrangement, {}, { onAttached: () => {} })) {
      accountant.add(converted)
      if (converted.runs.length === 0 && converted.repeated === 0)
        empty.push(...converted.group.files.map(({ head }) => head.name))
      for (const run of converted.runs) {
        const { findings } = validate(new TextEncoder().encode(JSON.stringify(run)))
        expect({ file: converted.group.files[0]!.head.name, run: run.id, findings }).toMatchObject({ findings: [] })
      }
    }
    expect(empty).toEqual([])
    const account = accountant.finish(refusals)
    expect(account.ok).toBe(true)
    const inTable = Object.values(expected)
    expect(account.totals.runs + account.repeated_runs).toBe(inTable.reduce((sum, { runs }) => sum + runs, 0))
  })

  it('the format is told by the content alone', () => {
    for (const path of filesIn(samples)) {
      const { head, open: content } = open(path)
      if (/\.meta\.json$|state\.json$/.test(path) || isSpecification(head.name)) continue
      const named = arrangeFiles([{ head, open: content }], { adapters, attachers })
      const nameless = arrangeFiles([{ head: { ...head, name: 'input' }, open: content }], { adapters, attachers })
      expect([head.name, nameless.groups[0]?.adapter.format]).toEqual([head.name, named.groups[0]?.adapter.format])
    }
  })
})
