// A runtime after its first evening: it does one thing and sends a record of it, without a library. Whoever starts it says where
// to: AGENT_RUN_SERVER_URL and AGENT_RUN_KEY, as every recorder reads them.
import { randomUUID } from 'node:crypto'
import { writeFileSync } from 'node:fs'

const now = () => new Date().toISOString()
const started_at = now()
writeFileSync('notes.md', 'Written by an agent.\n')

const record = {
  spec_version: '1.0',
  id: randomUUID(),
  agent_id: 'first-evening',
  status: 'completed',
  started_at,
  ended_at: now(),
  steps: [
    {
      id: 's1',
      type: 'tool_call',
      tool_name: 'write_file',
      status: 'succeeded',
      started_at,
      side_effects: [{ kind: 'write', target: 'notes.md', basis: 'observed' }],
    },
  ],
  cost: { input_tokens: null, output_tokens: null },
  provenance: { run_hash: '0'.repeat(64) },
}

const { AGENT_RUN_SERVER_URL: url, AGENT_RUN_KEY: key } = process.env
const { status } = await fetch(`${url}/api/v1/runs`, {
  method: 'POST',
  headers: { 'content-type': 'application/json', 'x-api-key': key },
  body: JSON.stringify(record),
})
console.log(`sent, and answered ${status}`)
process.exitCode = status === 201 ? 0 : 1
