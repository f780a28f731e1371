import type { Store } from '../../../src/store/store.ts'

/** An engine under test. */
export interface Subject {
  /** Whether its places have {@link Place.octets}. */
  readonly ownsFiles?: true
  /** A new, empty store. */
  create(clock: () => string): Promise<Place>
}

/** Where a store keeps its data. */
export interface Place {
  readonly store: Store
  /** The same data as another process would open it. The caller closes it. */
  open(): Promise<Store>
  /** Makes it look as if a newer server had applied a migration called `9999-later`. */
  pretendNewer(): Promise<void>
  /** Makes it look as if nothing had been migrated yet: no tables. */
  pretendBehind(): Promise<void>
  /** All octets of its files, for engines whose files are one tenant's alone. */
  octets?(): Buffer
  /** Closes the store and deletes everything. */
  remove(): Promise<void>
}

/** What each test works with: one store for a file, a tenant of its own for a test. */
export interface Bench {
  place(): Place
  store(): Store
  clock: TestClock
  /** A tenant that nothing else uses. */
  tenant(): string
}

/** Time that only goes on when it is told to. */
export interface TestClock {
  now(): string
  advance(milliseconds: number): string
}

export const createClock = (start = '2026-01-01T00:00:00.000Z'): TestClock => {
  let time = Date.parse(start)
  const now = () => new Date(time).toISOString()
  return {
    now,
    advance: (milliseconds) => {
      time += milliseconds
      return now()
    },
  }
}
