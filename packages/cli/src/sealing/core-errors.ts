import { AgentRunError } from '@agent-run/core'
import { visible } from '@agent-run/core/text'
import { Failure } from '../failure.ts'

/** Does some work of the library; what it refuses becomes a `Failure` that names its code. */
export async function orFailure<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof AgentRunError)) throw error
    throw new Failure(`${visible(error.message)} [${error.code}]`, { cause: error })
  }
}
