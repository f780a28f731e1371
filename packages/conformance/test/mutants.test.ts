import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { codeCases, loadHttpCases } from '../src/index.ts'
import { mutants } from './mutants/index.ts'
import { inParallel, type MatrixRow, playMutant, referencePool } from './mutants/matrix.ts'

const folder = join(import.meta.dirname, '../../../conformance/cases/http')
const cases = [...loadHttpCases(folder), ...codeCases]
const rows: readonly MatrixRow[] = JSON.parse(readFileSync(join(folder, 'mutants.json'), 'utf8'))

/** Takes a quarter of a minute; the long test plays it. */
const SLOW = ['stream_without_heartbeat']

describe('mutant servers', () => {
  it('are those of the matrix, and each is found', () => {
    expect(rows.map(({ mutant, fault }) => ({ mutant, fault }))).toEqual(
      mutants.map(({ name, fault }) => ({ mutant: name, fault })),
    )
    expect(rows.filter(({ killed_by }) => killed_by.length === 0)).toEqual([])
  })

  it('are found by every case at least once', () => {
    const finders = new Set(rows.flatMap(({ killed_by }) => killed_by))
    const names = cases.map(({ name }) => name)
    expect(names.filter((name) => !finders.has(name))).toEqual([])
    expect([...finders].filter((name) => !names.includes(name))).toEqual([])
  })

  it('are found by the case that is closest to them', async () => {
    const chosen = closest()
    const references = referencePool()
    const missed = await inParallel(mutants, async (mutant) => {
      const wanted = chosen.get(mutant.name) ?? []
      const failed = await playMutant(
        mutant,
        cases.filter(({ name }) => wanted.includes(name)),
        references.start,
      )
      return wanted.filter((name) => !failed.includes(name)).map((name) => `${mutant.name} by ${name}`)
    })
    await references.stop()
    expect(missed.flat()).toEqual([])
  })
})

/** For each mutant its most special case, and for each case its most special mutant. */
const closest = (): ReadonlyMap<string, readonly string[]> => {
  const pairs = rows.flatMap(({ mutant, killed_by }) =>
    killed_by.filter((name) => !SLOW.includes(name)).map((name) => ({ mutant, name, breadth: killed_by.length })),
  )
  const finds = (name: string): number => pairs.filter((pair) => pair.name === name).length
  const chosen = new Map<string, string[]>()
  const choose = ({ mutant, name }: { readonly mutant: string; readonly name: string }): void => {
    chosen.set(mutant, [...new Set([...(chosen.get(mutant) ?? []), name])])
  }
  for (const { name } of cases) {
    const best = pairs.filter((pair) => pair.name === name).sort((a, b) => a.breadth - b.breadth)[0]
    if (best) choose(best)
  }
  for (const { mutant } of rows) {
    if (chosen.has(mutant)) continue
    const best = pairs.filter((pair) => pair.mutant === mutant).sort((a, b) => finds(a.name) - finds(b.name))[0]
    if (best) choose(best)
  }
  return chosen
}
