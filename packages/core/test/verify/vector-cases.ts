// The verdict vectors, as the independent program in conformance/crosscheck/ derived them.
import { readdirSync, readFileSync } from 'node:fs'
import type { Verdict } from '@agent-run/types'
import { describe, expect, it } from 'vitest'
import { parseTrust } from '../../src/trust/index.ts'
import { validate } from '../../src/validate/index.ts'
import { type VerifyOptions, verify } from '../../src/verify/index.ts'

interface Vector {
  readonly name: string
  readonly class: string
  readonly description: string
  readonly input: Omit<VerifyOptions, 'journal' | 'level' | 'now'> & {
    readonly record_text?: string
    readonly record?: unknown
    readonly journal_text?: string
  }
  readonly options: Required<Pick<VerifyOptions, 'level' | 'now'>>
  readonly expect: object
}

const folder = new URL('../../../../conformance/vectors/verify/', import.meta.url)
const read = (path: string): unknown => JSON.parse(readFileSync(new URL(path, folder), 'utf8'))

const manifest = read('manifest.json') as { readonly classes: Record<string, number>; readonly total: number }

const vectorsOf = (name: string): readonly (readonly [string, Vector])[] =>
  readdirSync(new URL(`${name}/`, folder)).map((file) => [file, read(`${name}/${file}`) as Vector])

/** What of a verdict every implementation says alike: no texts, no counts; of the reasons their codes. */
const comparable = ({ asked: _, checks, missing, edges, ...rest }: Verdict): object => ({
  ...rest,
  ...(rest.level === 'sealed' ? { missing: [...new Set(missing.map(({ code }) => code))].sort() } : {}),
  ...(edges === undefined
    ? {}
    : {
        edges: edges.map(({ state, code, path }) => ({
          ...(path === undefined ? {} : { path }),
          state,
          ...(code === undefined ? {} : { code }),
        })),
      }),
  checks: checks.map(({ check, result, code, path }) => ({
    check,
    result,
    ...(code === undefined ? {} : { code }),
    ...(path === undefined ? {} : { path }),
  })),
})

const verdictOf = ({ input, options }: Vector): Verdict => {
  const { record_text, record, journal_text, trust: given, ...beside } = input
  const parsed = given === undefined ? undefined : parseTrust(given)
  if (parsed?.ok === false) throw new TypeError(`the trust file is at fault: ${parsed.findings[0]?.code}`)
  return verify(record_text ?? JSON.stringify(record), {
    ...beside,
    ...options,
    ...(parsed === undefined ? {} : { trust: parsed.trust }),
    ...(journal_text === undefined ? {} : { journal: journal_text }),
  })
}

/** Declares the tests of all vectors, with whatever Ed25519 engine is loaded. */
export const describeVectors = (engine: string): void => {
  describe(`the verdict vectors, with the ${engine} engine`, () => {
    it('are those of the manifest', () => {
      const counts = Object.keys(manifest.classes).map((name) => [name, vectorsOf(name).length])
      expect(Object.fromEntries(counts)).toEqual(manifest.classes)
      expect(counts.reduce((sum, [, count]) => sum + Number(count), 0)).toBe(manifest.total)
    })

    for (const name of Object.keys(manifest.classes))
      it.each(vectorsOf(name))(`${name}/%s`, (_, vector) => {
        const verdict = verdictOf(vector)
        expect(comparable(verdict), vector.description).toEqual(vector.expect)
        expect(validate(verdict, { schema: 'verdict', reading: 'strict' }).findings).toEqual([])
        for (const check of verdict.checks) {
          if (check.result === 'pass') expect(check.compared).toBeGreaterThan(0)
          if (check.result === 'absent' || check.result === 'skipped') expect(check.compared).toBe(0)
          if (check.result === 'fail')
            expect(check).toMatchObject({ expected: expect.any(String), found: expect.any(String) })
        }
      })
  })
}
