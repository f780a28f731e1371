import type { Finding } from '@agent-run/core'
import type { Adapter, ConvertOptions, SourceFile } from '../../conversion/adapter.ts'
import { assembleConversion } from '../../conversion/assemble-conversion.ts'
import type { Head } from '../../conversion/head.ts'
import { asObject, asString, type Json } from '../../conversion/json.ts'
import { finishFamilies } from '../../conversion/lineage.ts'
import { boundsOf, type InputRead, readDocument, readObjects } from '../../conversion/read-input.ts'
import type { Conversion, FileReport } from '../../conversion/report.ts'
import { createPreviewer } from '../../preview/index.ts'
import { about } from './about.ts'
import { finishTurn } from './finish.ts'
import { type Link, linkTurns } from './link.ts'
import { LogReader } from './log-reader.ts'
import { agentIn, folderOf, isState, readState, type SessionState, sessionIn } from './state.ts'
import type { Turn } from './turn.ts'

const recordTypes = /^(?:turn\.prompt|context\.append_(?:message|loop_event)|llm\.request)$/

/** Records of either wire, or the state that lies beside them. */
function recognises({ objects, document }: Head): boolean {
  if (isState(document)) return true
  return objects.some((json) => {
    const type = asString(json.type) ?? ''
    const message = asObject(json.message)
    return (
      (type === 'metadata' && typeof json.protocol_version === 'string') ||
      (recordTypes.test(type) && typeof json.time === 'number') ||
      (typeof json.timestamp === 'number' &&
        typeof message?.type === 'string' &&
        asObject(message.payload) !== undefined)
    )
  })
}

/** Logs of one session lie in one folder, each agent's in its own below. */
const groupKeys = ({ name }: Head): readonly string[] => [`folder ${folderOf(name)}`]

/**
 * Makes records from the wire logs of Kimi Code (`~/.kimi-code/sessions/<folder>/<session>`) and of the older Kimi CLI.
 * Give the logs of a session, those of its sub-agents and its `state.json` together; their order does not matter.
 *
 * @throws RangeError if an option is out of its range
 */
export async function convertKimiCli(
  files: Iterable<SourceFile> | AsyncIterable<SourceFile>,
  options: ConvertOptions = {},
): Promise<Conversion> {
  const bounds = boundsOf(options)
  const previewer = createPreviewer(options.redact ?? true)
  const reads: InputRead[] = []
  const roles: FileReport['role'][] = []
  const turns: Turn[] = []
  const digests = new Map<Turn, string | undefined>()
  const folders = new Map<Turn, string>()
  const states = new Map<string, SessionState>()
  for await (const file of files) {
    if (/(?:^|[\\/._-])state\.json$/i.test(file.name)) {
      const read = await readDocument(file, bounds)
      const document = asObject(read.value)
      if (read.value !== undefined) {
        read.ledger.read()
        if (document && isState(document)) {
          states.set(folderOf(file.name), readState(document))
          read.ledger.mapped()
        } else read.ledger.skipped('document that is no state of a session')
      }
      reads.push(read)
      roles.push(document && isState(document) ? 'metadata' : 'unrecognised')
      continue
    }
    let reader: LogReader | undefined
    const read = await readObjects(file, bounds, (json: Json, line, { ledger }) => {
      reader ??= new LogReader(previewer, ledger)
      return reader.visit(json, line)
    })
    reader?.finish()
    const own = reader?.turns ?? []
    const session = sessionIn(file.name)
    if (session) read.sessionIds.add(session)
    for (const turn of own) {
      turn.log.agentId = reader?.log.agentId ?? agentIn(file.name)
      turn.log.isSubAgent ||= turn.log.agentId !== undefined && turn.log.agentId !== 'main'
      digests.set(turn, read.digest)
      folders.set(turn, folderOf(file.name))
      if (session) turn.run.members.session_id = previewer.text(session, 256)
    }
    for (const turn of own) turns.push(turn)
    reads.push(read)
    roles.push(own.length === 0 ? 'unrecognised' : own.some(({ log }) => log.isSubAgent) ? 'subagent' : 'session')
  }
  const distinct = [...new Map(turns.map((turn) => [turn.run.id, turn])).values()]
  for (const turn of distinct) {
    const state = states.get(folders.get(turn) ?? '')
    if (state?.sessionId) turn.run.members.session_id ??= previewer.text(state.sessionId, 256)
    turn.run.members.session_id ??= turn.log.id
    turn.log.cwd ??= state?.cwd
  }
  const links = linkTurns(distinct, folders)
  const runs = finishFamilies(
    distinct,
    links,
    (child) => links.get(child)?.delegation.call.draft.step.id,
    (turn, parent) =>
      finishTurn(turn, {
        digest: digests.get(turn),
        parent,
        delegation: links.get(turn)?.delegation,
        prices: options.prices,
      }),
  )
  return assembleConversion({
    about,
    reads,
    roles,
    runs,
    subAgents: distinct.filter(({ log }) => log.isSubAgent).length,
    contradictions: distinct.reduce((sum, { run }) => sum + run.contradictions, 0),
    findings: unlinked(distinct, links),
    expected: 'records of type turn.prompt and context.append_loop_event, or messages of type TurnBegin',
  })
}

/** The adapter of Kimi wire logs. */
export const kimiCliAdapter: Adapter = { ...about, recognises, groupKeys, convert: convertKimiCli }

function unlinked(turns: readonly Turn[], links: ReadonlyMap<Turn, Link>): Finding[] {
  const agents = new Set(turns.filter((turn) => turn.log.isSubAgent && !links.has(turn)).map(({ log }) => log.id))
  if (agents.size === 0) return []
  return [
    {
      code: 'convert.unlinked_subagent',
      severity: 'warning',
      path: '/totals/sub_agents',
      message: `${agents.size} ${agents.size === 1 ? 'log of a sub-agent has a turn' : 'logs of sub-agents have turns'} that no delegation in the given files answers to; give the log of the main agent as well`,
    },
  ]
}
