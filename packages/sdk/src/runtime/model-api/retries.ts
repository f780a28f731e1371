import type { Recorder } from '../../recorder/index.ts'
import type { StepMembers } from '../../recorder/run-start.ts'

/** A request that failed. */
interface Failed {
  readonly step: string
  readonly attempt: number
}

/** Failed requests of a run that may be tried again, by what was sent where. */
const failures = new WeakMap<Recorder, Map<string, Failed>>()

/** Most failed requests that are remembered, and the longest of them, in characters. */
const most = { requests: 16, characters: 1_000_000 }

/**
 * Which attempt a request is: the clients of OpenAI and Anthropic say so, and the same request to the same place after it
 * has failed is another attempt of it.
 * @param said value of the header in which clients count what they have tried before
 */
export function attemptOf(run: Recorder, sent: string, said: string | null): Pick<StepMembers, 'attempt' | 'retry_of'> {
  const before = failures.get(run)?.get(sent)
  if (before !== undefined) return { attempt: before.attempt + 1, retry_of: before.step }
  const count = said !== null && /^\d{1,3}$/.test(said) ? Number(said) : 0
  return count === 0 ? {} : { attempt: count + 1 }
}

/** Notes how a request ended: if it failed, the next one like it is another attempt. */
export function noteOutcome(run: Recorder, sent: string, failed: Failed | undefined): void {
  const known = failures.get(run) ?? new Map<string, Failed>()
  failures.set(run, known)
  known.delete(sent)
  if (failed === undefined || failed.step === '' || sent.length > most.characters) return
  const [oldest] = known.keys()
  if (known.size >= most.requests && oldest !== undefined) known.delete(oldest)
  known.set(sent, failed)
}
