import { cpSync, mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { BenchReport } from '@agent-run/types'
import { beforeAll, describe, expect, it } from 'vitest'
import { compareReports, defaults } from '../../src/compare/index.ts'
import { compareFormats, renderComparison } from '../../src/compare/render.ts'
import { Failure } from '../../src/failure.ts'
import { leaderboardOf, readEntries, unevenScenarios } from '../../src/leaderboard/index.ts'
import { leaderboardFormats, renderLeaderboard } from '../../src/leaderboard/render.ts'
import { checkPack } from '../../src/pack/index.ts'
import { readReport, renderReport, reportFormats, writeReports } from '../../src/report/index.ts'
import { proofOf } from '../../src/report/proof.ts'
import { readState, reopenResults } from '../../src/run/results.ts'
import type { BenchRun } from '../../src/trial.ts'
import { bench, packWith, temporary } from '../run/benching.ts'

let run: BenchRun
beforeAll(async () => {
  run = await bench({ mode: 'sealed', repeats: 2 })
  await writeReports(run)
})

const narrow = { color: false, width: 60 }

/** All that a command says about a file: what it throws in the place of an answer has to be a `Failure`. */
const said = (work: () => string): string => {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    return [error.message, ...error.details].join('\n')
  }
}

/** What `report`, `compare` and `leaderboard` make of a results folder or report. */
const readings = (path: string): readonly string[] => [
  ...reportFormats.map((format) =>
    said(() => {
      const { report, folder } = readReport(path)
      const proof = folder === undefined ? undefined : proofOf(folder)
      const place = folder === undefined ? undefined : proof === undefined ? { folder } : { folder, proof }
      return renderReport(format, report, place, narrow) + (proof?.problems.join('\n') ?? '')
    }),
  ),
  ...compareFormats.map((format) =>
    said(() => {
      const sides = [run.out, path].map((name) => ({ name, report: readReport(name).report }))
      const [one, other] = sides as [(typeof sides)[number], (typeof sides)[number]]
      return renderComparison(format, compareReports(one, other, { ...defaults, onlySure: false }), narrow)
    }),
  ),
  ...leaderboardFormats.map((format) =>
    said(() => {
      const { entries, remarks } = readEntries([path])
      const evaluations = entries.map(({ evaluation }) => evaluation)
      const uneven = unevenScenarios(evaluations, 'model', 'pack')
      const board = renderLeaderboard(format, leaderboardOf(evaluations, 'model', 'pack'), narrow)
      return [...remarks, ...uneven, board].join('\n')
    }),
  ),
]

const resuming = (folder: string): string =>
  said(() => {
    const { results, state } = reopenResults(folder)
    results.close()
    return state.id
  })

const checking = (pack: string): string => said(() => checkPack(pack).lines.join('\n'))

/** Nothing that a terminal obeys, or that hides. */
const isHarmless = (text: string): boolean => !/[^\n\P{C}]|[\u2028\u2029]/u.test(text)

const copy = (): string => {
  const folder = join(temporary(), 'results')
  cpSync(run.out, folder, { recursive: true })
  return folder
}

/** More of the same in the long tests. */
const TIMES = process.env['AGENT_RUN_LONG'] ? 20 : 1

/** Values that stand where others are expected. */
const STRANGE: readonly unknown[] = [
  null,
  true,
  -1,
  1e308,
  0.5,
  '',
  '\u001b[2J\u202e\u0000\ud800',
  '../../../../etc/passwd',
  '__proto__',
  [],
  {},
  [[[[]]]],
  { length: 1e9 },
  JSON.parse('{"__proto__": {"pass": true}, "constructor": {"prototype": 1}, "toString": 1}'),
]

type Path = readonly (string | number)[]

const pathsIn = (value: unknown, path: Path = []): readonly Path[] => [
  path,
  ...(typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, member]) => pathsIn(member, [...path, name]))
    : []),
]

const changedAt = (value: unknown, [name, ...rest]: Path, put: unknown): unknown => {
  if (name === undefined) return put
  const member = (value as Record<string, unknown>)[name]
  const changed = changedAt(member, rest, put)
  return Array.isArray(value)
    ? value.map((each, index) => (index === Number(name) ? changed : each))
    : { ...(value as object), [name]: changed }
}

/** So many changes of a document, the same each time: each place once before any comes again, with all values in turn. */
const changesOf = (document: unknown, count: number): readonly string[] => {
  const paths = pathsIn(document)
  const step = 7919
  return Array.from({ length: count }, (_, index) => {
    const path = paths[(index * step) % paths.length] ?? []
    return JSON.stringify(
      changedAt(document, path, STRANGE[(index + Math.floor(index / paths.length)) % STRANGE.length]),
    )
  })
}

