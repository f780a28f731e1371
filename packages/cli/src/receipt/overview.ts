import { duration } from '../terminal/quantity.ts'
import type { Style } from '../terminal/style.ts'
import { cut, displayWidth, pad, wrap } from '../terminal/width.ts'
import type { Facts } from './facts.ts'
import { marks } from './headline.ts'
import { moment, span, timeOfDay } from './moment.ts'
import { clean } from './pretty-receipt.ts'
import { excerpt, times } from './section.ts'

/** One run in an overview; all texts as recorded, not yet safe to print. */
export interface OverviewEntry {
  readonly id: string | undefined
  readonly parent: string | undefined
  readonly tone: keyof typeof marks
  readonly status: string
  readonly agent: string
  readonly agentId: string | undefined
  readonly session: string | undefined
  readonly startedAt: string | undefined
  readonly took: string
  readonly asked: string | undefined
  /** What it did, by name. */
  readonly did: string
}

/** What an overview keeps of a run; little, since there may be thousands. */
export function overviewEntry({ verdict, effects, trouble, stepWords }: Facts): OverviewEntry {
  const byKind = new Map<string, string[]>()
  for (const { kind: recorded, target, targetKind, operation, results } of effects.changes) {
    // What git did to its repository is no file that was written.
    const kind = recorded === 'write' && targetKind === 'repo' ? 'repo' : recorded
    const names = byKind.get(kind) ?? []
    const number = results.reduce((sum, { times: each }) => sum + each, 0)
    if (names.length < NAMES + 1) names.push(times(excerpt(target ?? operation ?? 'not recorded', 48), number))
    byKind.set(kind, names)
  }
  const did = Array.from(
    byKind,
    ([kind, names]) => `${kind} ${names.slice(0, NAMES).join(', ')}${names.length > NAMES ? ' …' : ''}`,
  )
  if (trouble.length > 0) did.push(`${trouble.length} went wrong`)
  if (did.length === 0) did.push(stepWords)
  return {
    id: verdict.id,
    parent: verdict.relations.find(({ relation }) => relation === 'started by')?.run,
    tone: verdict.tone,
    status: verdict.status,
    agent: verdict.agent,
    agentId: verdict.agentId,
    session: verdict.session,
    startedAt: verdict.startedAt,
    took: verdict.durationMs === undefined ? '–' : duration(verdict.durationMs),
    asked: verdict.asked === undefined ? undefined : excerpt(verdict.asked, 200),
    did: did.join(' · '),
  }
}

const NAMES = 6

/** An overview of several runs: one line each with what was asked, and what it did below it. */
export function overviewText(
  entries: readonly OverviewEntry[],
  { style, width }: { style: Style; width: number },
): string {
  const agents = new Set(entries.map(({ agent }) => agent))
  // Versions of an agent are one agent.
  const agentIds = new Set(entries.map(({ agentId, agent }) => agentId ?? agent))
  const sessions = new Set(entries.map(({ session }) => session))
  const starts = entries.flatMap(({ startedAt }) => startedAt ?? []).sort((a, b) => Date.parse(a) - Date.parse(b))
  const [first, last] = [starts[0], starts.at(-1)]
  const head = [
    `${entries.length} runs`,
    agents.size > 4 ? `${agentIds.size} ${agentIds.size === 1 ? 'agent' : 'agents'}` : [...agents].join(', '),
    sessions.size > 1
      ? `${sessions.size} sessions`
      : [...sessions].map((session) => session && `session ${session}`)[0],
    first === undefined || last === undefined
      ? undefined
      : `started ${first === last ? moment(first) : span(first, last)}`,
  ]
  const ids = new Set(entries.map(({ id }) => id))
  const digits = String(entries.length).length
  const took = entries.reduce((widest, entry) => Math.max(widest, displayWidth(entry.took)), 0)
  const indent = 2 + digits + 1 + 1 + 1 + 8 + 2 + took + 2
  const rows = entries.map((entry, index) => {
    const colour = { good: style.green, bad: style.red, open: style.cyan, unclear: style.yellow }[entry.tone]
    const child = entry.parent !== undefined && ids.has(entry.parent) ? `└ ${entry.agent}: ` : ''
    const status = entry.tone === 'good' ? '' : `${entry.status}  `
    const asked = entry.asked === undefined ? '(what was asked is not recorded)' : `“${entry.asked}”`
    const time = entry.startedAt === undefined ? '–' : timeOfDay(entry.startedAt)
    const left = `  ${String(index + 1).padStart(digits)} ${colour(marks[entry.tone])} ${pad(cut(clean(time), 8), 8)}  ${pad(entry.took, took)}  `
    const title = cut(clean(`${child}${status}${asked}`), width - indent)
    const did = firstLines(clean(entry.did), width - indent)
    return [left + title, ...did.map((line) => ' '.repeat(indent) + style.dim(line))].join('\n')
  })
  return `${style.bold(cut(clean(head.filter(Boolean).join(' · ')), width))}\n\n${rows.join('\n')}\n`
}

/** Lines that what a run did may take in an overview. */
const DID_LINES = 2

const firstLines = (text: string, width: number): string[] => {
  const lines = wrap(text, width)
  return lines.length <= DID_LINES
    ? lines
    : [...lines.slice(0, DID_LINES - 1), cut(`${lines[DID_LINES - 1]} ${lines[DID_LINES]}`, width)]
}
