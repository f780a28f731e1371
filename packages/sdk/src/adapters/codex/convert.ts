import type { Finding } from '@agent-run/core'
import type { Adapter, ConvertOptions, SourceFile } from '../../conversion/adapter.ts'
import { assembleConversion } from '../../conversion/assemble-conversion.ts'
import { finishFamilies } from '../../conversion/lineage.ts'
import { boundsOf, type InputRead, readObjects } from '../../conversion/read-input.ts'
import type { Conversion, FileReport } from '../../conversion/report.ts'
import { createPreviewer } from '../../preview/index.ts'
import { about } from './about.ts'
import { finishTurn } from './finish.ts'
import { type Link, linkTurns } from './link.ts'
import { groupKeys, recognises } from './recognise.ts'
import { Rollout } from './rollout.ts'
import type { Turn } from './turn.ts'

/**
 * Makes records from Codex rollouts (`~/.codex/sessions`). Give a session and those of its sub-agents together; their
 * order does not matter.
 *
 * @throws RangeError if an option is out of its range
 */
export async function convertCodex(
  files: Iterable<SourceFile> | AsyncIterable<SourceFile>,
  options: ConvertOptions = {},
): Promise<Conversion> {
  const bounds = boundsOf(options)
  const previewer = createPreviewer(options.redact ?? true)
  const reads: InputRead[] = []
  const roles: FileReport['role'][] = []
  const digests = new Map<Turn, string | undefined>()
  const turns: Turn[] = []
  for await (const file of files) {
    let rollout: Rollout | undefined
    const read = await readObjects(file, bounds, (json, line, { ledger, sessionIds }) => {
      rollout ??= new Rollout(previewer, ledger, sessionIds)
      return rollout.visit(json, line)
    })
    rollout?.finish()
    const own = rollout?.turns ?? []
    for (const turn of own) digests.set(turn, read.digest)
    for (const turn of own) turns.push(turn)
    reads.push(read)
    roles.push(
      own.length === 0 ? 'unrecognised' : own.every(({ session }) => session.subAgent) ? 'subagent' : 'session',
    )
  }
  const distinct = longestOfEach(turns)
  const links = linkTurns(distinct)
  const runs = finishFamilies(
    distinct,
    links,
    (child) => links.get(child)?.delegation.draft.step.id,
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
    subAgents: distinct.filter(({ session }) => session.subAgent).length,
    contradictions: distinct.reduce((sum, { run }) => sum + run.contradictions, 0),
    findings: unlinked(distinct, links),
    expected: 'lines of type session_meta, event_msg and response_item with a prompt, an answer or the end of a turn',
  })
}

/** The adapter of Codex rollouts. */
export const codexAdapter: Adapter = { ...about, recognises, groupKeys, convert: convertCodex }

/** Of several copies of a turn the longest. */
function longestOfEach(turns: readonly Turn[]): Turn[] {
  const longest = new Map<string, Turn>()
  for (const turn of turns) {
    const known = longest.get(turn.run.id)
    if (!known || turn.run.lines > known.run.lines) longest.set(turn.run.id, turn)
  }
  return [...longest.values()]
}

function unlinked(turns: readonly Turn[], links: ReadonlyMap<Turn, Link>): Finding[] {
  const sessions = new Set(
    turns.filter((turn) => turn.session.subAgent && !links.has(turn)).map(({ session }) => session),
  )
  if (sessions.size === 0) return []
  return [
    {
      code: 'convert.unlinked_subagent',
      severity: 'warning',
      path: '/totals/sub_agents',
      message: `${sessions.size} ${sessions.size === 1 ? 'session of a sub-agent has a turn' : 'sessions of sub-agents have turns'} that no delegation in the given files answers to; give the parent's rollout as well`,
    },
  ]
}
