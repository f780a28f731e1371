import type { ServerCase } from '../http/player.ts'

/** Cases that are played at a time; each touches no runs but its own. */
const AT_ONCE = 4

/** Waits for a quarter of a minute of silence; it begins first and is played beside all others. */
const BESIDE = ['http/code/stream_without_heartbeat']
/** Asks until it is refused; nobody else would get an answer while it does. */
const LAST = ['http/code/rate_limit_without_retry_after']

/**
 * Plays cases in a safe order – those that only read, those that write, those that delete – several at a time, and gives
 * what came out in the order of the cases. Large bodies are sent one at a time: a server has so much memory and not more.
 */
export const playAll = async <T>(
  cases: readonly ServerCase[],
  play: (each: ServerCase) => Promise<T>,
): Promise<readonly T[]> => {
  const results = new Map<ServerCase, T>()
  const playOne = async (each: ServerCase): Promise<void> => {
    results.set(each, await play(each))
  }
  const beside = Promise.all(cases.filter(({ id }) => BESIDE.includes(id)).map(playOne))
  const others = cases.filter(({ id }) => !BESIDE.includes(id) && !LAST.includes(id))
  for (const stage of ['reads', 'writes', 'deletes'] as const) {
    const now = others.filter((each) => whatItDoes(each) === stage)
    const large = now.filter(isLarge)
    await Promise.all([
      inParallel(
        now.filter((each) => !isLarge(each)),
        AT_ONCE,
        playOne,
      ),
      inParallel(large, 1, playOne),
    ])
  }
  await beside
  for (const each of cases.filter(({ id }) => LAST.includes(id))) await playOne(each)
  return cases.flatMap((each) => (results.has(each) ? [results.get(each) as T] : []))
}

const whatItDoes = (each: ServerCase): 'reads' | 'writes' | 'deletes' => {
  if ('run' in each) return 'writes'
  const methods = each.exchanges.map(({ request }) => request.method)
  if (methods.includes('DELETE')) return 'deletes'
  return methods.every((method) => method === 'GET' || method === 'HEAD') ? 'reads' : 'writes'
}

const isLarge = (each: ServerCase): boolean => 'exchanges' in each && JSON.stringify(each).includes('"beyond"')

const inParallel = async <T>(items: readonly T[], most: number, act: (item: T) => Promise<void>): Promise<void> => {
  const waiting = [...items]
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await act(next)
  }
  await Promise.all(Array.from({ length: most }, work))
}
