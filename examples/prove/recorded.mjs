// An agent that records what it does with @agent-run/sdk. The recorder finds the server in AGENT_RUN_SERVER_URL and AGENT_RUN_KEY;
// what it could not send would wait on the disk, and `flush` says when the server has all of it.
import { createSigner, generateSeed } from '@agent-run/core'
import { createRecorder } from '@agent-run/sdk'

const run = createRecorder({ agent_id: 'note-taker', agent_version: '1.0' }, { signer: createSigner(generateSeed()) })
const answer = async () => ({ model: 'made-up-1', usage: { input_tokens: 40, output_tokens: 12 }, content: [] })
await run.modelCall({ model: 'made-up-1' }, answer)
await run.toolCall({ tool_name: 'Write', arguments: { file_path: 'notes.md' } }, () => 'written')
await run.end({ outcome: 'success' })

const { digest } = await run.flush()
if (digest === undefined) throw new Error('the server does not have it yet')
