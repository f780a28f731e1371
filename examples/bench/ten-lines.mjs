// A runtime in ten lines: it is told a task, calls a tool of the scenario, answers, and hands over a record.
import { readFileSync } from 'node:fs'
import { createRecorder } from '@agent-run/sdk'

const { AGENT_RUN_TASK, AGENT_RUN_TOOLS_URL, AGENT_RUN_KEY, TMPDIR } = process.env
const { task_id, prompt } = JSON.parse(readFileSync(AGENT_RUN_TASK, 'utf8'))
const run = createRecorder({ agent_id: 'ten-lines', task_id, input: prompt }, { directory: TMPDIR })
const email = await run.toolCall({ tool_name: 'get_customer', arguments: { id: 'c-17' } }, async (args) => {
  const headers = { authorization: `Bearer ${AGENT_RUN_KEY}` }
  const response = await fetch(`${AGENT_RUN_TOOLS_URL}/get_customer`, {
    method: 'POST',
    headers,
    body: JSON.stringify(args),
  })
  return (await response.json()).result.email
})
console.log(email)
await run.end({ outcome: 'success', output: email })
await run.flush()
