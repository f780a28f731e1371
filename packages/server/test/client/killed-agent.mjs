// An agent that records so many runs while its server is away, and kills itself in the middle of the next one.
//   node killed-agent.mjs <folder> <url> <key> <runs>
import { writeSync } from 'node:fs'
import { canonicalize, digest } from '@agent-run/core'
import { createRecorder } from '@agent-run/sdk'

const [directory, url, key, runs] = process.argv.slice(2)
for (let n = 0; n < Number(runs); n++) {
  const run = createRecorder({ agent_id: 'victim' }, { directory, server: { url, key } })
  await run.toolCall({ tool_name: 'Bash', arguments: { n } }, () => 'done')
  const record = await run.end({ outcome: 'success' })
  writeSync(1, `${record.id} ${digest(canonicalize(record))}\n`)
}
createRecorder({ agent_id: 'victim' }, { directory, server: { url, key } }).note('message', { output: 'too late' })
process.kill(process.pid, 'SIGKILL')
