import type { Verdict as ProofVerdict } from '@agent-run/types'
import { type Effects, effectsOf } from './changes.ts'
import { type Consumption, consumptionOf } from './consumption.ts'
import { type Decisions, decisionsOf } from './decisions.ts'
import { has, type Loose, listAt, numberAt, objectAt, textAt, textsAt } from './loose.ts'
import { type Proof, proofOf } from './proof.ts'
import { resultOf, type StepName, statusOf, stepName, wentWrong } from './steps.ts'
import { type Verdict, verdictOf } from './verdict.ts'

/** Everything a receipt says, before it is put into words. Texts are as recorded, not yet safe to print. */
export interface Facts {
  readonly verdict: Verdict
  readonly effects: Effects
  /** Steps that went wrong, in order. */
  readonly trouble: (StepName & {
    readonly result: string
    readonly errorType: string | undefined
    readonly error: string | undefined
  })[]
  readonly decisions: Decisions
  readonly given: Given
  /** Runs that work was handed to. */
  readonly delegated: { readonly to: string; readonly run: string | undefined; readonly status: string | undefined }[]
  readonly artifacts: ArtifactFact[]
  readonly evidence: {
    readonly kind: string
    readonly name: string | undefined
    readonly result: string | undefined
    readonly ref: string | undefined
  }[]
  readonly evaluation:
    | {
        readonly pass: boolean
        readonly score: number | undefined
        readonly by: string | undefined
        readonly detail: string | undefined
      }
    | undefined
  readonly consumption: Consumption
  readonly recovery: {
    readonly action: string
    readonly state: string
    readonly how: string | undefined
    readonly owner: string | undefined
  }[]
  readonly checkpoints: { readonly when: string; readonly kind: string | undefined; readonly ref: string | undefined }[]
  readonly proof: Proof
  /** Where a converted record came from; undefined: the runtime wrote it itself. */
  readonly source: SourceFact | undefined
  /** The last good run before one that went wrong, where it is shown together with it. */
  readonly lastGood?: LastGoodFact
  readonly stepCount: number
  /** The steps by type, in words: `12 tool calls, 9 model calls`. */
  readonly stepWords: string
}

/** The run to compare a run with. */
export interface LastGoodFact {
  readonly run: string
  readonly criterion: 'baseline' | 'task' | 'benchmark' | 'repository'
  /** How many differences there are; undefined: nobody counted. */
  readonly differences: number | undefined
}

/** What a run was given. */
export interface Given {
  readonly tools: string[]
  readonly mcpServers: string[]
  readonly skills: string[]
  readonly sandbox: string | undefined
  readonly network: string | undefined
  readonly approvalMode: string | undefined
  readonly policies: string[]
  readonly repository: string | undefined
  readonly root: string | undefined
  readonly branch: string | undefined
  readonly commit: string | undefined
  readonly dirty: boolean | undefined
}

/** A thing a run produced or removed. */
export interface ArtifactFact {
  readonly name: string
  readonly action: string | undefined
  readonly size: number | undefined
  readonly digest: string | undefined
  /** Number of the step, from 1. */
  readonly step: number | undefined
}

/** Where a converted record came from. */
export interface SourceFact {
  readonly format: string
  readonly adapter: string | undefined
  readonly digest: string | undefined
  readonly range: string | undefined
  readonly times: string | undefined
}

/** Reads a record as a receipt needs it. The record may be invalid. */
export function factsOf(run: Loose, checked: ProofVerdict): Facts {
  const steps = listAt(run, 'steps')
  const numbers = new Map(steps.map((step, index) => [step['id'], index + 1]))
  const evaluation = objectAt(run, 'eval')
  return {
    verdict: verdictOf(run),
    effects: effectsOf(run),
    trouble: steps.flatMap((step, index) =>
      wentWrong(step)
        ? [
            {
              ...stepName(step, index + 1),
              result: resultOf(step) || (statusOf(step) ?? 'failed'),
              errorType: textAt(step, 'error_type'),
              error: textAt(step, 'error'),
            },
          ]
        : [],
    ),
    decisions: decisionsOf(run),
    given: givenOf(run),
    delegated: delegatedBy(steps),
    artifacts: listAt(run, 'artifacts').map((artifact) => ({
      name: textAt(artifact, 'name') ?? textAt(artifact, 'id') ?? 'name not recorded',
      action: textAt(artifact, 'action'),
      size: numberAt(objectAt(artifact, 'content'), 'size'),
      digest: textAt(objectAt(artifact, 'content'), 'digest'),
      step: numbers.get(artifact['step_id']),
    })),
    evidence: listAt(run, 'evidence').map((each) => ({
      kind: textAt(each, 'kind') ?? 'evidence',
      name: textAt(each, 'name'),
      result: textAt(each, 'result'),
      ref: textAt(each, 'ref'),
    })),
    evaluation: has(evaluation, 'pass')
      ? {
          pass: evaluation['pass'] === true,
          score: numberAt(evaluation, 'score'),
          by: textAt(evaluation, 'evaluator'),
          detail: textAt(evaluation, 'detail'),
        }
      : undefined,
    consumption: consumptionOf(run),
    recovery: recoveryOf(objectAt(run, 'recovery')),
    checkpoints: listAt(run, 'checkpoints').map((each) => ({
      when: textAt(each, 'when') ?? 'during',
      kind: textAt(each, 'kind'),
      ref: textAt(each, 'ref'),
    })),
    proof: proofOf(checked),
    source: has(run, 'source') ? sourceOf(objectAt(run, 'source')) : undefined,
    stepCount: steps.length,
    stepWords: typeWords(steps),
  }
}

