import { describe, expect, it } from 'vitest'
import type { StoredEvent } from '../../src/store/store.ts'
import { type StreamSink, type SubscriptionParts, subscribe } from '../../src/stream/subscription.ts'

const event = (position: number, size = 10): StoredEvent => ({
  position,
  at: '2026-11-20T15:00:00.000Z',
  type: 'run.updated',
  runId: 'r',
  data: Buffer.from(JSON.stringify({ run: { filler: 'x'.repeat(size) }, run_id: 'r' })),
})

/** A store of events that remembers how many of them were asked for at once. */
const storeOf = (events: readonly StoredEvent[]) => {
  const asked: number[] = []
  return {
    asked,
    readEvents: async (_tenant: string, after: number, limit: number) => {
      asked.push(limit)
      return events.filter(({ position }) => position > after).slice(0, limit)
    },
  }
}

const silentHub = { listen: () => () => undefined }

const start = (parts: Partial<SubscriptionParts> & Pick<SubscriptionParts, 'store' | 'sink'>) => {
  const stop = new AbortController()
  const done = subscribe({
    hub: silentHub,
    tenant: 'a',
    after: 0,
    idOf: String,
    signal: stop.signal,
    heartbeat: 60_000,
    isAllowed: async () => true,
    check: 60_000,
    ...parts,
  })
  return { done, stop: () => stop.abort() }
}

const collecting = (): { readonly sink: StreamSink; readonly texts: string[]; until(count: number): Promise<void> } => {
  const texts: string[] = []
  return {
    texts,
    sink: {
      write: (text) => {
        texts.push(text)
        return true
      },
      drained: async () => undefined,
    },
    async until(count) {
      while (texts.length < count) await new Promise((resolve) => setImmediate(resolve))
    },
  }
}

const idsOf = (texts: readonly string[]): number[] =>
  texts.filter((text) => text.includes('\ndata: ')).map((text) => Number(/^id: (.*)$/m.exec(text)?.[1]))

describe('a subscription', () => {
  it('sends every event once and in order, more than are read at once', async () => {
    const { sink, texts, until } = collecting()
    const { done, stop } = start({
      store: storeOf(Array.from({ length: 250 }, (_, n) => event(n + 1))),
      sink,
      after: 3,
    })
    await until(248)
    stop()
    await done
    expect(idsOf(texts)).toEqual(Array.from({ length: 247 }, (_, n) => n + 4))
    expect(texts[0]).toBe(': agent-run\nid: 3\n\n')
  })

  it('reads no further while the other side takes nothing', async () => {
    const store = storeOf(Array.from({ length: 10_000 }, (_, n) => event(n + 1)))
    const texts: string[] = []
    let open: (() => void) | undefined
    const sink: StreamSink = {
      write: (text) => texts.push(text) < 4,
      drained: () => new Promise((resolve) => (open = resolve)),
    }
    const { done, stop } = start({ store, sink })
    for (let n = 0; n < 50; n++) await new Promise((resolve) => setImmediate(resolve))
    expect([texts.length, store.asked.length]).toEqual([4, 1])
    for (let n = 0; n < 5; n++) {
      open?.()
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect([texts.length, store.asked.length]).toEqual([9, 1])
    expect(idsOf(texts)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    stop()
    open?.()
    await done
  })

  it('leaves out what is left of erased runs, and ends at a gap', async () => {
    const { sink, texts } = collecting()
    const blank = { ...event(2), data: Buffer.from('{"id":"r"}') }
    await start({ store: storeOf([event(1), blank, event(3), event(5)]), sink }).done
    expect(idsOf(texts)).toEqual([1, 3])
  })

  it('ends when the other side is gone', async () => {
    const sink: StreamSink = { write: () => false, drained: () => Promise.reject(new Error('gone')) }
    await expect(start({ store: storeOf([]), sink }).done).rejects.toThrow('gone')
  })

  it('beats while nothing happens, and while much does', async () => {
    for (const events of [[], Array.from({ length: 2000 }, (_, n) => event(n + 1))]) {
      const { sink, texts } = collecting()
      const { done, stop } = start({ store: storeOf(events), sink, heartbeat: 1 })
      while (texts.filter((text) => text === ':\n\n').length < 3) await new Promise((resolve) => setTimeout(resolve, 1))
      stop()
      await done
      expect(idsOf(texts)).toEqual(events.map(({ position }) => position))
    }
  })

  it('ends when the key is refused', async () => {
    const { sink } = collecting()
    let asked = 0
    await start({ store: storeOf([]), sink, check: 1, isAllowed: async () => ++asked < 3 }).done
    expect(asked).toBe(3)
  })

  it('looks again when it is rung, also while it looks', async () => {
    const events: StoredEvent[] = [event(1)]
    let ring: (() => void) | undefined
    let isFirst = true
    const { sink, texts, until } = collecting()
    const { done, stop } = start({
      sink,
      hub: {
        listen: (_tenant, wake) => {
          ring = wake
          return () => undefined
        },
      },
      store: {
        readEvents: async (_tenant, after) => {
          const found = events.filter(({ position }) => position > after)
          if (found.length === 0 && isFirst) {
            isFirst = false
            // It is written after the look and before the wait.
            events.push(event(2))
            ring?.()
          }
          return found
        },
      },
    })
    await until(3)
    stop()
    await done
    expect(idsOf(texts)).toEqual([1, 2])
  })
})
