import type { Verdict } from '@agent-run/types'

/** What a receipt says about proof: the verdict in a few words a rung, and who is behind the seal. */
export interface Proof {
  readonly rungs: readonly Rung[]
  /** `signed`: sealed by a key, and nothing was changed since. `hashed`: sealed without a key. `broken`: not what was sealed. */
  readonly seal: 'signed' | 'hashed' | 'broken' | 'none'
  /** Whether a person's decisions are proven, for those who gave a trust file. */
  readonly hasProvenDecisions: boolean
}

/** One rung of the ladder. */
export interface Rung {
  readonly check: Verdict['checks'][number]['check']
  readonly result: Verdict['checks'][number]['result']
  /** A few words for people. */
  readonly detail: string
}

type Words = Partial<Record<Rung['result'], string | ((check: Verdict['checks'][number]) => string)>>

/** What stands on the rungs. A check without words for its result is left out: most records have no lineage to speak of. */
const words: Readonly<Record<Rung['check'], Words>> = {
  schema: { pass: 'schema', fail: (check) => `schema: ${errors(check)}` },
  semantics: {
    pass: (check) => `semantic rules${warnings(check)}`,
    fail: (check) => `semantic rules: ${errors(check)}`,
    skipped: 'semantic rules, not checked: the schema comes first',
  },
  run_hash: {
    pass: 'run_hash recomputed',
    fail: 'run_hash does not match the configuration',
    unknown: ({ code }) =>
      code === 'run_hash.legacy'
        ? 'run_hash of 0.1, which proves nothing'
        : 'run_hash is not of the form that can be recomputed',
  },
  steps: {
    pass: ({ detail }) =>
      detail.replace(/ lea(f|ves) → root .*/, (_, one) => ` ${one === 'f' ? 'step' : 'steps'} in the tree`),
    fail: ({ detail }) => detail,
    absent: 'no step tree',
  },
  record: {
    pass: 'record as it was sealed',
    fail: ({ detail }) => detail,
    absent: 'not sealed',
  },
  signature: {
    pass: 'signature',
    fail: ({ detail }) => detail,
    absent: 'not signed',
    unknown: 'a signature of 0.1, which says nothing',
  },
  signer: { fail: ({ detail }) => detail },
  approvals: {
    pass: 'approvals by people you trust',
    fail: ({ detail }) => detail,
    unknown: 'approvals only claimed',
  },
  lineage: {
    pass: 'parents and children agree',
    fail: 'parents and children contradict each other',
    unknown: 'parents and children not given',
  },
  journal: { pass: 'journal', fail: ({ detail }) => detail, unknown: 'journal not given' },
  evals: { pass: 'eval by somebody you trust', fail: ({ detail }) => detail, unknown: 'eval only claimed' },
  erasures: { pass: 'erasures attested', fail: ({ detail }) => detail, unknown: 'erasures that nobody answers for' },
}

/** The proof ladder of a verdict. */
export function proofOf(verdict: Verdict): Proof {
  const result = (name: Rung['check']): Rung['result'] | undefined =>
    verdict.checks.find(({ check }) => check === name)?.result
  const rungs = verdict.checks.map(asShown).flatMap((check): Rung[] => {
    const said = check.check === 'signer' ? signerWords(verdict, check) : words[check.check][check.result]
    if (said === undefined) return []
    return [{ check: check.check, result: check.result, detail: typeof said === 'string' ? said : said(check) }]
  })
  return {
    rungs,
    seal: sealOf(result, verdict.completeness.state === 'sealed'),
    hasProvenDecisions: result('approvals') === 'pass',
  }
}

/** A record without a hash holds against its journal; that is no tick before the words that nothing seals it. */
const asShown = (check: Verdict['checks'][number]): Verdict['checks'][number] =>
  check.check === 'record' && check.result === 'pass' && !check.detail.startsWith('sha256:')
    ? { ...check, result: 'absent' }
    : check

const sealOf = (result: (name: Rung['check']) => Rung['result'] | undefined, isSealed: boolean): Proof['seal'] => {
  if ((['steps', 'record', 'signature'] as const).some((name) => result(name) === 'fail')) return 'broken'
  if (!isSealed) return 'none'
  return result('signature') === 'pass' ? 'signed' : 'hashed'
}

const signerWords = (verdict: Verdict, check: Verdict['checks'][number]): string | undefined => {
  if (check.result === 'pass') return `signed by ${verdict.by}`
  if (verdict.self_asserted) return 'whose key it is: not known here'
  return check.result === 'fail' || check.result === 'unknown' ? check.detail : undefined
}

const errors = ({ findings = [] }: Verdict['checks'][number]): string => {
  const number = findings.filter(({ severity }) => severity === 'error').length
  return `${number} ${number === 1 ? 'error' : 'errors'}`
}

const warnings = ({ findings = [] }: Verdict['checks'][number]): string =>
  findings.length === 0 ? '' : ` (${findings.length} ${findings.length === 1 ? 'warning' : 'warnings'})`
