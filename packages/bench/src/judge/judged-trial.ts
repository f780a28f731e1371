import { verify } from '@agent-run/core'
import type { AgentRun, Trust, Verdict } from '@agent-run/types'
import type { JudgeOptions, TrialEvidence, TrialRecord } from '../trial.ts'
import { type Content, type FolderView, viewFolder } from './folder-view.ts'

/** A trial as its rules look at it. What costs time is looked up once. */
export interface JudgedTrial {
  readonly evidence: TrialEvidence
  readonly options: JudgeOptions
  readonly workspace: FolderView
  /** The run that is judged; undefined if no valid record of it arrived. */
  readonly run: AgentRun | undefined
  /** That run, then every other run of the trial, each id once; none where the run is not known. */
  readonly runs: readonly AgentRun[]
  /** What a verifier says about the record of the run. */
  readonly verdict: Verdict | undefined
  /** What the agent answered: the file `answer.txt`, `answer.md` or `answer.json` of the output folder, else standard output. */
  answer(): Promise<Content<string>>
}

const ANSWERS = ['answer.txt', 'answer.md', 'answer.json'] as const

/** Prepares a trial for its rules. */
export function openTrial(evidence: TrialEvidence, options: JudgeOptions): JudgedTrial {
  const { root, related } = evidence
  const workspace = viewFolder(evidence.workspace)
  const output = viewFolder(evidence.output)
  let verdict: Verdict | undefined
  return {
    evidence,
    options,
    workspace,
    run: root && runOf(root),
    runs: root === undefined ? [] : distinct([root, ...related].map(runOf)),
    get verdict() {
      if (root !== undefined) verdict ??= verdictOf(root, related, options)
      return verdict
    },
    async answer() {
      for (const name of ANSWERS) if ((await output.entry(name)) !== undefined) return output.text(name)
      return { value: streamText(evidence.stdout.octets) }
    },
  }
}

/** What a stream said, as text: UTF-8, with what is none replaced. */
export const streamText = (octets: Uint8Array): string => new TextDecoder().decode(octets)

const runOf = ({ valid }: TrialRecord): AgentRun => valid.value

const distinct = (runs: readonly AgentRun[]): AgentRun[] => {
  const known = new Set<string>()
  return runs.filter(({ id }) => !known.has(id) && known.add(id))
}

const verdictOf = (
  root: TrialRecord,
  related: readonly TrialRecord[],
  { trust, now }: Pick<JudgeOptions, 'trust' | 'now'>,
): Verdict =>
  verify(root.octets, {
    level: 'recorded',
    now,
    related: related.map(runOf),
    ...(trust === undefined ? {} : { trust: takenAtItsWord(trust, runOf(root)) }),
    ...(root.journal === undefined ? {} : { journal: root.journal }),
  })

/**
 * The trust that a record is verified with. Where the trust file names no runtime and no recorder, nobody has said whose key the
 * runtime's should be, and the one who runs the bench has started it: then the key of the record is taken at its word.
 * `accountable` then says that the record accounts for every action, not who answers for it. A key that stands in the file,
 * such as the approver's, keeps its roles.
 */
const takenAtItsWord = (trust: Trust, { provenance }: AgentRun): Trust => {
  const { signed_by: key } = provenance
  const isNamed = trust.keys.some(({ roles }) => roles.includes('runtime') || roles.includes('recorder'))
  if (typeof key !== 'string' || isNamed || trust.keys.some((entry) => entry.key === key)) return trust
  return { ...trust, keys: [...trust.keys, { key, identity: 'runtime under test', roles: ['recorder'] }] }
}
