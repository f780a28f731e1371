import { privateState } from '../../seal/index.ts'
import type { PrivateObject } from '../../seal/private-objects.ts'
import type { Failure } from '../outcome.ts'

/** How many of some objects can be erased, and the first that is neither whole nor erased (AR-SEAL-008). */
export const privateStatesOf = (objects: Iterable<PrivateObject>): { compared: number; broken?: Failure } => {
  let compared = 0
  for (const { kind, value, path } of objects) {
    const state = privateState(kind, value)
    if (state === undefined) continue
    compared++
    if (state === 'broken') return { compared, broken: brokenAt(path) }
  }
  return { compared }
}

const brokenAt = (path: string): Failure => ({
  code: 'private.state',
  path,
  detail: 'an object with private_hash is neither whole nor erased',
  expected: 'salt and private members that give its private_hash, or none of them',
  found: 'private members or a salt that do not give it',
})
