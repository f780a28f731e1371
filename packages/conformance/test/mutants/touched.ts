import { runHttpCases, type ServerCase } from '../../src/index.ts'
import { nameOf } from '../subjects/case-name.ts'
import type { Listening } from '../subjects/reference.ts'
import type { Ask, Memory, Mutant, Reply } from './mutant.ts'
import { startMutant } from './proxy.ts'

/** What a case exchanges with the reference server. */
export interface Recording {
  readonly said: readonly { readonly ask: Ask; readonly reply: Reply }[]
  /** Whether it opens event streams, cuts bodies, sends several requests at once. */
  readonly streams: boolean
  readonly cuts: boolean
  readonly races: boolean
}

/** Plays cases one by one against the reference and keeps what was said. */
export const record = async (
  cases: readonly ServerCase[],
  reference: Listening,
): Promise<ReadonlyMap<string, Recording>> => {
  const blank = () => ({ said: [] as { ask: Ask; reply: Reply }[], streams: false, cuts: false, races: false })
  let current = blank()
  let open = 0
  const listener: Mutant = {
    name: 'listener',
    fault: 'none',
    handle: async (ask, forward) => {
      if (++open > 1) current.races = true
      const reply = await forward(ask)
      open--
      current.said.push({ ask, reply })
      return reply
    },
    opens: (ask) => {
      current.streams = true
      return ask
    },
    cut: () => {
      current.cuts = true
    },
  }
  const proxy = await startMutant(listener, reference)
  const recordings = new Map<string, Recording>()
  await runHttpCases({
    url: proxy.url,
    keys: proxy.keys,
    cases,
    onOutcome: (outcome) => {
      recordings.set(nameOf(outcome), current)
      current = blank()
    },
  })
  await proxy.stop()
  return recordings
}

/**
 * Whether a mutant may do anything else than the reference somewhere in what a case says. If it does not, the case comes out
 * as with the reference, and need not be played.
 */
export const touches = async (mutant: Mutant, recording: Recording, reference: Listening): Promise<boolean> => {
  if (recording.streams && (mutant.block || mutant.holds || mutant.opens)) return true
  if ((recording.cuts && mutant.cut) || (recording.races && mutant.races)) return true
  const memory: Memory = new Map()
  for (const { ask, reply } of recording.said) {
    let departed = false
    const forward = async (asked: Ask): Promise<Reply> => {
      if (asked !== ask) departed = true
      return reply
    }
    try {
      const answered = await mutant.handle?.(ask, forward, memory, reference.keys)
      if (departed || (mutant.handle && answered !== reply)) return true
    } catch {
      // It asked something of its own and could not do with the recorded answer.
      return true
    }
  }
  return false
}
