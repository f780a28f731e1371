// An agent whose process dies when the record of its run is about to be written: sealed, and in no file of its own yet.
//   node dying-agent.mjs <folder> <url> <key> <live>
import { createSigner } from '@agent-run/core'
import { createRecorder } from '@agent-run/sdk'
import { nodeFileSystem } from '../../../sdk/dist/journal-file/index.js'

const [directory, url, key, live] = process.argv.slice(2)
const files = {
  ...nodeFileSystem,
  open(path, flags, mode) {
    if (/dies\.json/.test(path)) process.kill(process.pid, 'SIGKILL')
    return nodeFileSystem.open(path, flags, mode)
  },
}
const signer = createSigner(new Uint8Array(32).fill(7))
const server = { url, key }
const run = createRecorder(
  { agent_id: 'victim', id: 'dies' },
  { directory, files, signer, live: live === 'true', server },
)
await run.toolCall({ tool_name: 'Bash', arguments: { n: 1 } }, () => 'done')
await run.end({ outcome: 'success' })
