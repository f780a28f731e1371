import type { Json, JsonObject } from '../bytes/json.ts'
import { type Answer, type Description, readAnswer, readDescription } from './answer.ts'
import { startHarness } from './harness-process.ts'
import type { Vector } from './vector.ts'

/** How a harness is started, and how long things may take. */
export interface HarnessOptions {
  /** Program and arguments. */
  readonly command: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  /** Seconds for the answer to `describe`. */
  readonly startSeconds: number
  /** Seconds without an answer while one is awaited. */
  readonly answerSeconds: number
}

/** A request that is open. */
export interface Job {
  /** Id of the request, the same in every session. */
  readonly id: number
  readonly vector: Vector
}

/** An answer to a request, with the seconds it took. */
export type Reply = (
  | { readonly kind: 'result'; readonly result: Json }
  | { readonly kind: 'unsupported' | 'error' }
) & { readonly seconds: number }

/** One life of a harness. */
export interface Session {
  readonly options: HarnessOptions
  /** Milliseconds of `performance.now()` at which everything ends. */
  readonly deadline: number
  /** Most requests without an answer. */
  readonly window: number
  /** The requests, once it has described itself. */
  readonly jobs: (description: Description) => readonly Job[]
  readonly onReply: (job: Job, reply: Reply) => void
}

/** How a session ended. Without `how` everything was answered and the harness ended by itself. */
export interface SessionEnd {
  readonly description?: Description
  /** What the harness did, to stand behind "the harness". */
  readonly how?: string
  readonly isTimeUp?: true
  /** The request whose answer broke the rules, where that is known; it may have been answered before. */
  readonly culprit?: Job
  /** Requests that were sent and not answered. */
  readonly open: readonly Job[]
  /** Whether a message to the user is due: the harness did not end when its input did. */
  readonly isLate?: true
  readonly stderr: string
}

type Taken = Exclude<Answer, { readonly fault: string }>

/** Time for a harness to end after its input did. */
const END_MS = 2000

/** The line of a request, in ASCII, so that it can be shown and copied. */
export const requestLine = (id: number, op: string, input?: JsonObject): string =>
  JSON.stringify({ id, op, ...(input === undefined ? {} : { input }) }).replaceAll(
    /[^\x20-\x7e]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

/** Starts a harness, asks it to describe itself, sends it requests and takes its answers until the end of one of them. */
export const runSession = ({ options, deadline, window, jobs, onReply }: Session): Promise<SessionEnd> =>
  new Promise((resolve) => {
    let description: Description | undefined
    let waiting: readonly Job[] = []
    let next = 0
    let isClosed = false
    const open = new Map<number, { readonly job: Job; readonly sent: number }>()
    const answered = new Map<number, Job>()
    let timer: NodeJS.Timeout | undefined

    const finish = (end: Omit<SessionEnd, 'open' | 'stderr' | 'description'>): void => {
      clearTimeout(timer)
      harness.stop()
      resolve({
        ...end,
        ...(description === undefined ? {} : { description }),
        open: [...open.values()].map(({ job }) => job),
        stderr: harness.stderr(),
      })
    }
    const wait = (seconds: number, end: Parameters<typeof finish>[0]): void => {
      clearTimeout(timer)
      const left = deadline - performance.now()
      if (left > seconds * 1000) timer = setTimeout(finish, seconds * 1000, end)
      else
        timer = setTimeout(finish, Math.max(0, left), { how: 'was still at it when the time was up', isTimeUp: true })
    }
    const send = (): void => {
      for (; open.size < window && next < waiting.length; next++) {
        const job = waiting[next]!
        open.set(job.id, { job, sent: performance.now() })
        harness.send(requestLine(job.id, job.vector.op, job.vector.input))
      }
      if (open.size > 0) {
        const { answerSeconds } = options
        wait(answerSeconds, { how: `gave no answer within ${answerSeconds} s` })
      } else {
        isClosed = true
        harness.close()
        wait(END_MS / 1000, { isLate: true })
      }
    }
    const takeDescription = (answer: Taken): void => {
      const read =
        answer.id !== 0
          ? 'answered another request before describe'
          : answer.kind === 'result'
            ? readDescription(answer.result)
            : 'does not describe itself'
      if (typeof read === 'string') finish({ how: read })
      else {
        description = read
        waiting = jobs(read)
        send()
      }
    }
    const takeReply = ({ id, ...reply }: Taken): void => {
      const asked = open.get(id)
      if (asked === undefined) {
        const culprit = answered.get(id)
        if (culprit !== undefined) finish({ how: 'answered a request twice', culprit })
        else finish({ how: id === 0 ? 'answered a request twice' : 'answered a request that was not sent' })
        return
      }
      open.delete(id)
      answered.set(id, asked.job)
      onReply(asked.job, { ...reply, seconds: (performance.now() - asked.sent) / 1000 })
      send()
    }
    const take = (line: Uint8Array | null): void => {
      const answer = readAnswer(line)
      if ('fault' in answer) finish({ how: answer.fault })
      else if (description === undefined) takeDescription(answer)
      else takeReply(answer)
    }
    const harness = startHarness(options.command, options.environment, {
      onLine: take,
      onEnd: (how, isOrderly) => finish(isClosed && isOrderly ? {} : { how }),
    })
    const { startSeconds } = options
    wait(startSeconds, { how: `did not describe itself within ${startSeconds} s` })
    harness.send(requestLine(0, 'describe'))
  })
