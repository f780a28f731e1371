import type { AgentRun } from '@agent-run/types'
import type { Adapter, ConvertOptions, SourceFile } from '../../conversion/adapter.ts'
import { convertEach } from '../../conversion/convert-each.ts'
import { type Ending, finishRun } from '../../conversion/finish-run.ts'
import type { Head } from '../../conversion/head.ts'
import { asString } from '../../conversion/json.ts'
import { boundsOf, readValues } from '../../conversion/read-input.ts'
import type { Conversion } from '../../conversion/report.ts'
import { createPreviewer } from '../../preview/index.ts'
import { about } from './about.ts'
import { SessionReader } from './session-reader.ts'
import type { Turn } from './turn.ts'

const call = /^\s*\["client\.beta\.sessions\.(?:create|retrieve|update|events\.(?:stream|list|send))"/m
const eventType =
  /^(?:agent\.(?:message|thinking|(?:mcp_|custom_)?tool_use)|session\.(?:status|thread)_[a-z_]+|span\.model_request_(?:start|end))$/

/** Recorded calls of the client library, or its events: with a type and an id, and the time at which they were processed. */
const recognises = ({ objects, text }: Head): boolean =>
  call.test(text) ||
  objects.some((json) => (eventType.test(asString(json.type) ?? '') && 'processed_at' in json) || isPage(json.data))

const isPage = (data: unknown): boolean =>
  Array.isArray(data) && data.slice(0, 20).some((event: unknown) => eventTypeOf(event))

const eventTypeOf = (event: unknown): boolean =>
  typeof event === 'object' &&
  event !== null &&
  'type' in event &&
  eventType.test(asString(event.type) ?? '') &&
  'processed_at' in event

/**
 * Makes records from events of Claude Managed Agents: one event a line, a page of events, or calls of the client library
 * with their results.
 *
 * @throws RangeError if an option is out of its range
 */
export async function convertManagedAgents(
  files: Iterable<SourceFile> | AsyncIterable<SourceFile>,
  options: ConvertOptions = {},
): Promise<Conversion> {
  const bounds = boundsOf(options)
  const previewer = createPreviewer(options.redact ?? true)
  return convertEach(
    files,
    { about, expected: 'events of type user.message, agent.message and span.model_request_end' },
    async (file) => {
      let reader: SessionReader | undefined
      const read = await readValues(file, bounds, (value, line, { sessionIds }) => {
        reader ??= new SessionReader(previewer, sessionIds)
        return reader.visit(value, line)
      })
      const turns = reader?.turns ?? []
      return {
        read,
        role: turns.length > 0 ? 'events' : undefined,
        runs: turns.map((turn) => finishTurn(turn, read.digest, options)),
        contradictions: turns.reduce((sum, { run }) => sum + run.contradictions, 0),
      }
    },
  )
}

/** The adapter of Managed Agents events. */
export const managedAgentsAdapter: Adapter = { ...about, recognises, convert: convertManagedAgents }

function finishTurn(turn: Turn, digest: string | undefined, { prices }: ConvertOptions): AgentRun {
  const { run, session } = turn
  const { members, previewer } = run
  const text = (value: string, length = 256): string => previewer.text(value, length)
  if (session.id) members.session_id = text(session.id)
  members.turn_id = run.id
  members.agent_id = text(session.agentId ?? session.agentName ?? 'managed-agents')
  if (session.agentName) members.agent_name = text(session.agentName)
  if (session.agentVersion) members.agent_version = text(session.agentVersion)
  members.runtime = 'managed-agents'
  members.provider = 'anthropic'
  if (session.model) members.model = text(session.model)
  if (session.servers.length > 0 && usesOnly(turn)) members.inventory = { mcp_servers: [...session.servers] }
  const policies = [...new Set(session.policies.values())]
  if (policies.length > 0) members.policies = policies.map((id) => ({ id: text(id) }))
  const ending = endingOf(turn)
  if (ending.status === 'completed' && turn.lastText) members.output_preview = text(turn.lastText, 2000)
  return finishRun(run, { ...ending, about, digest, prices })
}

/** Whether the servers that the agent was given are all that it used: else the list is not the whole. */
const usesOnly = ({ run, session }: Turn): boolean =>
  run.drafts.every(({ step }) => !step.mcp_server || session.servers.some(({ name }) => name === step.mcp_server))

/** How the turn ended. What the source does not show is `unknown`, never guessed to have gone well. */
function endingOf(turn: Turn): Pick<Ending, 'status' | 'error' | 'errorType'> {
  switch (turn.phase) {
    case 'completed':
      return { status: 'completed' }
    case 'cancelled':
      return { status: 'cancelled', error: 'interrupted by the user', errorType: 'cancelled' }
    case 'failed':
      return turn.outOfBudget
        ? { status: 'failed', error: 'the budget was used up', errorType: 'budget_exceeded' }
        : { status: 'failed', error: turn.error, errorType: 'provider_error' }
    case 'waiting':
      return { status: 'paused' }
    default:
      return turn.superseded ? { status: 'interrupted', errorType: 'interrupted' } : { status: 'unknown' }
  }
}
