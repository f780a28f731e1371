import { RequestError } from '../client/index.ts'

/** Statuses that are about what was sent, and will be the same next time. */
const final: ReadonlySet<number> = new Set([400, 409, 410, 413, 422])

/** Something in front of a server can say this too, and does not know Problems. */
const tooLarge = 413

/** Whether the server will never take what was sent; otherwise the fault is with the server, the key or the way to it. */
export const isFinal = (error: unknown): boolean => {
  if (!(error instanceof RequestError)) return false
  if (error.code === 'client.digest' || error.status === tooLarge) return true
  return error.problem !== undefined && final.has(error.status ?? 0)
}

/** Whether the fault is with one of several: the server stumbled over it, or its file cannot be read or set aside. */
export const isOfOne = (error: unknown): boolean => !(error instanceof RequestError) || error.status === 500
