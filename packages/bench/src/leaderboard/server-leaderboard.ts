import type { GroupBy } from '@agent-run/core'
import { visible } from '@agent-run/core/text'
import { createClient, RequestError } from '@agent-run/sdk/client'
import type { Leaderboard } from '@agent-run/types'
import { Failure } from '../failure.ts'

/** Most groups that are asked for. */
const PAGE = 200

/** A server of the protocol. */
export interface ServerAccess {
  readonly url: string
  readonly key?: string
}

/**
 * The leaderboard of a server, scenario by scenario, as it ranks them.
 * @throws {Failure} if the server cannot be asked
 */
export const serverLeaderboard = async (access: ServerAccess, by: GroupBy): Promise<Leaderboard> => {
  try {
    return await createClient(access).leaderboard({ by, limit: PAGE })
  } catch (cause) {
    if (cause instanceof RequestError) throw new Failure(`the server: ${visible(cause.message)}`, { cause })
    if (cause instanceof TypeError) throw new Failure(visible(cause.message), { cause })
    throw cause
  }
}
