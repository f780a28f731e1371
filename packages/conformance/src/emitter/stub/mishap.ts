import { problemReply, type Reply } from './reply.ts'

/** Something that goes wrong with one write, by a scenario. */
export interface Mishap {
  /** An error instead of the answer; nothing is stored. */
  readonly answer?: { readonly status: number; readonly code: string; readonly retry_after?: number }
  /** The connection is cut instead of an answer: before or after storing. */
  readonly cut?: 'before_storing' | 'after_storing'
  /** How many writes in a row; 0 for all that come. Once without this member. */
  readonly times?: number
}

/** Deals mishaps out, one to a write, in their order. */
export const createMishaps = (given: readonly Mishap[]): { next(): Mishap | undefined } => {
  const left = given.map((mishap) => ({ mishap, times: mishap.times ?? 1 }))
  return {
    next: () => {
      const first = left[0]
      if (first === undefined) return undefined
      if (first.times !== 0 && --first.times === 0) left.shift()
      return first.mishap
    },
  }
}

/** The error that a mishap answers. */
export const mishapReply = ({ status, code, retry_after }: NonNullable<Mishap['answer']>): Reply =>
  problemReply(
    status,
    code,
    status === 413 ? { limit: 1 } : status === 422 ? { errors: [{ code, message: 'as the scenario says' }] } : {},
    retry_after === undefined ? {} : { 'retry-after': String(retry_after) },
  )
