import type { AgentRun } from '@agent-run/types'
import { addCosts, isKnown, unknownCost } from '../../conversion/cost.ts'
import { createKeeper } from '../../conversion/extra.ts'
import { finishRun } from '../../conversion/finish-run.ts'
import { asArray, asObject, asString, type Json } from '../../conversion/json.ts'
import type { ParentRun } from '../../conversion/lineage.ts'
import { RunDraft } from '../../conversion/run-draft.ts'
import { Turns } from '../../conversion/turns.ts'
import { createPreviewer } from '../../preview/index.ts'
import type { PriceList } from '../../prices/price-list.ts'
import { about } from './about.ts'
import { type Delegate, stepsOf } from './children.ts'
import { readMembers } from './members.ts'
import { type Reading, readStep } from './read-step.ts'
import { holds, readCost } from './usage.ts'

/** What decides how a trajectory becomes a run, besides its content. */
export interface ImportSettings {
  /** Id of the run. */
  readonly id: string
  readonly redact: boolean
  readonly digest?: string | undefined
  readonly parent?: ParentRun | undefined
  readonly prices?: PriceList | undefined
  /** The trajectory that a reference means. */
  readonly resolve?: ((ref: Json) => Delegate | undefined) | undefined
}

/** A trajectory as a run. */
export interface Imported {
  readonly run: AgentRun
  /** Ids of steps by their place in the source: `<number of the step>/<slot>`. */
  readonly slots: ReadonlyMap<string, string>
  /** Steps that hand work over to other trajectories that were given. */
  readonly handoffs: ReadonlyMap<Delegate, string>
  /** What became of each step of the source, in order. */
  readonly fates: readonly StepFate[]
  readonly contradictions: number
}

/** What became of a step of a trajectory. */
export type StepFate = 'mapped' | 'copied' | 'empty' | 'malformed'

/** Makes a run of what the members of ATIF say; `extra.agent_run` is left aside. Pure; never throws for content. */
export function importTrajectory(json: Json, settings: ImportSettings): Imported {
  const previewer = createPreviewer(settings.redact)
  const keeper = createKeeper(settings.redact)
  const run = new RunDraft(settings.id, previewer)
  Object.assign(run.members, readMembers(json, previewer, keeper))
  const reading: Reading = {
    run,
    keeper,
    hasModel: run.members.model !== undefined,
    resolve: settings.resolve ?? (() => undefined),
    slots: new Map(),
    callIds: new Set(),
    handoffs: new Map(),
    turns: new Turns(run),
    hasZonelessTime: false,
    asked: undefined,
    answered: undefined,
    isOver: false,
  }
  const fates = stepsOf(json).map((step, index): StepFate => {
    if (!step || !['user', 'agent', 'system'].includes(asString(step.source) ?? '')) return 'malformed'
    if (step.is_copied_context === true) return 'copied'
    return readStep(reading, step, index + 1) ? 'mapped' : 'empty'
  })
  say(reading, settings.parent)
  const finished = finishRun(run, {
    status: reading.isOver ? 'completed' : 'unknown',
    about,
    cost: costOf(json, run),
    formatVersion: asString(json.schema_version),
    digest: settings.digest,
    parent: settings.parent,
    prices: settings.prices,
    times: reading.hasZonelessTime ? 'inferred' : undefined,
  })
  return {
    run: finished,
    slots: new Map([...reading.slots].map(([place, { step }]) => [place, step.id])),
    handoffs: new Map([...reading.handoffs].map(([target, { step }]) => [target, step.id])),
    fates,
    contradictions: run.contradictions,
  }
}

function say({ run, turns, asked, answered }: Reading, parent: ParentRun | undefined): void {
  if (asked) run.members.input_preview = asked
  if (answered) run.members.output_preview = answered
  if (parent) {
    run.members.trigger = 'agent'
    turns.inherit(parent.handoff.turn_id ?? parent.run.turn_id)
  } else turns.settle()
}

/** The sums of a trajectory count if they hold those of its steps, and no sub-agent is in them. */
function costOf(json: Json, { drafts }: RunDraft) {
  const final = readCost(asObject(json.final_metrics), 'total_')
  const hasSubAgents =
    drafts.some(({ step }) => step.type === 'handoff') || (asArray(json.subagent_trajectories)?.length ?? 0) > 0
  if (!final || hasSubAgents) return undefined
  const sum = addCosts(drafts.flatMap(({ step }) => (step.type === 'model_call' ? [step.cost ?? unknownCost] : [])))
  if (!isKnown(sum)) return final
  if (!holds(final, sum)) return undefined
  const { model, by_model, ...own } = sum
  const isWhole = own.input_tokens === final.input_tokens && own.output_tokens === final.output_tokens
  return { ...final, ...(model ? { model } : {}), ...(isWhole && by_model ? { by_model } : {}) }
}
