import { createVerifier, rules, validate } from '@agent-run/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { seed } from '../../../server/test/seed.ts'
import { digest } from '../../src/bytes/digest.ts'
import { isObject } from '../../src/bytes/json.ts'
import { checks, judgeRecord } from '../../src/record/index.ts'
import { data, filesOf } from './data.ts'
import { change, changed, type Value } from './mutation.ts'

/** Faults of a producer that make no check of a verifier fail. */
const ONLY_A_PRODUCERS = new Set(['run_hash.form', 'lineage.entry', 'evals.beside', 'bundle.line'])
/** Whose key it is isn't the record's fault. */
const NOT_ABOUT_THE_RECORD = 'signer'

const runs = Number(process.env.AGENT_RUN_PROPERTY_RUNS ?? 200)

interface Finding {
  readonly code: string
  readonly severity: string
  readonly path: string
  readonly requirement: string
}

const isRule = (code: string): boolean => rules.some((rule) => rule.code === code)
const asked = new Set(checks.map(({ code }) => code).filter((code) => code.startsWith('schema.') || isRule(code)))
const line = ({ code, severity, path, requirement }: Finding): string => `${severity} ${code} ${path} ${requirement}`

const folders = 'canonical digest tree chain signature trust approval lineage privacy level'.split(' ')
const cases = folders
  .flatMap((folder) => filesOf(`vectors/verify/${folder}`))
  .map((file) => data(file))
  .filter(({ input }) => input.record !== undefined)

/** What only a validator says of a record: AR-VER-002 is a reader's duty. */
const ONLY_A_VALIDATORS = new Set(['version.newer'])
const records: readonly Value[] = filesOf('cases/semantics')
  .map((file) => data(file))
  .flatMap(({ valid, invalid }) => [...valid, ...invalid.map(({ record }: { record: Value }) => record)])

describe('the judge and @agent-run/core', () => {
  it('find the same in records by bytes, schema and rules', () => {
    fc.assert(
      fc.property(fc.constantFrom(...records), fc.array(change, { maxLength: 4 }), (record, changes) => {
        const octets = Buffer.from(JSON.stringify(changes.reduce(changed, record)))
        const theirs = validate(octets).findings.filter(({ code }) => !ONLY_A_VALIDATORS.has(code))
        const ours = judgeRecord(octets).faults.filter(({ check }) => asked.has(check))
        expect(ours.map(line).sort()).toEqual(theirs.map(line).sort())
      }),
      { numRuns: runs, seed },
    )
  })

  it('agree about records that were changed at random', () => {
    fc.assert(
      fc.property(fc.constantFrom(...cases), fc.array(change, { maxLength: 3 }), ({ input, options }, changes) => {
        agree({ ...input, record: changes.reduce(changed, input.record as Value) }, options.now)
      }),
      { numRuns: runs, seed },
    )
  })

  it('agree about journals that were changed at random, also where the chain was mended', () => {
    const journals = cases.filter(({ input }) => input.journal_text !== undefined)
    fc.assert(
      fc.property(fc.constantFrom(...journals), change, fc.boolean(), ({ input, options }, each, mended) => {
        const lines = (input.journal_text as string).split('\n').slice(0, -1)
        const values = lines.flatMap((text): Value[] => (isJson(text) ? [JSON.parse(text)] : []))
        const journal = changed(values, each) as readonly Value[]
        agree({ ...input, journal_text: mended ? chain(journal) : textOf(journal) }, options.now)
      }),
      { numRuns: runs, seed },
    )
  })
})

/** Holds the verdict of core against the judgement of the same things. */
const agree = (input: ReturnType<typeof data>, now: string): void => {
  const { record, trust, journal_text, related = [], statements = [], evals = [], proofs = [] } = input
  const octets = Buffer.from(JSON.stringify(record))
  const given = {
    ...(trust === undefined ? {} : { trust }),
    ...(journal_text === undefined ? {} : { journal: Buffer.from(journal_text) }),
    related,
    now,
  }
  const verdict = createVerifier({ ...given, statements, evals, proofs })(octets)
  const judged = judgeRecord(octets, { ...given, statements: [...statements, ...evals, ...proofs] })
  const errors = judged.faults.filter(({ severity, check }) => severity === 'error' && !ONLY_A_PRODUCERS.has(check))
  const found = errors.map(({ code, path }) => `${code} ${path}`)
  const failed = verdict.checks.filter(({ result, check }) => result === 'fail' && check !== NOT_ABOUT_THE_RECORD)
  for (const { code, path } of failed) expect(found).toContain(`${code} ${path}`)
  if (failed.length === 0) expect(found).toEqual([])
  if (trust !== undefined) expect(judged.level).toBe(verdict.level)
}

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const textOf = (lines: readonly Value[]): string => lines.map((line) => `${JSON.stringify(line)}\n`).join('')

/** The lines with `seq` and `prev` as they have to be, where they are chained ones. */
const chain = (lines: readonly Value[]): string => {
  let [seq, prev] = [0, `sha256:${'0'.repeat(64)}`]
  return lines
    .map((line) => {
      if (!isObject(line) || !('seq' in line)) return `${JSON.stringify(line)}\n`
      const text = JSON.stringify({ ...line, seq: seq++, prev })
      prev = digest(text)
      return `${text}\n`
    })
    .join('')
}
