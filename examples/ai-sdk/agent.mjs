// An agent of the Vercel AI SDK whose run is recorded: node examples/ai-sdk/agent.mjs
import { pathToFileURL } from 'node:url'
import { createSigner, generateSeed } from '@agent-run/core'
import { createRecorder } from '@agent-run/sdk'
import { loadPrices } from '@agent-run/sdk/prices'
import { aiSdkMiddleware, decideApproval, wrapTools } from '@agent-run/sdk/runtime'
import { generateText, stepCountIs, tool, wrapLanguageModel } from 'ai'
import { MockLanguageModelV3 } from 'ai/test'
import { z } from 'zod'

/** A made-up model, in place of a provider's: it calls both tools, and sums up. */
const model = () =>
  new MockLanguageModelV3({
    provider: 'anthropic.messages',
    modelId: 'claude-sonnet-4-5',
    doGenerate: async ({ prompt }) => {
      const isFirst = prompt.length === 1
      return {
        content: isFirst
          ? [call('list_files', {}, 1), call('publish', { tag: 'beta' }, 2)]
          : [{ type: 'text', text: 'Published.' }],
        finishReason: isFirst ? { unified: 'tool-calls', raw: 'tool_use' } : { unified: 'stop', raw: 'end_turn' },
        usage: { inputTokens: { total: 1200, cacheRead: 1000 }, outputTokens: { total: 80 } },
        warnings: [],
      }
    },
  })
const call = (toolName, input, n) => ({
  type: 'tool-call',
  toolCallId: `call_${n}`,
  toolName,
  input: JSON.stringify(input),
})

const tools = {
  list_files: tool({ description: 'Lists the files', inputSchema: z.object({}), execute: async () => 'README.md' }),
  publish: tool({
    description: 'Publishes the package',
    inputSchema: z.object({ tag: z.string() }),
    needsApproval: true,
    execute: async ({ tag }) => `published ${tag}`,
  }),
}

/** Works, and returns the record of it. */
export async function work(options = {}, decision = 'approved') {
  const about = { agent_id: 'publisher', model: 'claude-sonnet-4-5', provider: 'anthropic', input: 'Publish it' }
  const run = createRecorder(about, { prices: await loadPrices(), ...options })

  const recorded = {
    model: wrapLanguageModel({ model: model(), middleware: aiSdkMiddleware(run) }),
    tools: wrapTools(run, tools),
    stopWhen: stepCountIs(5),
  }
  const messages = [{ role: 'user', content: 'Publish it' }]
  for (;;) {
    const { text, content, response } = await generateText({ ...recorded, messages })
    messages.push(...response.messages)
    const asked = content.filter(({ type }) => type === 'tool-approval-request')
    if (asked.length === 0) return run.end({ outcome: 'success', output: text })
    // Here a person is asked. The SDK wants to know the answer, the record also who gave it.
    const reason = 'only the beta'
    for (const { toolCall } of asked)
      decideApproval(run, toolCall.toolCallId, { decision, actor: { kind: 'human', id: 'u-17' }, reason })
    const approved = decision === 'approved'
    const answers = asked.map(({ approvalId }) => ({ type: 'tool-approval-response', approvalId, approved, reason }))
    messages.push({ role: 'tool', content: answers })
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const record = await work({ signer: createSigner(generateSeed()) })
  console.log(`${record.steps.length} steps, $${record.cost.cost_usd}, sealed as ${record.provenance.record_hash}`)
}
