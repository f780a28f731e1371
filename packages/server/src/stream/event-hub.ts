import type { Store } from '../store/store.ts'

/** Tells who listens that there are new events of a tenant, whichever process has written them. */
export interface EventHub {
  /**
   * @param wake called when there may be events after those that were read; also once without reason
   * @returns a function that ends it
   */
  listen(tenant: string, wake: () => void): () => void
}

/** Milliseconds between two looks for events of other processes, while somebody listens. */
const INTERVAL = 500

interface Audience {
  readonly listeners: Set<() => void>
  newest: number
  timer: NodeJS.Timeout
}

/**
 * A hub over the events of a store. Those of this process are told at once; for those of others the newest position is
 * asked for twice a second and tenant, only while somebody listens. What was not told is found by the next look.
 */
export const createEventHub = (
  store: Pick<Store, 'eventRange' | 'onEvents'>,
  interval: number = INTERVAL,
): EventHub => {
  const audiences = new Map<string, Audience>()
  let forget: (() => void) | undefined

  const wakeAll = (tenant: string): void => {
    for (const wake of audiences.get(tenant)?.listeners ?? []) wake()
  }
  const look = async (tenant: string, audience: Audience): Promise<void> => {
    try {
      const { newest } = await store.eventRange(tenant)
      if (newest !== audience.newest) wakeAll(tenant)
      audience.newest = newest
    } catch {
      // The store cannot answer now: the next look will tell.
    }
    if (audience.listeners.size > 0) audience.timer = setTimeout(() => void look(tenant, audience), interval).unref()
  }

  return {
    listen(tenant, wake) {
      forget ??= store.onEvents(wakeAll)
      let audience = audiences.get(tenant)
      if (audience === undefined) {
        const first: Audience = {
          listeners: new Set(),
          newest: -1,
          timer: setTimeout(() => void look(tenant, first), interval).unref(),
        }
        audiences.set(tenant, first)
        audience = first
      }
      const { listeners } = audience
      const mine = (): void => wake()
      listeners.add(mine)
      return () => {
        listeners.delete(mine)
        const current = audiences.get(tenant)
        if (listeners.size > 0 || current?.listeners !== listeners) return
        clearTimeout(current.timer)
        audiences.delete(tenant)
        if (audiences.size > 0) return
        forget?.()
        forget = undefined
      }
    },
  }
}