const garbage: readonly (readonly [string, string | Uint8Array])[] = [
  ['nothing', ''],
  ['half', '{"report": "1", "trials": [{"scen'],
  ['no text', Uint8Array.of(0xff, 0xfe, 0x00, 0x80)],
  ['deep', '['.repeat(100_000)],
  ['a member twice', '{"trials": [], "trials": []}'],
  ['a number', '1'],
  ['one that every object has', '{"__proto__": {"trials": []}}'],
]

describe('inputs of strangers', () => {
  it('may have anything in any place of a report', () => {
    const report: BenchReport = JSON.parse(readFileSync(join(run.out, 'report.json'), 'utf8'))
    const file = join(temporary(), 'report.json')
    for (const text of changesOf(report, 40 * TIMES)) {
      writeFileSync(file, text)
      expect(readings(file).filter((each) => !isHarmless(each))).toEqual([])
    }
    expect(({} as { pass?: boolean }).pass).toBeUndefined()
  })

  it('may have anything in any place of what a run is gone on with', () => {
    const folder = copy()
    for (const name of ['bench.json', 'trials/note.1/trial.json', 'trust.json']) {
      const text = readFileSync(join(folder, name), 'utf8')
      for (const changed of changesOf(JSON.parse(text), 20 * TIMES)) {
        writeFileSync(join(folder, name), changed)
        expect(isHarmless(resuming(folder))).toBe(true)
        expect(isHarmless(said(() => JSON.stringify(readState(folder))))).toBe(true)
      }
      writeFileSync(join(folder, name), text)
    }
  })

  it('may have anything in any place of a pack', () => {
    const pack = packWith()
    const text = readFileSync(join(pack, 'pack.json'), 'utf8')
    for (const changed of changesOf(JSON.parse(text), 40 * TIMES)) {
      writeFileSync(join(pack, 'pack.json'), changed)
      expect(isHarmless(checking(pack))).toBe(true)
    }
  })

  it.each(garbage)('may be %s', (_, content) => {
    const [folder, pack] = [copy(), packWith()]
    for (const name of ['report.json', 'report.run.json', 'bundle.jsonl', 'trust.json', 'bench.json'])
      writeFileSync(join(folder, name), content)
    writeFileSync(join(pack, 'pack.json'), content)
    const file = join(folder, 'bundle.jsonl')
    expect(
      [...readings(folder), ...readings(file), resuming(folder), checking(pack)].filter((each) => !isHarmless(each)),
    ).toEqual([])
  })

  it.each(['report.run.json', 'bundle.jsonl', 'trust.json'])('may have garbage for a %s', (name) => {
    for (const [, content] of garbage) {
      const folder = copy()
      writeFileSync(join(folder, name), content)
      const problems = proofOf(folder)?.problems ?? []
      expect(problems).not.toEqual([])
      expect(problems.filter((each) => !isHarmless(each))).toEqual([])
    }
  })

  it('may be larger than anything', () => {
    const [folder, pack] = [copy(), packWith()]
    // Takes no room on the disk.
    for (const name of ['report.json', 'report.run.json', 'bundle.jsonl', 'trust.json', 'bench.json'])
      truncateSync(join(folder, name), 2 ** 42)
    truncateSync(join(pack, 'pack.json'), 2 ** 42)
    expect(readings(folder).every((text) => text.includes('larger than a report can be'))).toBe(true)
    expect(resuming(folder)).toMatch(/holds no bench run/)
    expect(checking(pack)).toMatch(/pack\.json is larger than a pack can be/)
    expect(said(() => JSON.stringify(readEntries([join(folder, 'bundle.jsonl')])))).toMatch(
      /larger than a file of records can be/,
    )
    const other = copy()
    for (const name of ['report.run.json', 'bundle.jsonl', 'trust.json']) truncateSync(join(other, name), 2 ** 42)
    expect(proofOf(other)).toBeUndefined()
  })

  it('may be folders, links and devices', () => {
    const [folder, pack] = [temporary(), packWith()]
    for (const name of ['report.json', 'bundle.jsonl', 'trust.json', 'report.run.json', 'bench.json'])
      mkdirSync(join(folder, name))
    expect([...readings(folder), resuming(folder)].filter((each) => !isHarmless(each))).toEqual([])
    const other = temporary()
    symlinkSync('/dev/zero', join(other, 'report.json'))
    symlinkSync('/dev/zero', join(other, 'bench.json'))
    expect(readings(other).every((text) => text.includes('is no file'))).toBe(true)
    expect(resuming(other)).toMatch(/holds no bench run/)
    symlinkSync('/etc', join(pack, 'workspaces/notes/etc'))
    expect(checking(pack)).toMatch(/a pack holds no links/)
  })
})
