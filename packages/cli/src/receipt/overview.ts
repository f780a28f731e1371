import { cut, displayWidth, duration, grouped, pad, type Style, wrap } from '@agent-run/core/text'
import type { Facts } from './facts.ts'
import { marks } from './headline.ts'
import { dayOf, moment, span, timeOfDay } from './moment.ts'
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

/** How an overview is laid out. */
interface OverviewLayout {
  readonly style: Style
  readonly width: number
  /** Whether runs stand in the reverse order of their start. */
  readonly newestFirst: boolean
  /** Ids of other runs, which what is shown of an id must not mean as well. */
  readonly otherIds: readonly string[]
  /** How many runs there are; more than entries if only the newest are shown. */
  readonly total: number
}

/** An overview of several runs: one line each with what was asked, and what it did below it. */
export function overviewText(
  entries: readonly OverviewEntry[],
  { style, width, newestFirst, otherIds, total }: OverviewLayout,
): string {
  const agents = new Set(entries.map(({ agent }) => agent))
  // Versions of an agent are one agent.
  const agentIds = new Set(entries.map(({ agentId, agent }) => agentId ?? agent))
  const sessions = new Set(entries.map(({ session }) => session))
  const starts = entries.flatMap(({ startedAt }) => startedAt ?? []).sort((a, b) => Date.parse(a) - Date.parse(b))
  const [first, last] = [starts[0], starts.at(-1)]
  const head = [
    total > entries.length && newestFirst
      ? `${grouped(total)} runs, the newest ${entries.length}`
      : `${entries.length} runs`,
    agents.size > 4 ? `${agentIds.size} ${agentIds.size === 1 ? 'agent' : 'agents'}` : [...agents].join(', '),
    sessions.size > 1
      ? `${sessions.size} sessions`
      : [...sessions].map((session) => session && `session ${session}`)[0],
    first === undefined || last === undefined
      ? undefined
      : `started ${first === last ? moment(first) : span(first, last)}`,
  ]
  const table = { ...layoutOf(entries, otherIds), style, width }
  const groups = groupsOf(entries, newestFirst)
  const text = groups.map((group) => {
    const title = groups.length > 1 ? `${style.dim(cut(clean(group.title), width))}\n` : ''
    return title + group.rows.map((row) => rowText(row, table)).join('\n')
  })
  return `${style.bold(cut(clean(head.filter(Boolean).join(' · ')), width))}\n\n${text.join('\n\n')}\n`
}

/** One line of an overview: the run, its number among the inputs, and whether it stands below the run that started it. */
interface Row {
  readonly entry: OverviewEntry
  readonly number: number
  readonly isChild: boolean
}

/** The runs of one session on one day. */
interface Group {
  readonly title: string
  readonly rows: Row[]
}

/** Runs by session and day, in the order of their start, each followed by those it started. */
const groupsOf = (entries: readonly OverviewEntry[], newestFirst: boolean): Group[] => {
  const started = ({ entry }: Row): number => {
    const ms = Date.parse(entry.startedAt ?? '')
    return Number.isNaN(ms) ? Number.POSITIVE_INFINITY : ms
  }
  const rank = (row: Row): number => (Number.isFinite(started(row)) ? started(row) : Number.NEGATIVE_INFINITY)
  const rows = entries.map((entry, index): Row => ({ entry, number: index + 1, isChild: false }))
  const ids = new Set(entries.map(({ id }) => id))
  const children = new Map<string, Row[]>()
  const roots: Row[] = []
  rows.sort((a, b) => started(a) - started(b) || a.number - b.number)
  // What has no start comes last all the same.
  if (newestFirst) rows.sort((a, b) => rank(b) - rank(a) || a.number - b.number)
  for (const row of rows) {
    const { id, parent } = row.entry
    if (parent === undefined || parent === id || !ids.has(parent)) roots.push(row)
    else {
      const own = children.get(parent) ?? []
      own.push({ ...row, isChild: true })
      children.set(parent, own)
    }
  }
  const groups = new Map<string, Group>()
  for (const row of roots) {
    const { session, startedAt } = row.entry
    const day = startedAt === undefined ? undefined : dayOf(startedAt)
    const title = [day ?? 'start not recorded', session === undefined ? 'no session' : `session ${session}`].join(' · ')
    const group = groups.get(title) ?? { title, rows: [] }
    groups.set(title, group)
    addWithChildren(row, children, group.rows)
  }
  // Runs that name each other as parents have no beginning; they are shown all the same.
  const lost = [...children.values()].flat()
  return [...groups.values(), ...(lost.length === 0 ? [] : [{ title: 'each names another as its parent', rows: lost }])]
}

