import { canonicalize } from '../bytes/canonical.ts'
import { omit, sealHash } from '../bytes/covered.ts'
import { isObject, type Json, type JsonObject } from '../bytes/json.ts'
import { publicForm } from '../bytes/seal.ts'
import type { CheckInfo, Fault, Judgement } from '../record/index.ts'
import { isSealed } from './run-set.ts'
import { terminal } from './stub/runs.ts'

/** One state of a run that a runtime gave away: a record, or what the final lines of its journal say. */
export interface Version {
  readonly origin: string
  readonly value: JsonObject
}

/** Checks that hold several versions of one run against each other, which no single record shows. */
export const comparisonChecks: readonly CheckInfo[] = [
  {
    code: 'versions.step_changed',
    requirement: 'AR-STEP-016',
    capability: 'journal',
    summary: 'a step that has ended is the same in every later version of its run',
    severity: 'error',
  },
  {
    code: 'versions.seal_changed',
    requirement: 'AR-SEAL-016',
    capability: 'seal',
    summary: 'a sealed run is given away with one seal only, and with what that seal covers',
    severity: 'error',
  },
]

/** What these checks find in the versions of one run, oldest first. */
export const compareVersions = (
  versions: readonly Version[],
): Pick<Judgement, 'faults' | 'compared' | 'looked' | 'capabilities'> => {
  const faults: Fault[] = []
  const compared = new Set<string>()
  const report = ({ code, requirement, severity }: CheckInfo, path: string, message: string): void => {
    faults.push({ check: code, code, requirement, severity, path, message })
  }
  const [step, seal] = comparisonChecks as readonly [CheckInfo, CheckInfo]
  const final = new Map<string, string>()
  let sealed: string | undefined
  let content: string | undefined
  for (const { value } of versions) {
    for (const [index, each] of stepsOf(value).entries()) {
      const text = canonicalize(publicForm('step', each))
      const earlier = final.get(String(each.id))
      if (earlier !== undefined) {
        compared.add(step.code)
        if (earlier !== text) report(step, `/steps/${index}`, 'the step had ended, and is another one in this version')
      } else if (isFinal(each)) final.set(String(each.id), text)
    }
    if (!isSealed(value)) {
      if (sealed === undefined || !terminal.has(value.status)) continue
      if (contentOf(value) !== content)
        report(seal, '', 'the run was sealed before, and is finished here with another content and no seal')
      continue
    }
    compared.add(seal.code)
    const { record_hash } = value.provenance as JsonObject
    const found = sealHash('run', value)
    if (found !== record_hash) report(seal, '/provenance/record_hash', 'what the seal covers is not what was sealed')
    if (sealed !== undefined && sealed !== record_hash)
      report(seal, '/provenance/record_hash', 'the run was sealed before, with another content')
    sealed ??= String(record_hash)
    content ??= contentOf(value)
  }
  const looked = new Set(
    comparisonChecks.filter(({ code }) => compared.has(code)).map(({ requirement }) => requirement),
  )
  return { faults, compared, looked, capabilities: new Set() }
}

/** What a record says, without its seal and what is judged later. */
const contentOf = (record: JsonObject): string => canonicalize(omit(publicForm('run', record), 'provenance', 'eval'))

const OPEN = new Set<Json | undefined>(['pending', 'running'])

const isFinal = ({ ended_at, status }: JsonObject): boolean =>
  (typeof ended_at === 'string' || status !== undefined) && !OPEN.has(status)

const stepsOf = ({ steps }: JsonObject): readonly JsonObject[] => (Array.isArray(steps) ? steps.filter(isObject) : [])

/** The steps that a journal says have ended, as a version of its run. */
export const endedSteps = (lines: readonly JsonObject[], origin: string): Version => ({
  origin,
  value: { steps: lines.flatMap(({ type, data }) => (type === 'step.ended' && isObject(data) ? [data] : [])) },
})
