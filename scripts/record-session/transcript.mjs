// Writes lines in the shape of a Claude Code transcript (2.1.39): one line per content block, each naming
// the line before it. What only a model could supply – token usage, signatures of thinking – and backups of files are left out.
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

/** The shape that is followed, and who wrote it: not Claude Code. */
const VERSION = '2.1.39+record-session'

const id = (prefix) => `${prefix}_scripted_${randomBytes(9).toString('hex')}`

/**
 * A transcript that grows in memory.
 * @param {{sessionId: string, cwd: string, branch: () => string, agentId?: string}} about
 *   `agentId` makes it the transcript of a sub-agent; `branch` answers the checked-out git branch.
 */
export const createTranscript = ({ sessionId, cwd, branch, agentId }) => {
  const lines = []
  let last = null

  const add = (line, parent = last) => {
    const uuid = randomUUID()
    const full = {
      parentUuid: parent,
      isSidechain: agentId !== undefined,
      userType: 'external',
      cwd,
      sessionId,
      version: VERSION,
      entrypoint: 'record-session',
      gitBranch: branch(),
      ...(agentId && { agentId }),
      ...line,
      uuid,
      timestamp: new Date().toISOString(),
    }
    lines.push(full)
    last = uuid
    return full
  }

  return {
    /** What a person typed, or the task given to a sub-agent. */
    user(text, permissionMode) {
      return add({
        type: 'user',
        message: { role: 'user', content: text },
        ...(permissionMode && { permissionMode }),
      })
    },

    /** One answer of the agent: all its blocks share message id and request id. Gives back the lines. */
    assistant(model, blocks) {
      const message = { model, id: id('msg'), type: 'message', role: 'assistant' }
      const requestId = id('req')
      const stop = blocks.some((block) => block.type === 'tool_use') ? 'tool_use' : 'end_turn'
      return blocks.map((block, index) =>
        add({
          message: {
            ...message,
            content: [block],
            stop_reason: index === blocks.length - 1 ? stop : null,
            stop_sequence: null,
          },
          requestId,
          type: 'assistant',
        }),
      )
    },

    /** What came of a tool call; `call` is the line that asked for it. */
    result(call, { content, isError, detail }) {
      const block = { type: 'tool_result', tool_use_id: call.message.content[0].id, content }
      if (isError !== undefined) block.is_error = isError
      return add(
        {
          type: 'user',
          message: { role: 'user', content: [block] },
          ...(detail !== undefined && { toolUseResult: detail }),
          sourceToolAssistantUUID: call.uuid,
        },
        call.uuid,
      )
    },

    /** The mark that a person's rejection leaves. */
    interrupted() {
      const content = [{ type: 'text', text: '[Request interrupted by user for tool use]' }]
      return add({ type: 'user', message: { role: 'user', content } })
    },

    /** Copies a sub-agent's line into its parent's transcript, as Claude Code does to show progress. */
    progress(line, toolUseId) {
      const { type, message, uuid, timestamp } = line
      const data = { message: { type, message, uuid, timestamp }, type: 'agent_progress', agentId: line.agentId }
      return add({ type: 'progress', data, toolUseID: `agent_${toolUseId}`, parentToolUseID: toolUseId })
    },

    /** How long the turn took. */
    turnEnded(durationMs) {
      return add({ type: 'system', subtype: 'turn_duration', durationMs, isMeta: false })
    },

    /** Writes the file, every line through `clean`. */
    write(path, clean) {
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, lines.map((line) => `${clean(JSON.stringify(line))}\n`).join(''))
    },
  }
}

/** A fresh id for a tool call. */
export const toolUseId = () => id('toolu')
