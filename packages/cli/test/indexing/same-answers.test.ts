import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { validate } from '@agent-run/core'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { IndexPool } from '../../src/indexing/open-index.ts'
import { folderWith } from '../binary.ts'
import { finishedRun, folderWithKey, seal } from '../sealing/signed.ts'
import { createDice, type Dice, makeRun } from './generated-runs.ts'
import { expectSameAnswers } from './questions.ts'

/** So many rounds of three that each thing happens once, in two orders; the long test takes longer. */
const [SEEDS, ROUNDS] = process.env['AGENT_RUN_LONG'] ? [[1, 2, 3, 4, 5, 6, 7, 8], 13] : [[1, 2], 7]

const STEP_MS = 20
const settle = (): Promise<void> => new Promise((done) => setTimeout(done, STEP_MS))

// An hour later: files that have just been written count as settled, so what is known of them is used.
beforeEach(() => {
  const now = Date.now.bind(Date)
  vi.spyOn(Date, 'now').mockImplementation(() => now() + 3_600_000)
})
afterEach(() => {
  vi.restoreAllMocks()
})

const line = (dice: Dice): string => `${JSON.stringify(makeRun(dice))}\n`
const lines = (dice: Dice, count: number): string => Array.from({ length: count }, () => line(dice)).join('')

/** Things that are in folders of runs and are no records, or broken ones. */
const others = (dice: Dice): string =>
  dice.pick([
    '{"name": "widget", "version": "1.0.0"}',
    '{"id": "run-a-1", "steps": [], "status": "sucess"}',
    '{"id": "run-b',
    '',
    '\n\n',
    '[]',
    'PK\u0003\u0004',
    '[1, {"a": 2}',
    '\ufeff{"a": 1}',
    '{"agent_id": "x"}\n{"agent_id": "y"}\n',
  ])

const content = (dice: Dice, name: string): string | Buffer => {
  if (dice.chance(6)) return others(dice)
  const runs = Array.from({ length: 1 + dice.below(3) }, () => makeRun(dice))
  if (name.includes('.gz')) return gzipSync(runs.map((run) => JSON.stringify(run)).join('\n'))
  if (/\.json$/.test(name)) return JSON.stringify(dice.chance(3) ? runs : runs[0], null, dice.chance(2) ? 2 : undefined)
  if (dice.chance(8)) return JSON.stringify(runs[0], null, 2)
  return `${runs.map((run) => JSON.stringify(run)).join('\n')}${dice.pick(['\n', '', '\r\n', '\n{"id":'])}`
}

const FILES = ['a.json', 'b.jsonl', 'c.ndjson', 'd.jsonl.gz', 'e.json', 'sub/f.json', 'sub/deep/g.jsonl', 'sub/h.JSON']
const GROWING = 'growing.jsonl'

const write = (folder: string, name: string, bytes: string | Buffer): void => {
  mkdirSync(dirname(join(folder, name)), { recursive: true })
  writeFileSync(join(folder, name), bytes)
}

/** How many things may happen. */
const DEEDS = 19

/** All things that may happen, in an order of their own, again and again. */
function* shuffledDeeds(dice: Dice): Generator<number, never> {
  for (;;) {
    const left = Array.from({ length: DEEDS }, (_, nth) => nth)
    while (left.length > 0) yield* left.splice(dice.below(left.length), 1)
  }
}

/** One thing that happens to folders of runs. Says whether the index was damaged. */
const happen = (folder: string, dice: Dice, nth: number): boolean => {
  let isDamaged = false
  const name = dice.pick(FILES)
  const path = join(folder, name)
  const growing = join(folder, GROWING)
  const there = existsSync(path)
  const deeds: (() => void)[] = [
    () => write(folder, name, content(dice, name)),
    () => write(folder, name, content(dice, name)),
    () => rmSync(path, { force: true }),
    () => there && renameSync(path, join(folder, `${dice.pick(['x', 'y'])}-${dice.pick(['z.json', 'z.jsonl'])}`)),
    () => there && appendFileSync(path, line(dice)),
    () => there && truncateSync(path, dice.below(Math.max(1, statSync(path).size))),
    () => appendFileSync(growing, lines(dice, 1 + dice.below(3))),
    () => appendFileSync(growing, line(dice).slice(0, 40)),
    () => appendFileSync(growing, `${lines(dice, 1)}${line(dice).trimEnd()}`),
    () => appendFileSync(growing, '\n'),
    () => appendFileSync(growing, dice.pick(['\n', others(dice), `${others(dice)}\n`])),
    () => existsSync(growing) && truncateSync(growing, Math.floor(statSync(growing).size * 0.9)),
    () => {
      if (!existsSync(growing)) return
      // Grown, and changed at the beginning as well.
      const text = readFileSync(growing, 'utf8')
      writeFileSync(growing, `${text.replaceAll('agent-a', 'agent-b')}${line(dice)}`)
    },
    () => {
      if (!there) return
      // Of the same size, with the same time of change, in the same place.
      const { atime, mtime } = statSync(path)
      const bytes = readFileSync(path)
      const at = bytes.indexOf('agent-')
      if (at === -1) return
      bytes[at + 6] = 'abc'.charCodeAt(dice.below(3))
      writeFileSync(path, bytes)
      utimesSync(path, atime, mtime)
    },
    () => {
      if (!there) return
      // Another file under the name, as editors do it.
      writeFileSync(join(folder, 'draft'), content(dice, name))
      renameSync(join(folder, 'draft'), path)
    },
    () => there && !existsSync(join(folder, 'link.jsonl')) && symlinkSync(path, join(folder, 'link.jsonl')),
    () => rmSync(join(folder, 'sub'), { recursive: true, force: true }),
    () => write(folder, GROWING, lines(dice, 150)),
    () => {
      // The indexes of other versions, and broken ones.
      const index = join(folder, '.agent-run-index')
      if (!existsSync(index)) return
      for (const file of readdirSync(index).filter((each) => each.endsWith('.sqlite'))) {
        const damage = dice.below(4)
        isDamaged = true
        if (damage === 0) rmSync(join(index, file))
        else if (damage === 1) writeFileSync(join(index, file), 'this is no database')
        else if (damage === 2) truncateSync(join(index, file), 5000)
        else writeFileSync(join(index, file), Buffer.alloc(20_000, 'SQLite format 3\0'))
      }
    },
  ]
  expect(deeds).toHaveLength(DEEDS)
  deeds[nth]?.()
  return isDamaged
}

