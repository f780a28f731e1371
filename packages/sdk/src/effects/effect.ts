import type { SideEffect } from '@agent-run/types'

/** A side effect as it is read off a call: everything but how it is known (`basis`), which the caller adds. */
export type Effect = Pick<SideEffect, 'kind' | 'operation' | 'target_kind' | 'target' | 'reversible'>

/** Most effects that one call is given; a call with more keeps the first ones. */
const most = 64

/**
 * Removes repetitions, and effects of kind `none` unless nothing else is left (AR-STEP-009).
 * An empty list becomes one effect of kind `none`.
 */
export function distinct(effects: readonly Effect[]): Effect[] {
  const seen = new Map<string, Effect>()
  for (const effect of effects) {
    if (effect.kind === 'none' || seen.size >= most) continue
    const { kind, target_kind, target = '', operation } = effect
    const key = `${kind} ${target_kind} ${target.length} ${target} ${operation}`
    if (!seen.has(key)) seen.set(key, effect)
  }
  return seen.size > 0 ? [...seen.values()] : [{ kind: 'none' }]
}

/** An effect with only the members that are known. */
export function effect(
  kind: Effect['kind'],
  targetKind?: Effect['target_kind'],
  target?: string,
  reversible?: Effect['reversible'],
): Effect {
  return {
    kind,
    ...(targetKind === undefined ? {} : { target_kind: targetKind }),
    ...(target === undefined || target === '' ? {} : { target }),
    ...(reversible === undefined ? {} : { reversible }),
  }
}

/** The effect with what was done, in the words of the tool, unless it says so already. */
export function doing(operation: string, effect: Effect): Effect {
  return effect.operation === undefined && effect.kind !== 'none' ? { ...effect, operation } : effect
}
