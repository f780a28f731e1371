// Puts records into an outbox one after the other, until somebody kills it; says which ones are kept, and which the server
// has acknowledged.
//   node spooling-agent.mjs <outbox> <url> <key> <name> <records>
import { writeSync } from 'node:fs'
import { runHash } from '@agent-run/core'
import { createClient, createSpool } from '@agent-run/sdk'

const [directory, url, key, name, count] = process.argv.slice(2)
const say = (...words) => writeSync(1, `${words.join(' ')}\n`)
const client = createClient({ url, key, retry: { attempts: 1 } })
const spool = createSpool({ client, directory, onFault: ({ code }) => say('fault', code) })
for (let n = 0; n < Number(count); n++) {
  const kept = spool.add({
    spec_version: '1.0',
    id: `${name}-${n}`,
    agent_id: 'a',
    status: 'completed',
    started_at: '2026-11-20T14:02:11Z',
    ended_at: '2026-11-20T14:09:03Z',
    steps: [],
    cost: { input_tokens: n, output_tokens: 1 },
    provenance: { run_hash: runHash({ agent_id: 'a' }) },
  })
  say('kept', `${name}-${n}`, kept.digest)
  kept.settled.then(({ state, digest }) => state === 'acknowledged' && say('acknowledged', digest))
  await new Promise((resolve) => setTimeout(resolve, 2))
}
while ((await spool.flush()).waiting > 0) await new Promise((resolve) => setTimeout(resolve, 50))
say('done')
