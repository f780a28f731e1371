import { visible } from '@agent-run/core/text'
import { RequestError } from '@agent-run/sdk/client'
import { Failure } from '../failure.ts'

/** Does something with a server; what it refuses, and that it cannot be reached, is a `Failure`. */
export async function asking<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action()
  } catch (error) {
    if (!(error instanceof RequestError)) throw error
    const hint = error.status === 401 ? ' (the key: --server-key or AGENT_RUN_KEY)' : ''
    throw new Failure(`the server: ${visible(error.message)} [${visible(error.code)}]${hint}`, { cause: error })
  }
}
