import {
  createEffectCount,
  describeApproval,
  describeArtifact,
  describeDecision,
  describeStep,
  type Fact,
  type JournalState,
  joinPrivate,
  type PrivateLine,
  privateKinds,
  type TakenLine,
} from '@agent-run/core'
import type { ApprovalEvent, Artifact, Cost, PolicyDecision, RunSummary, Step } from '@agent-run/types'

/** What is kept of a live run besides its lines. */
export interface LiveState extends JournalState {
  /** Whether a line has said what the run cost; until then it is the sum of its steps. */
  readonly cost_given: boolean
  /** Octets of all lines, line feeds included. */
  readonly octets: number
}

/** What some more lines change in the summary and the facts of a live run. */
export interface Increment {
  readonly summary: RunSummary
  readonly addFacts: readonly Fact[]
  readonly dropFacts: readonly Pick<Fact, 'kind' | 'value'>[]
  readonly costGiven: boolean
}

/**
 * Members that `run.updated` may change without anything being asked of the whole run anew: those that no summary shows and
 * no fact rests on, and those whose change is simple.
 */
const LIGHT: ReadonlySet<string> = new Set([
  'status',
  'outcome',
  'ended_at',
  'duration_ms',
  'cost',
  'input_preview',
  'output_preview',
  'input_refs',
  'output_refs',
  'intent',
  'private_hash',
  'metadata',
  'job_id',
  'links',
  'agent_role',
  'runtime_version',
  'provider',
  'model_config',
  'prompt_version',
  'permissions',
  'sandbox',
  'policies',
  'git_branch',
  'git_commit',
  'setup',
  'checkpoints',
  'recovery',
])
const WRONG = new Set(['failed', 'timeout'])

/**
 * What lines add to a live run, in time that grows with them and not with the run. Undefined where they change something
 * that facts of the whole run rest on, such as the model: then it is described anew.
 * @param lines chained and private ones in their order; a private one belongs to the chained one before it
 * @param known how many of the first lines are stored and described already: they are here for the private ones after them
 */
export const incrementOf = (
  before: { readonly summary: RunSummary; readonly state: LiveState },
  lines: readonly TakenLine[],
  known = 0,
): Increment | undefined => {
  const draft = createDraft(before.summary, before.state)
  const privates = privatesByLine(lines)
  if (privates === undefined) return undefined
  for (const [number, { line }] of lines.entries()) {
    if (line === undefined) continue
    const own = privates.get(number)
    if (number < known && own === undefined) continue
    const kind = privateKinds.get(line.type)
    const data = kind === undefined || own === undefined ? line.data : joinPrivate(kind, line.data, own)
    // What a stored line says has been counted; only what became known of it now is new.
    if (number < known) {
      // What becomes known of the run itself, such as its error, is no fact of one line.
      if (line.type.startsWith('run.')) return undefined
      draft.addFactsOf(line.type, data)
    } else if (!draft.add(line.type, data)) return undefined
  }
  return draft.finish()
}

/** The private lines of each chained one, by its number; undefined if one belongs to a line that is not here. */
const privatesByLine = (
  lines: readonly TakenLine[],
): ReadonlyMap<number, ReadonlyMap<string, PrivateLine>> | undefined => {
  const announced = new Map<string, number>()
  const found = new Map<number, Map<string, PrivateLine>>()
  for (const [number, taken] of lines.entries()) {
    for (const hash of taken.privateHashes) announced.set(hash, number)
    if (taken.private === undefined) continue
    const owner = announced.get(taken.private.private)
    if (owner === undefined) return undefined
    const own = found.get(owner) ?? new Map<string, PrivateLine>()
    found.set(owner, own.set(taken.private.private, taken.private))
  }
  return found
}

