import { grouped, visible } from '@agent-run/core/text'
import { type Client, type ReadRun, RequestError } from '@agent-run/sdk/client'
import { Failure } from '../failure.ts'

/** Of so many runs, the newest, ids are compared with a beginning. */
const LOOKED_AT = 1000

/**
 * The run of a server with this id, else the only one of the newest whose id begins like this.
 * Throws `Failure` that names the id if there is none or more than one, and `RequestError` if the server refuses.
 */
export async function resolveRun(client: Client, wanted: string): Promise<ReadRun> {
  try {
    return await client.readRun(wanted)
  } catch (error) {
    if (!(error instanceof RequestError) || (error.status !== 404 && error.status !== 410)) throw error
    if (error.status === 410) throw new Failure(`run "${visible(wanted)}" was erased`, { cause: error })
  }
  const found: string[] = []
  let seen = 0
  for await (const { id } of client.listRuns({ limit: 200 })) {
    if (id.startsWith(wanted)) found.push(id)
    if (++seen === LOOKED_AT || found.length > 1) break
  }
  const [first, second] = found
  if (second !== undefined)
    throw new Failure(
      `several runs have an id that begins with "${visible(wanted)}": ${visible(first as string)}, ${visible(second)}, …`,
    )
  if (first !== undefined) return client.readRun(first)
  const among = seen === LOOKED_AT ? `; of the newest ${grouped(LOOKED_AT)} none begins like this` : ''
  throw new Failure(`the server has no run "${visible(wanted)}"${among}`)
}
