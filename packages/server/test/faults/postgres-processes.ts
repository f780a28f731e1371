import { setTimeout as sleep } from 'node:timers/promises'
import { createKey } from '../../src/commands/keys.ts'
import { openStore } from '../../src/store/open-store.ts'
import { createCluster } from '../postgres/cluster.mjs'
import { type Inspection, inspect } from './inspect.ts'
import { startServers } from './server-processes.ts'
import { startWriters } from './writers.ts'

/**
 * Some servers on one PostgreSQL and eight writers for each. In each round a server is killed and PostgreSQL crashes; each time
 * writing has to go on by itself.
 *
 * @param round requests that are acknowledged between one fault and the next
 */
export const surviveFaults = async (rounds: number, round: number, count = 4): Promise<Inspection> => {
  const cluster = await createCluster({ durable: true })
  try {
    const store = await openStore(cluster.url())
    const { key } = await createKey(store, { tenant: 'a', name: '', scopes: ['runs:write', 'runs:read'] })
    await store.close()
    const servers = await startServers(cluster.url(), count)
    try {
      const writers = startWriters(servers.urls, key, 8 * count)
      await writers.reach(round)
      for (let n = 0; n < rounds; n++) {
        const victim = n % count
        await servers.kill(victim)
        await writers.reach(writers.count() + round)
        await cluster.stop('immediate')
        await sleep(200)
        await cluster.start()
        await writers.reach(writers.count() + round)
        await servers.start(victim)
      }
      await writers.stop()
      const { acknowledged } = writers
      const reader = await openStore(cluster.url())
      try {
        const found = await inspect(reader, 'a', acknowledged)
        console.log(
          `${rounds} servers killed, PostgreSQL crashed ${rounds} times: acked ${found.acknowledged}, found ${found.found}, duplicate ${found.duplicate}, sent again ${acknowledged.retries}`,
        )
        return found
      } finally {
        await reader.close()
      }
    } finally {
      await servers.end()
    }
  } finally {
    await cluster.destroy()
  }
}
