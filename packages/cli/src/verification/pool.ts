import { Worker } from 'node:worker_threads'
import { Failure } from '../failure.ts'
import type { Part } from './part.ts'
import type { VerifySettings } from './settings.ts'
import type { PartNews, WorkOn } from './thread.ts'

/** Parts that may be ahead of the one that is being reported, for each worker: bounds what is held. */
const AHEAD = 3

/** A part that is waited for. */
interface Slot {
  readonly part: Part
  readonly news: PartNews[]
  /** A worker has it, or this thread does it when its turn comes. */
  taken: boolean
}

/**
 * Verifies parts in worker threads; the news come in the order of the parts. Workers open the files themselves: what
 * they are handed is a name and a range. Standard input is read by this thread.
 */
export async function* inWorkers(
  parts: Iterable<Part>,
  settings: VerifySettings,
  workers: number,
  here: WorkOn,
): AsyncGenerator<{ part: Part; news: PartNews }> {
  const slots: Slot[] = []
  const coming = parts[Symbol.iterator]()
  let error: unknown
  let wake = (): void => {}
  const pool = Array.from({ length: workers }, () => {
    const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: settings })
    const member: { worker: Worker; slot: Slot | undefined } = { worker, slot: undefined }
    worker.on('message', (news: PartNews | { failure: string }) => {
      if ('failure' in news) error ??= new Failure(news.failure)
      else {
        member.slot?.news.push(news)
        if (news.last) member.slot = undefined
      }
      handOut()
      wake()
    })
    worker.on('error', (cause) => {
      error ??= cause
      wake()
    })
    return member
  })
  const handOut = (): void => {
    while (slots.length < workers * AHEAD) {
      const next = coming.next()
      if (next.done) break
      slots.push({ part: next.value, news: [], taken: next.value.source.path === undefined })
    }
    for (const member of pool) {
      const slot = member.slot === undefined ? slots.find(({ taken }) => !taken) : undefined
      if (slot === undefined) continue
      slot.taken = true
      member.slot = slot
      member.worker.postMessage(slot.part)
    }
  }
  try {
    handOut()
    for (let slot = slots[0]; slot !== undefined; slot = slots[0]) {
      const { part } = slot
      if (part.source.path === undefined) for await (const news of here(part)) yield { part, news }
      else yield* arriving(slot)
      slots.shift()
      handOut()
    }
  } finally {
    await Promise.all(pool.map(({ worker }) => worker.terminate()))
  }

  async function* arriving({ part, news }: Slot): AsyncGenerator<{ part: Part; news: PartNews }> {
    for (;;) {
      if (error !== undefined) throw error
      const next = news.shift()
      if (next === undefined)
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      else {
        yield { part, news: next }
        if (next.last) return
      }
    }
  }
}
