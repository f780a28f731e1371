// An agent that records live, and kills itself in the middle of a call once the server knows of it.
//   node live-killed-agent.mjs <folder> <url> <key>
import { createClient, createRecorder } from '@agent-run/sdk'

const [directory, url, key] = process.argv.slice(2)
const run = createRecorder({ agent_id: 'victim', id: 'cut-short' }, { directory, server: { url, key }, live: true })
await run.toolCall({ tool_name: 'Bash', arguments: { n: 1 } }, () => 'done')
const client = createClient({ url, key })
while ((await client.getRun('cut-short').catch(() => undefined)) === undefined);
await run.toolCall({ tool_name: 'Bash', arguments: { n: 2 } }, () => process.kill(process.pid, 'SIGKILL'))
