import { digest } from '@agent-run/core'
import type { ContentRef, Cost, SideEffect, Step } from '@agent-run/types'
import type { Context } from './context.ts'
import { mendCost } from './mend-cost.ts'
import { mendStep } from './mend-step.ts'
import { priceCost } from './price-cost.ts'
import { keepReferences } from './references.ts'
import type { StepMembers } from './run-start.ts'
import { keepValid } from './valid.ts'

/** What a caller said of a step, as it was when it was said: copied, cut, without secrets. */
export type Said = Partial<Step>

/** Members that nobody but the recorder says, also where types are not checked. */
const reserved = new Set([
  ...['id', 'type', 'seq', 'started_at', 'ended_at', 'duration_ms'],
  ...['arguments_hash', 'salt', 'private_hash', 'success', 'tokens_used', 'arguments', 'show', 'read', 'ask', 'until'],
])

/** Takes over what a caller says: whatever becomes of its objects later, the record has what they were now. */
export function take({ cleaner }: Context, members: StepMembers): Said {
  const { input, output, input_preview, output_preview, error, ...rest } = members
  // null is how 0.1 said that something is not known; absence says it now.
  const others = Object.entries(rest).filter(([name, value]) => value !== null && !reserved.has(name))
  const previews = {
    input_preview: cleaner.preview(input_preview ?? input),
    output_preview: cleaner.preview(output_preview ?? output),
    error: typeof error === 'string' ? cleaner.short(error) : undefined,
  }
  return {
    ...(cleaner.value(Object.fromEntries(others)) as Said),
    ...Object.fromEntries(Object.entries(previews).filter(([, value]) => value !== undefined)),
  }
}

/** What a step is made of: what the recorder knows of it, and what its caller said. */
export interface StepContent {
  readonly own: Pick<Step, 'id' | 'type' | 'started_at' | 'status'> & Pick<Partial<Step>, 'ended_at'>
  readonly measured: { readonly [name in 'seq' | 'duration_ms']: number | undefined }
  readonly argumentsHash: string | undefined
  /** What the recorder itself found out about the approval of the step. */
  readonly approval: Step['approval']
  readonly said: Said
  readonly effects: readonly SideEffect[]
  readonly artifactIds: readonly string[]
}

/** The step as a record holds it, valid. Its private members are not protected yet. */
export function composeStep(context: Context, content: StepContent): Step | undefined {
  const { own, measured, argumentsHash, approval, effects, artifactIds } = content
  const { status: _, side_effects, artifact_ids, cost, ...said } = content.said
  const everyEffect = effectsOf([...listOf(side_effects).filter(isEffect), ...effects], own.status)
  const everyArtifact = [...new Set([...listOf(artifact_ids), ...artifactIds])]
  const ownedCost = ownCost(cost, { ...said, ...own }, context)
  const step: Step = {
    ...own,
    ...said,
    ...Object.fromEntries(Object.entries(measured).filter(([, value]) => value !== undefined)),
    ...(argumentsHash === undefined ? {} : { arguments_hash: argumentsHash }),
    ...(approval === undefined ? {} : { approval }),
    ...(everyEffect.length === 0 ? {} : { side_effects: everyEffect }),
    ...(everyArtifact.length === 0 ? {} : { artifact_ids: everyArtifact }),
    ...(ownedCost === undefined ? {} : { cost: ownedCost }),
  }
  const valid = keepValid('step', step, context.faults)
  return valid && mendStep(keepReferences(valid, context), context, approval !== undefined)
}

const listOf = <T>(list: readonly T[] | undefined): readonly T[] => (Array.isArray(list) ? list : [])

const isEffect = (value: unknown): value is SideEffect => typeof value === 'object' && value !== null

/** Effects of a step that did not run are only declared; `none` stands alone (AR-STEP-008, AR-STEP-009). */
const effectsOf = (effects: readonly SideEffect[], status: Step['status']): SideEffect[] => {
  const real = effects.filter(({ kind }) => kind !== 'none')
  const kept = real.length > 0 ? real : effects.slice(0, 1)
  const notRun = status === 'denied' || status === 'skipped'
  return kept.map((effect) => ({ ...effect, basis: notRun ? 'declared' : (effect.basis ?? 'declared') }))
}

/** A cost that adds up. Token usage stands on model calls and nowhere else (AR-COST-002). */
const ownCost = (given: Cost | undefined, step: Step, context: Context): Cost | undefined => {
  const { faults } = context
  if (given === undefined) return undefined
  const valid = keepValid('cost', given, faults)
  const cost = valid && mendCost(valid, faults)
  if (cost === undefined) return undefined
  if (step.type === 'model_call') return priceCost(cost, step, context)
  const { cost_usd, amount, unit, price_basis, price_source } = cost
  const tokens = [cost.input_tokens, cost.output_tokens, cost.cache_read_tokens, cost.total_tokens]
  if (tokens.some((count) => typeof count === 'number' && count > 0))
    faults.report('recorder.member_refused', 'tokens are counted on model calls; those of another step are left out')
  const money = Object.entries({ cost_usd, amount, unit, price_basis, price_source })
  const known = money.filter(([, value]) => value !== undefined)
  return known.length === 0 ? undefined : { input_tokens: null, output_tokens: null, ...Object.fromEntries(known) }
}

/** A reference to content: as given, or digest and size of the content itself. */
export const contentRef = (content: Uint8Array | string | ContentRef | undefined): ContentRef | undefined => {
  if (content === undefined || (typeof content === 'object' && !ArrayBuffer.isView(content))) return content
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content
  return { digest: digest(bytes), size: bytes.length }
}
