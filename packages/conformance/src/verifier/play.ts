import type { Description } from './answer.ts'
import { type HarnessOptions, type Job, type Reply, runSession, type SessionEnd } from './session.ts'
import type { Vector } from './vector.ts'

/** What is told while vectors are played. Each vector is told of once, but a harness that answers one again loses it. */
export interface PlayEvents {
  /** The vectors to play, in their order, once it is known what the harness has. */
  readonly choose: (description: Description) => readonly Vector[]
  readonly onReply: (vector: Vector, reply: Reply) => void
  /** The harness broke down over this vector; what it did stands behind "the harness". */
  readonly onBroken: (vector: Vector, how: string) => void
  /** It was not played; says why. */
  readonly onUnreached: (vector: Vector, why: string) => void
}

/** What became of the harness as a whole. */
export interface Played {
  /** Absent if it never described itself; `trouble` says why. */
  readonly description?: Description
  /** What went wrong last, to stand behind "the harness". */
  readonly trouble?: string
  /** It did not end when its input did. */
  readonly isLate: boolean
  /** It broke down, and not over one request alone: sent one at a time, all that were open then went well. */
  readonly unexplained?: Breakdown
  /** The end of standard error when something last went wrong. */
  readonly stderr: string
}

/** A breakdown that no request by itself brings about. */
export interface Breakdown {
  /** What the harness did, to stand behind "the harness". */
  readonly how: string
  /** Vectors whose requests were open; none if it had its end of input already. */
  readonly open: readonly Vector[]
}

/** Requests without an answer as long as nothing went wrong. */
const WINDOW = 8

/** Ends of a harness before its time, after which the rest is left. */
const MOST_ENDS = 20

/**
 * Plays vectors against a harness. One that breaks the rules, breaks down or gives no answer is started again, a bounded
 * number of times, and asked one thing at a time, so that it is known over which vector it happens.
 * @param seconds time for everything
 */
export const playVectors = async (options: HarnessOptions, seconds: number, events: PlayEvents): Promise<Played> => {
  const deadline = performance.now() + seconds * 1000
  let queue: readonly Job[] | undefined
  let description: Description | undefined
  let trouble: string | undefined
  let stderr = ''
  const guilty = new Set<Job>()
  const unclear: SessionEnd[] = []
  const played = (isLate: boolean): Played => {
    const end = unclear.find(({ open }) => !open.some((job) => guilty.has(job)))
    return {
      ...(description && { description }),
      ...(trouble === undefined ? {} : { trouble }),
      isLate,
      ...(end?.how === undefined ? {} : { unexplained: { how: end.how, open: end.open.map(({ vector }) => vector) } }),
      stderr,
    }
  }
  for (let ends = 0; ; ends++) {
    const done = new Set<Job>()
    const end = await runSession({
      options,
      deadline,
      window: ends === 0 ? WINDOW : 1,
      jobs(told) {
        description ??= told
        queue ??= events.choose(told).map((vector, index) => ({ id: index + 1, vector }))
        return queue
      },
      onReply(job, reply) {
        done.add(job)
        events.onReply(job.vector, reply)
      },
    })
    if (end.how === undefined) return played(end.isLate === true)
    trouble = end.how
    stderr = end.stderr
    if (queue === undefined || description === undefined) return played(false)
    const culprit = end.culprit ?? (end.open.length === 1 && end.isTimeUp === undefined ? end.open[0] : undefined)
    if (culprit !== undefined) {
      done.add(culprit)
      guilty.add(culprit)
      events.onBroken(culprit.vector, end.how)
    } else if (end.isTimeUp === undefined) unclear.push(end)
    queue = queue.filter((job) => !done.has(job))
    if (queue.length === 0) return played(false)
    if (end.isTimeUp === true || ends + 1 >= MOST_ENDS) {
      const why = end.isTimeUp === true ? 'the time for everything was up' : `the harness broke down ${MOST_ENDS} times`
      for (const { vector } of queue) events.onUnreached(vector, why)
      return played(false)
    }
  }
}