const typeWords = (steps: readonly Loose[]): string => {
  const types = new Map<string, number>()
  for (const step of steps) {
    const type = (textAt(step, 'type') ?? 'step').replaceAll('_', ' ')
    types.set(type, (types.get(type) ?? 0) + 1)
  }
  const sorted = [...types].sort(([, a], [, b]) => b - a)
  return sorted.map(([type, number]) => `${number} ${type}${number === 1 ? '' : 's'}`).join(', ') || 'no steps'
}

const givenOf = (run: Loose): Given => {
  const inventory = objectAt(run, 'inventory')
  const sandbox = objectAt(run, 'sandbox')
  const scope = objectAt(run, 'scope')
  const named = (list: string, version = 'version'): string[] =>
    listAt(inventory, list).map((each) => [textAt(each, 'name'), textAt(each, version)].filter(Boolean).join(' '))
  const offered = textsAt(run, 'tools_available')
  return {
    tools: offered.length > 0 ? offered : named('tools', ''),
    mcpServers: named('mcp_servers'),
    skills: named('skills'),
    sandbox: textAt(sandbox, 'kind'),
    network: textAt(sandbox, 'network'),
    approvalMode: textAt(objectAt(run, 'permissions'), 'approval_mode'),
    policies: listAt(run, 'policies').map((policy) =>
      [textAt(policy, 'id'), textAt(policy, 'version')].filter(Boolean).join(' '),
    ),
    repository: textAt(scope, 'repository'),
    root: textAt(scope, 'root'),
    branch: textAt(run, 'git_branch'),
    commit: textAt(run, 'git_commit'),
    dirty: typeof scope['dirty'] === 'boolean' ? scope['dirty'] : undefined,
  }
}

const delegatedBy = (steps: readonly Loose[]): Facts['delegated'] => {
  const results = steps.filter(({ type }) => type === 'handoff_result')
  return steps
    .filter(({ type }) => type === 'handoff')
    .map((step) => {
      const result = results.find((other) =>
        ['delegation_id', 'child_run_id'].some(
          (member) => textAt(step, member) !== undefined && step[member] === other[member],
        ),
      )
      return {
        to: textAt(step, 'agent_id') ?? 'an agent',
        run: textAt(step, 'child_run_id') ?? (result ? textAt(result, 'child_run_id') : undefined),
        status: statusOf(result ?? step),
      }
    })
}

const ACTIONS = ['rollback', 'retry', 'resume', 'replay', 'cleanup', 'stop', 'pause', 'uninstall']

const recoveryOf = (recovery: Loose): Facts['recovery'] =>
  ACTIONS.flatMap((action) => {
    const entry = objectAt(recovery, action)
    const state = textAt(entry, 'state')
    return state === undefined ? [] : [{ action, state, how: textAt(entry, 'how'), owner: textAt(entry, 'owner') }]
  })

const sourceOf = (source: Loose): SourceFact => {
  const range = objectAt(source, 'range')
  const [first, last] = [numberAt(range, 'first'), numberAt(range, 'last')]
  return {
    format: [textAt(source, 'format') ?? 'an unnamed format', textAt(source, 'format_version')]
      .filter(Boolean)
      .join(' '),
    adapter: [textAt(source, 'adapter'), textAt(source, 'adapter_version')].filter(Boolean).join(' ') || undefined,
    digest: textAt(source, 'digest'),
    range:
      first === undefined || last === undefined ? undefined : `${textAt(range, 'unit') ?? 'places'} ${first}–${last}`,
    times: textAt(source, 'times'),
  }
}
