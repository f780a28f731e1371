// The agent loop: what the script says becomes lines, what it asks for really happens.
import { randomBytes } from 'node:crypto'
import { createTranscript, toolUseId } from './transcript.mjs'

const MODEL = 'scripted-agent'

const REJECTED =
  "The user doesn't want to proceed with this tool use. The tool use was rejected (eg. if it was a file edit, " +
  'the new_string was NOT written to the file). STOP what you are doing and wait for the user to tell you how to proceed.'

const REJECTED_DETAIL = 'User rejected tool use'

/** Blocks of an answer. A call may carry the script of the sub-agent that it starts. */
export const think = (thinking) => ({ type: 'thinking', thinking })
export const say = (text) => ({ type: 'text', text })
export const call = (name, input, subagent) => ({ type: 'tool_use', id: toolUseId(), name, input, subagent })

/**
 * An agent that writes to a transcript.
 * @param {object} options
 * @param {ReturnType<typeof createTranscript>} options.transcript
 * @param {Record<string, Function>} options.tools
 * @param {(name: string, input: any) => 'allow' | 'deny' | 'reject'} options.permission
 *   `deny`: a rule forbids it and the agent goes on; `reject`: the person says no and the agent stops
 * @param {{sessionId: string, cwd: string, branch: () => string}} options.about
 * @param {{path: string, transcript: ReturnType<typeof createTranscript>}[]} options.subagents collects theirs
 * @param {(line: object) => void} [options.onLine] sees each line of the agent, for a parent that shows progress
 */
export const createAgent = ({ transcript, tools, permission, about, subagents, onLine = () => {} }) => {
  const carryOut = async (block) => {
    const verdict = permission(block.name, block.input)
    if (verdict === 'reject') return { content: REJECTED, isError: true, detail: REJECTED_DETAIL }
    if (verdict === 'deny') {
      const content = `Permission to use ${block.name} with command ${block.input.command} has been denied.`
      return { content, isError: true, detail: `Error: ${content}` }
    }
    if (block.name === 'Task') return delegate(block)
    return tools[block.name](block.input)
  }

  const delegate = async ({ id, input, subagent }) => {
    const agentId = randomBytes(4).toString('hex').slice(0, 7)
    const own = createTranscript({ ...about, agentId })
    const start = Date.now()
    let calls = 0
    let answer = ''
    const child = createAgent({
      transcript: own,
      tools,
      permission,
      about,
      subagents,
      onLine(made) {
        const block = made.message.content[0]
        if (block.type === 'tool_use') calls++
        if (block.type === 'text') answer = block.text
        transcript.progress(made, id)
      },
    })
    own.user(input.prompt)
    await subagent(child.answer)
    subagents.push({ path: `subagents/agent-${agentId}.jsonl`, transcript: own })
    const content = [{ type: 'text', text: answer }]
    const totals = { totalDurationMs: Date.now() - start, totalToolUseCount: calls }
    return { content, detail: { status: 'completed', prompt: input.prompt, agentId, content, ...totals } }
  }

  /** One answer; its calls run side by side. Resolves to their results, in the order of the calls. */
  const answer = async (...blocks) => {
    const written = transcript.assistant(
      MODEL,
      blocks.map(({ subagent: _, ...block }) => block),
    )
    written.forEach(onLine)
    const results = await Promise.all(
      blocks.flatMap((block, index) =>
        block.type === 'tool_use'
          ? carryOut(block).then((result) => {
              onLine(transcript.result(written[index], result))
              return result
            })
          : [],
      ),
    )
    if (results.some(({ detail }) => detail === REJECTED_DETAIL)) transcript.interrupted()
    return results
  }

  return { answer }
}
