// A process that is going to be killed: many writers that insert small runs and print each id once it is acknowledged.
// node writer.mjs <database> <writers> <prefix of ids>
import { writeSync } from 'node:fs'
import { openStore } from '@agent-run/server'

const [path, writers, prefix] = process.argv.slice(2)
const store = await openStore(`sqlite:${path}`)
const encoder = new TextEncoder()

const makeRun = (id) => {
  const body = encoder.encode(JSON.stringify({ id, text: 'x'.repeat(2_000) }))
  const summary = {
    id,
    agent_id: 'agent',
    status: 'completed',
    started_at: null,
    live: false,
    sealed: false,
    level: 'recorded',
  }
  return {
    id,
    body,
    etag: `etag of ${id}`,
    documentHash: id,
    contentDigest: id,
    recordHash: undefined,
    summary: { ...summary, steps_count: 0 },
    facts: [
      { kind: 'agent_id', value: 'agent' },
      { kind: 'session_id', value: `session of ${id}` },
    ],
    score: undefined,
    documents: [],
    events: [{ type: 'run.created', runId: id, data: encoder.encode(id) }],
  }
}

/** Another process may hold the file for longer than a store waits, on a machine that does much else. */
const waitAgain = (error) => {
  if (error.code !== 'store.busy') throw error
  return [{ outcome: 'busy' }]
}

const write = async (writer) => {
  for (let count = 0; ; count++) {
    const id = `${prefix}-${writer}-${count}`
    const [result] = await store.insertRuns('tenant', [makeRun(id)]).catch(waitAgain)
    // One write call: a line is on the pipe whole or not at all.
    if (result.outcome === 'created') writeSync(1, `${id}\n`)
  }
}

await Promise.all(Array.from({ length: Number(writers) }, (_, writer) => write(writer)))
