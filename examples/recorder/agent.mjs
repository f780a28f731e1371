// An agent whose run is recorded: node examples/recorder/agent.mjs
import { pathToFileURL } from 'node:url'
import { createSigner, generateSeed } from '@agent-run/core'
import { CallRefused, createRecorder } from '@agent-run/sdk'

const tools = [
  { name: 'write_file', description: 'Writes a file', input_schema: { type: 'object', required: ['path'] } },
  { name: 'Bash', description: 'Runs a command', input_schema: { type: 'object', required: ['command'] } },
]

/** What a model would answer. */
const model = async (text, id) => ({
  id,
  model: 'made-up-1',
  stop_reason: 'tool_use',
  usage: { input_tokens: 40 + text.length, output_tokens: 12 },
  content: [{ type: 'text', text: `I shall do this: ${text}` }],
})

/** Publishing needs a person, deleting is out of the question, everything else is free. */
const policy = ({ arguments: { command = '' } }) => {
  const about = { policy: { id: 'release', version: '4' }, decider: { kind: 'rule' }, matched: 'rule' }
  if (command.startsWith('npm publish')) return { ...about, verdict: 'require_approval', request: { risk: 'high' } }
  if (command.startsWith('rm ')) return { ...about, verdict: 'block', reasons: ['nothing is deleted here'] }
  return { ...about, verdict: 'allow' }
}

/** The release manager agrees, but to the beta. */
const ask = async () => ({
  decision: 'approved',
  actor: { kind: 'human', id: 'u-17' },
  reason: 'ok for beta',
  arguments: { command: 'npm publish --tag beta' },
})

/** Works, and returns the record of it. */
export async function work(options = {}) {
  const run = createRecorder(
    {
      agent_id: 'release-bot',
      agent_version: '2.3.1',
      model: 'made-up-1',
      trigger: 'manual',
      input: 'Release it',
      tools,
    },
    { policy, ask, ...options },
  )
  await run.modelCall({ model: 'made-up-1', input: 'Release it' }, () => model('write notes, test, publish', 'msg_1'))
  await Promise.all([
    run.toolCall({ tool_name: 'write_file', arguments: { path: 'CHANGELOG.md', content: '# 2.3.1' } }, (args, step) => {
      step.artifact({ name: args.path, kind: 'file', action: 'created', content: args.content })
      return 'written'
    }),
    run.toolCall({ tool_name: 'Bash', arguments: { command: 'npm test' } }, (_, step) => {
      step.evidence({ kind: 'test', name: 'npm test', result: 'pass' })
      return '214 passed'
    }),
  ])
  await run.handoff({ agent_id: 'reviewer', input: 'Review CHANGELOG.md' }, async (child) => {
    const answer = await child.modelCall({ input: 'Review' }, () => model('looks good', 'msg_2'))
    return answer.content[0].text
  })
  await run.toolCall({ tool_name: 'Bash', arguments: { command: 'npm publish' } }, ({ command }) => `ran ${command}`)
  try {
    await run.toolCall({ tool_name: 'Bash', arguments: { command: 'rm -rf dist' } }, () => 'gone')
  } catch (error) {
    if (!(error instanceof CallRefused)) throw error
    run.note('message', { role: 'assistant', output: 'I may not delete dist, so it stays.' })
  }
  const record = await run.end({ outcome: 'success', output: 'Released 2.3.1 as beta' })
  // Where AGENT_RUN_SERVER_URL names a server, it may not have the record yet.
  await run.flush()
  return record
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const record = await work({ signer: createSigner(generateSeed()) })
  console.log(`${record.steps.length} steps, sealed as ${record.provenance.record_hash}`)
}
