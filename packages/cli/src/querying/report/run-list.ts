import { cut, displayWidth, dollars, duration, pad, type Style, tokens, wrap } from '@agent-run/core/text'
import type { RunSummary } from '@agent-run/types'
import { marks } from '../../receipt/headline.ts'
import { between, moment } from '../../receipt/moment.ts'
import { clean } from '../../receipt/pretty-receipt.ts'
import { toneOf } from '../../receipt/verdict.ts'
import { inMarkdown, type Table } from './table.ts'

/** A run in a list, and what made it match; not yet safe to print. */
export interface ListedRun {
  readonly summary: RunSummary
  readonly evidence: readonly string[]
}

const EVIDENCE_LINES = 3

/** Runs for a terminal: what became of each and when, who it was, what made it match. */
export function runListText(runs: readonly ListedRun[], style: Style, width: number): string {
  const states = runs.map(({ summary }) => statusWords(summary))
  const widest = states.reduce((most, state) => Math.max(most, Math.min(24, state.length)), 0)
  const left = ' '.repeat(2)
  return runs
    .map(({ summary, evidence }, at) => {
      const tone = toneOf(summary.status, summary.outcome)
      const colour = { good: style.green, bad: style.red, open: style.cyan, unclear: style.yellow }[tone]
      const when = summary.started_at === null ? 'start not recorded' : moment(summary.started_at)
      const id = clean(summary.id)
      const fits = displayWidth(id) <= width - widest - 29
      const head =
        `${colour(`${marks[tone]} ${pad(states[at] as string, widest)}`)}  ${pad(when, 23)}  ${style.bold(fits ? id : '')}`.trimEnd()
      const shown = evidence.length > 0 ? evidence : [effectWords(summary)]
      const lines = shown.filter((line) => line !== '').flatMap((line) => firstLines(clean(line), width - 4))
      return [
        head,
        ...(fits ? [] : [`${left}${style.bold(id)}`]),
        ...wrap(clean(whoWords(summary)), width - 2).map((line) => style.dim(`${left}${line}`)),
        ...lines.map((line) => `${left}${left}${line}`),
      ].join('\n')
    })
    .join('\n\n')
    .concat(runs.length > 0 ? '\n' : '')
}

const firstLines = (text: string, width: number): string[] => {
  const lines = wrap(text, width)
  if (lines.length <= EVIDENCE_LINES) return lines
  return [...lines.slice(0, EVIDENCE_LINES - 1), cut(lines.slice(EVIDENCE_LINES - 1).join(' '), width)]
}

const OPEN = new Set(['pending', 'running', 'paused'])

const statusWords = ({ status, outcome, live }: RunSummary): string => {
  const same = outcome === undefined || (status === 'completed' && outcome === 'success') || status === outcome
  return `${status}${same ? '' : `, ${outcome.replaceAll('_', ' ')}`}${live && OPEN.has(status) ? ' (live)' : ''}`
}

/** Who it was, how long it took, what it cost, how far it is proven. */
export const whoWords = (run: RunSummary): string => {
  const { id, agent_id, agent_name, agent_version, model, cost, turn_id, error_type, level, sealed } = run
  const agent = [agent_name ?? (agent_id === 'unknown' ? 'unknown agent' : agent_id), agent_version]
  const took = run.duration_ms ?? between(run.started_at ?? undefined, run.ended_at)
  return [
    agent.filter(Boolean).join(' '),
    model ?? 'model not recorded',
    took === undefined ? undefined : duration(took),
    costWords(cost),
    error_type,
    turn_id === undefined || turn_id === id ? undefined : /^turn/i.test(turn_id) ? turn_id : `turn ${turn_id}`,
    run.live && !OPEN.has(run.status) ? 'journal not sealed yet' : undefined,
    sealed ? (level === 'sealed' || level === 'accountable' ? level : 'seal not proven') : undefined,
  ]
    .filter((part) => part !== undefined)
    .join(' · ')
}

const costWords = (cost: RunSummary['cost']): string | undefined => {
  if (typeof cost?.cost_usd === 'number') return dollars(cost.cost_usd)
  if (cost?.amount !== undefined) return `${cost.amount} ${cost.unit ?? 'units'}`
  const known = [cost?.input_tokens, cost?.output_tokens].some((number) => typeof number === 'number')
  return known ? `${tokens(cost?.input_tokens)} in, ${tokens(cost?.output_tokens)} out` : undefined
}

/** How many steps did what: `write 4 · exec 11`. */
const effectWords = ({ effects = {}, steps_count }: RunSummary): string => {
  const counts = Object.entries(effects).filter(([kind]) => kind !== 'none')
  const total = `${steps_count} ${steps_count === 1 ? 'step' : 'steps'}`
  return [...counts.map(([kind, count]) => `${kind} ${count}`), total].join(' · ')
}

/** Runs as a table. The id comes first, for programs that cut. */
export const runTable = (runs: readonly ListedRun[]): Table => ({
  columns: ['run', 'status', 'outcome', 'started', 'agent', 'model', 'effects'].map((title) => ({ title })),
  rows: runs.map(({ summary, evidence }) => [
    summary.id,
    summary.status,
    summary.outcome ?? '–',
    summary.started_at ?? '–',
    summary.agent_id,
    summary.model ?? '–',
    evidence.length > 0 ? evidence.join('; ') : effectWords(summary),
  ]),
})

/** Runs as a list in Markdown. */
export const runListMarkdown = (runs: readonly ListedRun[]): string =>
  runs
    .map(({ summary, evidence }) => {
      const tone = toneOf(summary.status, summary.outcome)
      const when = summary.started_at === null ? 'start not recorded' : moment(summary.started_at)
      const shown = evidence.length > 0 ? evidence : [effectWords(summary)]
      return [
        `- ${marks[tone]} **${inMarkdown(summary.id)}** ${inMarkdown(statusWords(summary))}, ${inMarkdown(when)} – ${inMarkdown(whoWords(summary))}`,
        ...shown.map((line) => `  - ${inMarkdown(line)}`),
      ].join('\n')
    })
    .join('\n')
    .concat('\n')