const createDraft = (given: RunSummary, state: LiveState) => {
  const summary = { ...given }
  const effects = createEffectCount(given.effects)
  const addFacts = new Map<string, Fact>()
  const dropFacts: Pick<Fact, 'kind' | 'value'>[] = []
  let costGiven = state.cost_given

  const addFact = ({ kind, value }: Fact): void => {
    addFacts.set(`${kind} ${value}`, { kind, value })
  }
  const replaceFact = (kind: 'status' | 'outcome', old: string | undefined, value: string | undefined): void => {
    if (old === value) return
    if (old !== undefined) {
      addFacts.delete(`${kind} ${old}`)
      dropFacts.push({ kind, value: old })
    }
    if (value !== undefined) addFact({ kind, value })
  }
  const changeStatus = (status: RunSummary['status']): void => {
    replaceFact('status', summary.status, status)
    summary.status = status
    if (WRONG.has(status)) addFact({ kind: 'has_error', value: 'true' })
  }

  const factsOf = (type: string, data: unknown): readonly Fact[] => {
    if (type === 'step.ended') return describeStep(data as Step)
    if (type === 'approval') return describeApproval(data as ApprovalEvent)
    if (type === 'policy_decision') return describeDecision(data as PolicyDecision)
    return type === 'artifact' ? describeArtifact(data as Artifact) : []
  }

  /** False if the run has to be described anew. */
  const addStep = (step: Step): boolean => {
    effects.add(step)
    summary.steps_count++
    if (costGiven || !step.cost) return true
    const sum = sumOf(summary.cost, step.cost, summary.steps_count === 1)
    if (sum !== undefined) summary.cost = sum
    return sum !== undefined
  }

  /** False if the run has to be described anew. */
  const update = (patch: Readonly<Record<string, unknown>>): boolean => {
    if (Object.keys(patch).some((name) => !LIGHT.has(name))) return false
    const { status, outcome, ended_at, duration_ms, cost } = patch as Partial<RunSummary>
    if (status !== undefined) {
      if (WRONG.has(summary.status)) return false
      changeStatus(status)
    }
    if (outcome !== undefined) {
      replaceFact('outcome', summary.outcome, outcome ?? undefined)
      setOrRemove(summary, 'outcome', outcome)
    }
    if (ended_at !== undefined) setOrRemove(summary, 'ended_at', ended_at)
    if (duration_ms !== undefined) setOrRemove(summary, 'duration_ms', duration_ms)
    if (cost !== undefined) {
      costGiven = true
      summary.cost = shownCost(cost)
    }
    return true
  }

  return {
    add(type: string, data: Readonly<Record<string, unknown>>): boolean {
      for (const fact of factsOf(type, data)) addFact(fact)
      if (type === 'step.ended') return addStep(data as unknown as Step)
      if (type === 'run.updated') return update(data)
      if (type === 'run.paused' || type === 'run.resumed') {
        // A run that had failed goes on: whether it still has an error, its steps say.
        if (WRONG.has(summary.status)) return false
        changeStatus(type === 'run.paused' ? 'paused' : 'running')
        if (type === 'run.paused') return true
        delete summary.ended_at
        delete summary.duration_ms
      }
      return type !== 'run.started' && type !== 'run.sealed'
    },
    addFactsOf(type: string, data: unknown): void {
      for (const fact of factsOf(type, data)) addFact(fact)
    },
    finish(): Increment {
      const counts = effects.counts()
      if (Object.keys(counts).length > 0) summary.effects = counts
      return { summary, addFacts: [...addFacts.values()], dropFacts, costGiven }
    },
  }
}

const setOrRemove = <Name extends 'outcome' | 'ended_at' | 'duration_ms'>(
  summary: RunSummary,
  name: Name,
  value: RunSummary[Name] | null,
): void => {
  if (value === null || value === undefined) delete summary[name]
  else summary[name] = value
}

/**
 * A sum as the fold makes it (AR-COST-010): what nobody says is unknown, and so is what no record could hold. Of a total
 * that is unknown after some steps only these can tell which of the two it is: then there is no sum.
 */
const sumOf = (total: Cost | undefined, cost: Cost, isFirst: boolean): Cost | undefined => {
  const isMissing = (name: 'input_tokens' | 'output_tokens' | 'cost_usd'): boolean =>
    !isFirst && typeof total?.[name] !== 'number' && typeof cost[name] === 'number'
  if (isMissing('input_tokens') || isMissing('output_tokens') || isMissing('cost_usd')) return undefined
  const input_tokens = plus(total?.input_tokens ?? null, cost.input_tokens)
  const output_tokens = plus(total?.output_tokens ?? null, cost.output_tokens)
  const cost_usd = plus(total?.cost_usd ?? null, cost.cost_usd)
  return { input_tokens, output_tokens, ...(cost_usd === null ? {} : { cost_usd }) }
}

const plus = (a: number | null, b: number | null | undefined): number | null => {
  if (typeof b !== 'number') return a
  const sum = (a ?? 0) + b
  return sum > Number.MAX_SAFE_INTEGER ? null : sum
}

const shownCost = ({ input_tokens, output_tokens, cost_usd, amount, unit }: Cost): Cost => ({
  input_tokens,
  output_tokens,
  ...(typeof cost_usd === 'number' ? { cost_usd } : {}),
  ...(amount === undefined ? {} : { amount }),
  ...(unit === undefined ? {} : { unit }),
})