describe('an index gives the answers that the files give', () => {
  it('about valid runs, first of all', () => {
    const dice = createDice(9)
    const wrong = Array.from({ length: 300 }, () => validate(makeRun(dice))).flatMap(({ ok, findings }) =>
      ok ? [] : findings.filter(({ severity }) => severity === 'error'),
    )
    expect([...new Set(wrong.map(({ message, path }) => `${path}: ${message}`))]).toEqual([])
  })

  it.each(SEEDS)('whatever happens to them (%i)', async (seed) => {
    const dice = createDice(seed)
    const deeds = shuffledDeeds(dice)
    const folder = folderWith(Object.fromEntries(FILES.map((name) => [name, content(dice, name)])))
    write(folder, GROWING, lines(dice, 150))
    await settle()
    const givingUp = vi.spyOn(IndexPool.prototype, 'giveUp')
    let isDamaged = false
    for (let round = 0; round < ROUNDS; round++) {
      await expectSameAnswers(
        round % 4 === 3 ? [join(folder, 'sub'), folder, join(folder, 'a.json')] : [folder],
        undefined,
        round,
      )
      // Answers of the files would be the same as those of the files.
      if (!isDamaged) expect(givingUp).not.toHaveBeenCalled()
      givingUp.mockClear()
      isDamaged = false
      for (let deed = 0; deed < 3; deed++) isDamaged = happen(folder, dice, deeds.next().value) || isDamaged
      await settle()
    }
    await expectSameAnswers([folder], undefined, ROUNDS)
  })

  it('of a file that was changed in its place, and given its former size and time again', async () => {
    const run = makeRun(createDice(5))
    const folder = folderWith({ 'a.json': JSON.stringify({ ...run, agent_id: 'agent-a' }) })
    const path = join(folder, 'a.json')
    utimesSync(path, 1_700_000_000, 1_700_000_000)
    await settle()
    await expectSameAnswers([folder])
    const before = statSync(path)
    writeFileSync(path, JSON.stringify({ ...run, agent_id: 'agent-b' }))
    utimesSync(path, 1_700_000_000, 1_700_000_000)
    expect(statSync(path)).toMatchObject({ size: before.size, mtimeMs: before.mtimeMs, ino: before.ino })
    await expectSameAnswers([folder])
  })

  it('about levels, by every trust', async () => {
    const folder = await folderWithKey({ 'one.json': finishedRun({ id: 'run-a-1' }), 'two.json': finishedRun() })
    const sealed = await seal(folder, 'one.json')
    write(folder, 'records/sealed.json', sealed)
    write(folder, 'records/tampered.json', (await seal(folder, 'two.json')).replace('npm test', 'npm tesT'))
    // Lists cannot tell it from the sealed one but by its level.
    write(folder, 'records/twin.json', sealed.replace('the registry refused', 'a registry refused'))
    write(folder, 'records/open.json', JSON.stringify(finishedRun({ id: 'run-c-1' })))
    const trust = readFileSync(join(folder, 'trust.json'), 'utf8')
    const trusts = [undefined, 'trust.json', 'expired.json', 'trust.json', undefined, 'trust.json']
    const parsed = JSON.parse(trust) as { keys: object[] }
    const expired = { ...parsed, keys: parsed.keys.map((key) => ({ ...key, valid_until: '2026-01-01T00:00:00Z' })) }
    write(folder, 'expired.json', JSON.stringify(expired))
    await settle()
    for (const file of trusts)
      await expectSameAnswers([join(folder, 'records')], file === undefined ? undefined : join(folder, file))
    // The same words mean something else when the time of a key is over.
    const ending = { ...parsed, keys: parsed.keys.map((key) => ({ ...key, valid_until: '2029-01-01T00:00:00Z' })) }
    write(folder, 'ending.json', JSON.stringify(ending))
    await expectSameAnswers([join(folder, 'records')], join(folder, 'ending.json'))
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2030-01-01T00:00:00Z') })
    await expectSameAnswers([join(folder, 'records')], join(folder, 'ending.json'))
    vi.useRealTimers()
    // The same file says something else.
    write(folder, 'trust.json', JSON.stringify(expired))
    await expectSameAnswers([join(folder, 'records')], join(folder, 'trust.json'))
  })
})
