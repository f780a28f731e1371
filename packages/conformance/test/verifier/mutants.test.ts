import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { loadProfile } from '../../src/suite/index.ts'
import { loadCases } from '../../src/verifier/index.ts'
import { mutants } from './mutants/index.ts'
import { inParallel, killersOf, type MatrixRow } from './mutants/matrix.ts'

const read = (path: string): string => readFileSync(new URL(`../../../../${path}`, import.meta.url), 'utf8')

const rows: readonly MatrixRow[] = JSON.parse(read('conformance/verifier-mutants.json'))
const profile = loadProfile('1.0')
const cases = loadCases(profile)
const requirements = new Map(cases.map(({ id, requirement }) => [id, requirement]))
const killers = new Map(rows.map(({ mutant, killed_by }) => [mutant, killed_by]))

/** Sentences of which no single edit makes a verifier that breaks them, and why. */
const WITHOUT: Readonly<Record<string, string>> = {}

/** Mutants that the short test plays. */
const SAMPLE = 6

describe('mutant verifiers', () => {
  it('are those of the matrix', () => {
    expect(rows.map(({ mutant, fault }) => ({ mutant, fault }))).toEqual(
      mutants.map(({ name, fault }) => ({ mutant: name, fault })),
    )
  })

  it('are one edit away from ours', () => {
    for (const { name, module, find, replace } of mutants) {
      expect(read(`packages/core/dist/${module}`).split(find), name).toHaveLength(2)
      expect(replace, name).not.toBe(find)
    }
  })

  it('are found by a case of the sentence that they break', () => {
    const missed = mutants.filter(
      ({ name, requirement }) => !killers.get(name)?.some((id) => requirements.get(id) === requirement),
    )
    expect(missed.map(({ name }) => name)).toEqual([])
  })

  it('are there for every sentence that a verifier is scored by', () => {
    const broken = new Set(mutants.map(({ requirement }) => requirement))
    const whole = Object.keys(profile.roles.verifier.requirements).filter((id) => !broken.has(id))
    expect(whole).toEqual(Object.keys(WITHOUT))
    expect(whole.length).toBeLessThan(5)
  })

  it('are found by every file of vectors, class of records and rule at least once', () => {
    const group = (id: string): string => id.slice(0, id.lastIndexOf('/'))
    const finders = new Set(rows.flatMap(({ killed_by }) => killed_by))
    const groups = new Set([...finders].map(group))
    expect([...new Set(cases.map(({ id }) => group(id)))].filter((each) => !groups.has(each))).toEqual([])
    expect(cases.filter(({ id }) => id.startsWith('verifier/') && !finders.has(id))).toEqual([])
    expect([...finders].filter((id) => !requirements.has(id))).toEqual([])
  })

  it('are found as the matrix says: a sample', async () => {
    const seed = process.env.AGENT_RUN_SEED ?? 'verifier'
    const rank = ({ name }: { readonly name: string }): string =>
      createHash('sha256').update(`${seed} ${name}`).digest('hex')
    const sample = [...mutants].sort((a, b) => (rank(a) < rank(b) ? -1 : 1)).slice(0, SAMPLE)
    const found = await inParallel(sample, (mutant) => killersOf(mutant, [mutant.requirement]))
    const missed = sample.flatMap(({ name, requirement }, index) => {
      const listed = killers.get(name)?.filter((id) => requirements.get(id) === requirement) ?? []
      expect(listed.length, name).toBeGreaterThan(0)
      return listed.filter((id) => !found[index]?.includes(id)).map((id) => `${name} by ${id}`)
    })
    expect(missed).toEqual([])
  })
})
