import { type JsonObject, textOf } from '../../semantics/object.ts'
import type { VerifyContext } from '../context.ts'
import type { ApprovedStep, EventPlace } from './gather.ts'

/**
 * What a journal says about a decision and a step: `early` if the decision stands before the step's beginning, `late` if
 * it stands after its end, `undefined` if neither line says so. A step.started may be written while the decision is
 * waited for.
 */
export type OrderInJournal = (decision: EventPlace, step: ApprovedStep) => 'early' | 'late' | undefined

/**
 * The order of a journal's lines, in which things happened (AR-APPR-032). Only a journal that holds and that is bound to
 * the record speaks: anybody can write one. Its lines then are the events of the record, in their order.
 */
export const orderInJournal = (context: VerifyContext): OrderInJournal => {
  const { lines } = context.boundJournal ?? {}
  if (lines === undefined) return () => undefined
  const started = new Map<string, number>()
  const ended = new Map<string, number>()
  const decided: number[] = []
  for (const [place, { type, data }] of lines.entries()) {
    if (type === 'step.started') note(started, data, place)
    else if (type === 'step.ended') note(ended, data, place)
    else if (type === 'approval') decided.push(place)
  }
  return ({ index }, { id = '' }) => {
    const at = decided[index]
    if (at === undefined) return undefined
    if ((ended.get(id) ?? lines.length) < at) return 'late'
    return at < (started.get(id) ?? -1) ? 'early' : undefined
  }
}

const note = (places: Map<string, number>, step: JsonObject, place: number): void => {
  const id = textOf(step, 'id')
  if (id !== undefined && !places.has(id)) places.set(id, place)
}