/** A stack of its own: strangers' runs may be nested deeper than calls can be. */
const addWithChildren = (first: Row, children: Map<string, Row[]>, into: Row[]): void => {
  const waiting = [first]
  for (let row = waiting.pop(); row; row = waiting.pop()) {
    into.push(row)
    const { id } = row.entry
    const own = id === undefined ? undefined : children.get(id)
    if (id === undefined || own === undefined) continue
    children.delete(id)
    for (let i = own.length - 1; i >= 0; i--) waiting.push(own[i] as Row)
  }
}

/** Widths that all rows share. */
interface TableLayout {
  readonly digits: number
  readonly took: number
  /** Beginning of every id, long enough for --run. */
  readonly prefixes: ReadonlyMap<string, string>
}

const SHORTEST_PREFIX = 8

const layoutOf = (entries: readonly OverviewEntry[], otherIds: readonly string[]): TableLayout => {
  return {
    digits: String(entries.length).length,
    took: entries.reduce((widest, entry) => Math.max(widest, displayWidth(entry.took)), 0),
    prefixes: prefixesOf([...entries.flatMap(({ id }) => id ?? []), ...otherIds]),
  }
}

/** The shortest beginning of every id that no other id has, at least eight characters of it. */
const prefixesOf = (ids: readonly string[]): Map<string, string> => {
  const sorted = [...new Set(ids)].sort()
  const shared = (a: string, b: string | undefined): number => {
    let length = 0
    while (b !== undefined && length < a.length && a[length] === b[length]) length++
    return length
  }
  return new Map(
    sorted.map((id, i) => {
      const least = 1 + Math.max(shared(id, sorted[i - 1]), shared(id, sorted[i + 1]))
      return [id, id.slice(0, Math.max(SHORTEST_PREFIX, least))]
    }),
  )
}

const rowText = (
  { entry, number, isChild }: Row,
  { digits, took, prefixes, style, width }: TableLayout & { style: Style; width: number },
): string => {
  const colour = { good: style.green, bad: style.red, open: style.cyan, unclear: style.yellow }[entry.tone]
  const time = entry.startedAt === undefined ? '–' : timeOfDay(entry.startedAt)
  const place = `  ${String(number).padStart(digits)} `
  const facts = `${marks[entry.tone]} ${pad(cut(clean(time), 8), 8)}  ${pad(entry.took, took)}`
  const indent = displayWidth(place) + displayWidth(facts) + 2
  const status = entry.tone === 'good' ? '' : `${entry.status}  `
  const asked = entry.asked === undefined ? '(what was asked is not recorded)' : `“${entry.asked}”`
  const title = cut(clean(`${isChild ? `└ ${entry.agent}: ` : ''}${status}${asked}`), width - indent)
  const did = firstLines(clean(entry.did), width - indent)
  // The id stands below the time, where there is room for it; a long one has a line of its own.
  const id = clean(prefixes.get(entry.id ?? '') ?? '')
  const room = indent - displayWidth(place) - 2
  const left = ' '.repeat(displayWidth(place))
  const lines = did.map((line, i) => `${left}${pad(i === 0 && displayWidth(id) <= room ? id : '', room)}  ${line}`)
  if (displayWidth(id) > room) lines.unshift(`${left}${cut(id, width - displayWidth(left))}`)
  return [
    `${place}${colour(marks[entry.tone])}${facts.slice(marks[entry.tone].length)}  ${title}`,
    ...lines.map((line) => style.dim(line.trimEnd())),
  ].join('\n')
}

/** Lines that what a run did may take in an overview. */
const DID_LINES = 2

const firstLines = (text: string, width: number): string[] => {
  const lines = wrap(text, width)
  return lines.length <= DID_LINES
    ? lines
    : [...lines.slice(0, DID_LINES - 1), cut(`${lines[DID_LINES - 1]} ${lines[DID_LINES]}`, width)]
}
