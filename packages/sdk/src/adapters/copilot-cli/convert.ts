import type { AgentRun } from '@agent-run/types'
import type { Adapter, ConvertOptions, SourceFile } from '../../conversion/adapter.ts'
import { convertEach } from '../../conversion/convert-each.ts'
import { type Ending, finishRun } from '../../conversion/finish-run.ts'
import type { Head } from '../../conversion/head.ts'
import { asObject, asString } from '../../conversion/json.ts'
import { boundsOf, readObjects } from '../../conversion/read-input.ts'
import type { Conversion } from '../../conversion/report.ts'
import { createPreviewer } from '../../preview/index.ts'
import { about } from './about.ts'
import { LogReader } from './session.ts'
import type { Turn } from './turn.ts'

const eventTypes =
  /^(?:session\.(?:start|resume)|user\.message|assistant\.(?:message|turn_start)|tool\.execution_(?:start|complete))$/

/** Events with `type` and `data`, of the kinds that no other format has. */
const recognises = ({ objects }: Head): boolean =>
  objects.some((json) => eventTypes.test(asString(json.type) ?? '') && asObject(json.data) !== undefined)

/**
 * Makes records from the event logs of the GitHub Copilot CLI (`~/.copilot/session-state/<id>/events.jsonl`).
 *
 * @throws RangeError if an option is out of its range
 */
export async function convertCopilotCli(
  files: Iterable<SourceFile> | AsyncIterable<SourceFile>,
  options: ConvertOptions = {},
): Promise<Conversion> {
  const bounds = boundsOf(options)
  const previewer = createPreviewer(options.redact ?? true)
  return convertEach(
    files,
    { about, expected: 'events of type user.message and assistant.message with data' },
    async (file) => {
      let reader: LogReader | undefined
      const read = await readObjects(file, bounds, (json, line, { sessionIds }) => {
        reader ??= new LogReader(previewer, sessionIds)
        return reader.visit(json, line)
      })
      const turns = reader?.turns ?? []
      return {
        read,
        role: turns.length > 0 ? 'session' : undefined,
        runs: turns.map((turn) => finishTurn(turn, read.digest, options)),
        contradictions: turns.reduce((sum, { run }) => sum + run.contradictions, 0),
      }
    },
  )
}

/** The adapter of Copilot CLI event logs. */
export const copilotCliAdapter: Adapter = { ...about, recognises, convert: convertCopilotCli }

function finishTurn(turn: Turn, digest: string | undefined, { prices }: ConvertOptions): AgentRun {
  const { run, begun: session } = turn
  const { members, previewer } = run
  const text = (value: string, length = 256): string => previewer.text(value, length)
  members.session_id = text(session.id)
  members.turn_id = run.id
  members.agent_id = 'copilot-cli'
  members.runtime = 'copilot-cli'
  if (session.version) members.runtime_version = text(session.version)
  members.provider = 'github-copilot'
  if (session.model) members.model = text(session.model)
  if (session.effort) members.model_config = { reasoning_effort: text(session.effort, 64) }
  if (session.mode) members.permissions = { approval_mode: text(session.mode, 64) }
  if (session.cwd || session.repository)
    members.scope = {
      ...(session.repository ? { repository: text(session.repository, 1024) } : {}),
      ...(session.cwd ? { root: text(session.cwd, 1024) } : {}),
    }
  if (session.branch) members.git_branch = text(session.branch)
  // Forty zeros stand for a repository without a commit.
  if (session.commit && !/^0+$/.test(session.commit)) members.git_commit = text(session.commit)
  const ending = endingOf(turn)
  if (ending.status === 'completed' && turn.lastText) members.output_preview = text(turn.lastText, 2000)
  return finishRun(run, { ...ending, about, formatVersion: session.version, digest, prices })
}

/** How the turn ended. What the source does not show is `unknown`, never guessed to have gone well. */
function endingOf(turn: Turn): Pick<Ending, 'status' | 'error' | 'errorType'> {
  if (turn.phase === 'cancelled')
    return { status: 'cancelled', error: 'interrupted by the user', errorType: 'cancelled' }
  if (turn.phase === 'completed') return { status: 'completed' }
  if (turn.error !== undefined) return { status: 'failed', error: turn.error, errorType: 'provider_error' }
  const open = [...turn.calls.values()].some((call) => call.open)
  if (turn.answered && !open) return { status: 'completed' }
  return turn.superseded ? { status: 'interrupted', errorType: 'interrupted' } : { status: 'unknown' }
}
