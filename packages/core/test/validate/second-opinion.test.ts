import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { tool } from '../../../../scripts/test/tools.mjs'
import { rules } from '../../src/semantics/index.ts'
import { validate } from '../../src/validate/index.ts'
import { mutants } from '../read/mutants.ts'
import { ask, program } from '../second-opinion.ts'
import { type Json, mutant, random, systematic } from './mutants.ts'
import { relatedRecord } from './related-records.ts'

const RELATED = 3000
const BROKEN = 2000
const DAMAGED = 2000

const encoder = new TextEncoder()

const minimal: { [name: string]: Json } = {
  id: 'run-1',
  agent_id: 'agent',
  status: 'completed',
  started_at: null,
  steps: [],
  cost: { input_tokens: null, output_tokens: null },
  provenance: { run_hash: '0'.repeat(64) },
}

/** Compares the findings about each text, as sets; the codes that were found at all. */
const compare = (texts: readonly string[]): Map<string, number> => {
  const bytes = texts.map((text) => encoder.encode(text))
  const theirs = ask(
    '--stream',
    bytes.map((each) => Buffer.from(each).toString('hex')),
  )
  expect(theirs).toHaveLength(texts.length)
  const seen = new Map<string, number>()
  const disagreements: unknown[] = []
  for (const [index, each] of bytes.entries()) {
    const { ok, findings } = validate(each, { limit: Number.POSITIVE_INFINITY })
    const ours = sorted(findings.map(({ code, severity, path }) => [code, severity, path]))
    const answer: string[][] = JSON.parse(theirs[index]!)
    for (const code of new Set(ok ? ['valid', ...answer.map(([code]) => code!)] : answer.map(([code]) => code!)))
      seen.set(code, (seen.get(code) ?? 0) + 1)
    const other = sorted(answer)
    if (ours.join() !== other.join() || ok === answer.some(([, severity]) => severity === 'error'))
      disagreements.push({ text: texts[index], onlyOurs: without(ours, other), onlyTheirs: without(other, ours) })
  }
  expect(disagreements.slice(0, 3), `${disagreements.length} disagreements`).toEqual([])
  return seen
}

const sorted = (findings: readonly (readonly string[])[]): string[] => [...new Set(findings.map(String))].sort()
const without = (some: readonly string[], others: readonly string[]) => some.filter((one) => !others.includes(one))

describe.skipIf(!tool('python3'))('the independent validator in Python', () => {
  it('judges every committed case, vector and example as it says', () => {
    const { status, stdout, stderr } = spawnSync(tool('python3')!, [program], {
      encoding: 'utf8',
    })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    expect(stdout).toMatch(/^54 files of cases\n9 files of vectors\n[1-9][0-9]* files of examples\n$/)
  })

  it(`finds the same in ${RELATED} records that mix what stands in others, by every rule`, () => {
    const next = random(20_261_121)
    const seen = compare(Array.from({ length: RELATED }, (_, index) => JSON.stringify(relatedRecord(index, next))))
    expect(rules.map(({ code }) => code).filter((code) => (seen.get(code) ?? 0) < 3)).toEqual([])
    expect(seen.get('valid')).toBeGreaterThan(RELATED / 10)
  })

  it(`finds the same in ${BROKEN} records with something wrong in shape`, () => {
    const next = random(20_261_122)
    const texts = Array.from({ length: BROKEN / 2 }, () => mutant('agent-run', next))
    const places = Object.entries({ eval: 'eval', cost: 'cost', provenance: 'provenance' } as const)
    const lists = Object.entries({ steps: 'step', approvals: 'approval', policy_decisions: 'policy-decision' } as const)
    // Every object in turn, each with another of the values that lie at the edges of its schema.
    const odd = [...places, ...lists].map(([member, name]) => ({ member, name, values: [...systematic(name)] }))
    while (texts.length < BROKEN) {
      const { member, name, values } = odd[texts.length % odd.length]!
      const value = values[Math.floor(next() * values.length)]!
      texts.push({ ...minimal, [member]: member === name ? value : [value] })
    }
    texts.push({ ...minimal, id: '' }, { ...minimal, steps: [{ id: '', type: 'other', started_at: null }] })
    const seen = compare(texts.map((value) => JSON.stringify(value)))
    for (const keyword of ['type', 'enum', 'required', 'pattern', 'min_length', 'minimum', 'maximum'])
      expect(seen.get(`schema.${keyword}`) ?? 0, keyword).toBeGreaterThan(1)
  })

  it(`finds the same in ${DAMAGED} damaged texts`, () => {
    const texts = [...mutants(20_261_123, DAMAGED)].filter((text) => text.isWellFormed())
    const seen = compare(texts)
    for (const code of ['syntax', 'duplicate_name', 'lone_surrogate', 'number_range', 'depth', 'trailing'])
      expect(seen.get(`json.${code}`) ?? 0, code).toBeGreaterThan(3)
  })
})
