// An agent of the OpenAI Agents SDK whose run is recorded: node examples/openai-agents/agent.mjs
import { pathToFileURL } from 'node:url'
import { createSigner, generateSeed } from '@agent-run/core'
import { createRecorder } from '@agent-run/sdk'
import { loadPrices } from '@agent-run/sdk/prices'
import { openAiAgents } from '@agent-run/sdk/runtime'
import { Agent, Runner, setTracingDisabled, tool, Usage } from '@openai/agents'
import { z } from 'zod'

setTracingDisabled(true)

/** A made-up model, in place of OpenAI's: it calls both tools, and sums up. */
const model = {
  async getResponse({ input }) {
    const isFirst = typeof input === 'string' || input.length === 1
    const usage = new Usage({ inputTokens: 1200, outputTokens: 80, inputTokensDetails: { cached_tokens: 1000 } })
    return {
      usage,
      output: isFirst ? [call('list_files', {}, 1), call('publish', { tag: 'beta' }, 2)] : [said('Published.')],
    }
  },
}
const call = (name, args, n) => ({
  type: 'function_call',
  name,
  callId: `call_${n}`,
  arguments: JSON.stringify(args),
  status: 'completed',
})
const said = (text) => ({
  type: 'message',
  role: 'assistant',
  status: 'completed',
  content: [{ type: 'output_text', text }],
})

const tools = [
  tool({ name: 'list_files', description: 'Lists the files', parameters: z.object({}), execute: () => 'README.md' }),
  tool({
    name: 'publish',
    description: 'Publishes the package',
    parameters: z.object({ tag: z.string() }),
    needsApproval: true,
    execute: ({ tag }) => `published ${tag}`,
  }),
]

/** Works, and returns the record of it. */
export async function work(options = {}, decision = 'approved') {
  const about = { agent_id: 'publisher', model: 'gpt-5', provider: 'openai', input: 'Publish it' }
  const run = createRecorder(about, { prices: await loadPrices(), ...options })
  const recorded = openAiAgents(run)

  const agent = new Agent({ name: 'publisher', model: 'gpt-5', tools: recorded.tools(tools) })
  const runner = new Runner({ modelProvider: recorded.modelProvider({ getModel: () => model }) })
  let result = await runner.run(agent, 'Publish it')
  while (result.interruptions.length > 0) {
    // Here a person is asked.
    for (const item of result.interruptions)
      recorded.decide(result.state, item, { decision, actor: { kind: 'human', id: 'u-17' }, reason: 'only the beta' })
    result = await runner.run(agent, result.state)
  }
  return run.end({ outcome: 'success', output: result.finalOutput })
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const record = await work({ signer: createSigner(generateSeed()) })
  console.log(`${record.steps.length} steps, $${record.cost.cost_usd}, sealed as ${record.provenance.record_hash}`)
}
