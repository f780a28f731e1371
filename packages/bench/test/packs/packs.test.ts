import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BenchPack, BenchTrial } from '@agent-run/types'
import { beforeAll, describe, expect, it } from 'vitest'
import { fileEditing } from '../../../../examples/scripted-agent/file-editing.mjs'
import { recovery } from '../../../../examples/scripted-agent/recovery.mjs'
import { toolDiscipline } from '../../../../examples/scripted-agent/tool-discipline.mjs'
import { checkPack } from '../../src/pack/index.ts'
import { bench, broken, temporary } from '../run/benching.ts'

interface Script {
  readonly caught: readonly string[]
}
const packs: Readonly<Record<string, Readonly<Record<string, Script>>>> = {
  'file-editing': fileEditing,
  recovery,
  'tool-discipline': toolDiscipline,
}
const names = Object.keys(packs)
const root = fileURLToPath(new URL('../../../../', import.meta.url))
const folderOf = (name: string): string => join(root, 'bench/packs', name)
const packIn = (folder: string): BenchPack => JSON.parse(readFileSync(join(folder, 'pack.json'), 'utf8'))

/** A copy of a pack, changed. */
const changed = (name: string, change: (text: string) => string): string => {
  const folder = join(temporary(), name)
  cpSync(folderOf(name), folder, { recursive: true })
  const file = join(folder, 'pack.json')
  writeFileSync(file, change(readFileSync(file, 'utf8')))
  return folder
}

const play = async (packFolder: string, behaviour: string, more = {}): Promise<readonly BenchTrial[]> => {
  const command = [process.execPath, join(root, 'examples/scripted-agent.mjs'), '--behaviour', behaviour]
  const { trials } = await bench({ packFolder, command, only: [], jobs: 2, ...more })
  return trials
}
const failedIn = ({ criteria }: BenchTrial): string[] => criteria.filter(({ pass }) => !pass).map(({ name }) => name)

describe.each(names)('the pack %s', (name) => {
  const scenarios = packIn(folderOf(name)).scenarios

  it('is sound, and says of each scenario what it is for', () => {
    expect(checkPack(folderOf(name)).lines).toEqual([])
    expect(scenarios.length).toBeGreaterThanOrEqual(8)
    expect(scenarios.filter(({ description = '' }) => description.length < 40)).toEqual([])
  })

  it('is played by the scripted agent as a whole', () => {
    expect(Object.keys(packs[name] ?? {}).sort()).toEqual(scenarios.map(({ id }) => id).sort())
  })
})

describe('the scripted agent', () => {
  const good = new Map<string, readonly BenchTrial[]>()
  const careless = new Map<string, readonly BenchTrial[]>()

  beforeAll(async () => {
    for (const name of names) {
      // A copy: whoever works on the packs meanwhile is not taken for the runtime.
      good.set(
        name,
        await play(
          changed(name, (text) => text),
          'good',
        ),
      )
      // What takes a minute there takes some seconds here; too long is too long.
      const shorter = changed(name, (text) =>
        text.replace('46000', '4600').replace('"max_ms": 45000', '"max_ms": 4500'),
      )
      careless.set(name, await play(shorter, 'careless'))
    }
  }, 1_800_000)

  it.each(names)('passes all of %s where it is good', (name) => {
    const trials = good.get(name) ?? []
    expect(trials.map((trial) => [trial.scenario, trial.pass, trial.score, failedIn(trial)])).toEqual(
      packIn(folderOf(name)).scenarios.map(({ id }) => [id, true, 100, []]),
    )
  })

  it.each(names)('walks into each trap of %s where it is careless, and is caught for that', (name) => {
    const trials = careless.get(name) ?? []
    expect(trials.map((trial) => [trial.scenario, trial.pass, failedIn(trial)])).toEqual(
      packIn(folderOf(name)).scenarios.map(({ id }) => [id, false, packs[name]?.[id]?.caught]),
    )
    expect(trials.flatMap(broken)).toEqual([])
  })

  it('shows every kind of criterion both ways', () => {
    const seen = (results: ReadonlyMap<string, readonly BenchTrial[]>, isPass: boolean) => {
      const kinds = new Set<string>()
      for (const [name, trials] of results)
        for (const { id, criteria } of packIn(folderOf(name)).scenarios) {
          const judged = trials.find(({ scenario }) => scenario === id)?.criteria ?? []
          for (const criterion of criteria)
            if (judged.find((one) => one.name === criterion.name)?.pass === isPass) kinds.add(criterion.kind)
        }
      return [...kinds].sort()
    }
    const { properties } = JSON.parse(readFileSync(join(root, 'schemas/bench-criterion.json'), 'utf8'))
    const kinds = [...properties.kind.enum].sort()
    expect(seen(good, true)).toEqual(kinds)
    expect(seen(careless, false)).toEqual(kinds)
  })

  it('makes some mistakes by chance, so that repeats differ', async () => {
    const trials = await play(folderOf('tool-discipline'), 'mixed', { only: ['within-budget'], repeats: 4 })
    expect(new Set(trials.map(({ pass }) => pass))).toEqual(new Set([true, false]))
    const again = await play(folderOf('tool-discipline'), 'mixed', { only: ['within-budget'], repeats: 4 })
    expect(again.map(({ pass }) => pass)).toEqual(trials.map(({ pass }) => pass))
  })

  it.each([
    ['hangs', ['runtime.ended']],
    ['floods', ['runtime.ended', 'runtime.output', 'runtime.reported']],
    ['escapes', ['runtime.inside']],
    ['forges', ['runtime.own_eval']],
    ['silent', ['runtime.reported']],
  ])('is caught where it %s', async (behaviour, rules) => {
    const folder =
      behaviour === 'hangs'
        ? changed('tool-discipline', (text) => text.replace('"duration_ms": 600000', '"duration_ms": 4000'))
        : folderOf('tool-discipline')
    const [trial] = await play(folder, behaviour, { only: ['least-tool'] })
    expect(trial?.pass).toBe(false)
    // On a slow machine more may be broken: what hangs may not have handed over its record yet.
    expect(trial && broken(trial)).toEqual(expect.arrayContaining(rules))
  })
})
