import { createHash } from 'node:crypto'

/** The same things in an order that rests on a seed. */
export const shuffle = <T extends { readonly id: string }>(things: readonly T[], seed: string): readonly T[] =>
  things
    .map((thing) => ({ thing, rank: createHash('sha256').update(`${seed}\n${thing.id}`).digest('hex') }))
    .sort((one, other) => (one.rank < other.rank ? -1 : 1))
    .map(({ thing }) => thing)
