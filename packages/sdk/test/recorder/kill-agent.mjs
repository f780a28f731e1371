// An agent that works until it is killed: by itself after so many bytes of its journal (SIGKILL in the middle of a write),
// or by whoever started it. It says on its standard output which steps it was told are recorded.
//   node kill-agent.mjs <folder> <bytes, or 0>
import { writeSync } from 'node:fs'
import { createSigner } from '@agent-run/core'
import { createRecorder } from '@agent-run/sdk'
import { nodeFileSystem } from '../../dist/journal-file/index.js'

const [folder, limit] = process.argv.slice(2)
let left = Number(limit) || Number.POSITIVE_INFINITY

const files = {
  ...nodeFileSystem,
  write(descriptor, data, offset) {
    const written = nodeFileSystem.write(descriptor, data.subarray(0, Math.min(data.length, offset + left)), offset)
    left -= written
    if (left <= 0) process.kill(process.pid, 'SIGKILL')
    return written
  },
}
const say = (word) => writeSync(1, `${word}\n`)

const run = createRecorder(
  { agent_id: 'victim', id: 'r', input: 'work', tools: [{ name: 'Bash' }] },
  {
    directory: folder,
    files,
    fsync: 'every_event',
    signer: createSigner(new Uint8Array(32).fill(7)),
    headEvery: 3,
    policy: ({ arguments: args }) => (args.n % 2 === 0 ? { verdict: 'require_approval' } : { verdict: 'allow' }),
    ask: async () => ({ decision: 'approved', actor: { kind: 'human' }, reason: 'fine' }),
    onFault: ({ code }) => say(`fault ${code}`),
  },
)
say('started')
for (let n = 0; n < 6; n++) {
  const model = await run.modelCall({ model: 'm', input: `round ${n}` }, (step) => {
    return { id: step.id, usage: { input_tokens: 10, output_tokens: 2 } }
  })
  say(`ack ${model.id}`)
  await Promise.all(
    [0, 1, 2].map(async (i) => {
      const id = await run.toolCall(
        { tool_name: 'Bash', arguments: { n: i, command: 'echo x > y' } },
        async (_, step) => {
          step.artifact({ name: `y-${n}-${i}`, action: 'created', content: 'x' })
          await new Promise((resolve) => setTimeout(resolve, i))
          return step.id
        },
      )
      say(`ack ${id}`)
    }),
  )
  run.evidence({ kind: 'test', name: `round ${n}`, result: 'pass' })
}
await run.end({ outcome: 'success' })
say('ended')
