import { queryOf, runPath } from './address.ts'
import type { Exchange } from './exchange.ts'
import { octetLines } from './octet-lines.ts'
import type { CallOptions, Settings } from './options.ts'

/**
 * Lines of a journal as they come, octet for octet.
 * @param after number of the last chained line that the caller has
 * @throws RequestError, also when the answer breaks off; who has counted the lines can ask for those after them
 */
export async function* readEvents(
  exchange: Exchange,
  { api, answerOctets }: Settings,
  id: string,
  after: number | undefined,
  { signal }: CallOptions,
): AsyncGenerator<Uint8Array> {
  const answer = await exchange.open({
    method: 'GET',
    url: api + runPath(id, `/events${queryOf({ after })}`),
    accept: 'application/x-ndjson, application/problem+json',
    repeatable: true,
    signal,
  })
  try {
    yield* octetLines(answer.chunks, answerOctets)
  } finally {
    answer.close()
  }
}
