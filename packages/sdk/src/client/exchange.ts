import { attempt, type OpenAnswer, type Request } from './attempt.ts'
import { readObject, readWhole } from './body.ts'
import type { Settings } from './options.ts'
import { isWorthRepeating, waitBefore } from './retry.ts'

/** An answer, whole. */
export interface Answer {
  readonly status: number
  header(name: string): string | null
  readonly octets: Uint8Array
}

/** Asks a server, again where that is safe and may help. */
export interface Exchange {
  /** Resolves with the beginning of a good answer. */
  open(request: Request): Promise<OpenAnswer>
  /** Resolves with a good answer. */
  whole(request: Request): Promise<Answer>
  /** The same, for an answer that is a JSON object. */
  json<T extends object>(request: Request): Promise<T>
}

/** @throws RequestError for the last of the attempts; or the reason of the caller's signal */
export function createExchange(settings: Settings): Exchange {
  const { answerOctets, attempts } = settings

  const repeated = async <T>(request: Request, once: () => Promise<T>): Promise<T> => {
    for (let failures = 1; ; failures++) {
      try {
        return await once()
      } catch (error) {
        if (failures >= attempts || !isWorthRepeating(error, request.repeatable)) throw error
        const wait = waitBefore(failures, error, settings)
        if (wait === undefined) throw error
        await pause(wait, request, settings)
      }
    }
  }
  const whole = (request: Request): Promise<Answer> =>
    repeated(request, async () => {
      const answer = await attempt(settings, request)
      return { status: answer.status, header: answer.header, octets: await readWhole(answer, answerOctets) }
    })
  return {
    open: (request) => repeated(request, () => attempt(settings, request)),
    whole,
    async json(request) {
      const { octets, status } = await whole(request)
      return readObject(octets, status)
    },
  }
}

/** Waits, unless the caller does not want to any more. @throws the reason of the caller's signal */
export async function pause(
  milliseconds: number,
  { signal }: Pick<Request, 'signal'>,
  settings: Pick<Settings, 'signal' | 'wait'>,
): Promise<void> {
  const controller = new AbortController()
  const given = [settings.signal, signal].filter((each) => each !== undefined)
  const abort = (): void => controller.abort()
  for (const each of given) each.addEventListener('abort', abort)
  try {
    if (!given.some(({ aborted }) => aborted)) await settings.wait(milliseconds, controller.signal)
    const stopped = given.find(({ aborted }) => aborted)
    if (stopped !== undefined) throw stopped.reason
  } finally {
    for (const each of given) each.removeEventListener('abort', abort)
  }
}
