import { isObject, type Json, type JsonObject } from '../bytes/json.ts'
import { readData } from '../data/index.ts'
import { loadSchemas } from '../http/schemas.ts'
import type { VerifierLevel } from './operations.ts'
import { privateTexts, repeats } from './private-texts.ts'
import { showValue } from './show-value.ts'
import type { Vector } from './vector.ts'

/** A check of all verdicts: an entry of `conformance/verifier-checks.json`. */
export interface VerdictCheck {
  readonly name: string
  readonly requirement: string
  readonly capability: VerifierLevel
  readonly description: string
}

/** Says what is wrong with one answer, if something is; `null` if it has nothing to do with the check. */
export type Judge = (result: Json, vector: Vector) => string | undefined | null

/** The checks of all verdicts, as data. */
export const loadVerdictChecks = (): readonly VerdictCheck[] =>
  readData('verifier-checks.json') as unknown as readonly VerdictCheck[]

const NAMES = 'schema semantics run_hash steps record signature signer approvals lineage journal evals erasures'.split(
  ' ',
)

/** Longest text of a failure, in characters. */
const MOST_TEXT = 200

/** What a terminal obeys, or what turns a text around. */
const HARMFUL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u

/** The programs behind the checks, by name. */
export const createJudges = (): ReadonlyMap<string, Judge> => {
  const schemas = loadSchemas()
  const ofVerdict =
    (judge: (verdict: JsonObject, checks: readonly JsonObject[]) => string | undefined | null): Judge =>
    (result, { op }) =>
      op === 'verify' && isObject(result) ? judge(result, checksOf(result)) : null

  return new Map<string, Judge>([
    [
      'twelve_checks_in_order',
      ofVerdict((_, checks) =>
        checks.length === NAMES.length && checks.every(({ check }, index) => check === NAMES[index])
          ? undefined
          : 'the checks are not the twelve in their order',
      ),
    ],
    [
      'pass_compares_something',
      ofVerdict((_, checks) => {
        const passed = checks.filter(({ result }) => result === 'pass')
        if (passed.length === 0) return null
        const empty = passed.find(({ compared }) => !(Number.isSafeInteger(compared) && (compared as number) >= 1))
        return (
          empty && `${showValue(empty.check)} passes with ${showValue(empty.compared)} in compared, expected 1 or more`
        )
      }),
    ],
    ['first_failure_explained', ofVerdict(explainsFirstFailure)],
    [
      'verdict_is_valid',
      ofVerdict((verdict) => {
        const faults = schemas.faults('verdict.json', verdict)
        return faults.length === 0 ? undefined : 'the verdict is not valid against schemas/verdict.json'
      }),
    ],
    [
      'nothing_private',
      (result, { op, input }) => {
        if (op !== 'verify' && op !== 'semantics') return null
        const hidden = privateTexts(input)
        if (hidden.size === 0) return null
        return repeats(result, hidden) ? 'the value of a private member or a salt is quoted' : undefined
      },
    ],
  ])
}

const explainsFirstFailure = (verdict: JsonObject, checks: readonly JsonObject[]): string | undefined | null => {
  const failed = checks.find(({ result }) => result === 'fail')
  if (failed === undefined)
    return verdict.first_failure === undefined ? null : 'a first failure is named, and no check failed'
  if (verdict.first_failure !== failed.check)
    return `the first failure is ${showValue(failed.check)}, and ${showValue(verdict.first_failure)} is named`
  const missing = ['code', 'path', 'expected', 'found'].filter((name) => typeof failed[name] !== 'string')
  if (missing.length > 0) return `the failure of ${showValue(failed.check)} has no ${missing.join(' and no ')}`
  const texts = [failed.expected as string, failed.found as string]
  return texts.every((text) => text !== '' && text.length <= MOST_TEXT && !HARMFUL.test(text))
    ? undefined
    : 'what was expected or found is empty, longer than 200 characters or not escaped'
}

const checksOf = ({ checks }: JsonObject): readonly JsonObject[] =>
  Array.isArray(checks) ? (checks as readonly Json[]).map((check) => (isObject(check) ? check : {})) : []
