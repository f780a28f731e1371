import { duration } from '@agent-run/core/text'
import { priceWords, totalWords } from './cost-section.ts'
import type { Facts } from './facts.ts'
import { excerpt } from './section.ts'
import type { Verdict } from './verdict.ts'

/** The sign before a verdict. */
export const marks: Readonly<Record<Verdict['tone'], string>> = { good: '✓', bad: '✗', open: '…', unclear: '?' }

/** `failed`, `completed, outcome partial`. */
export function statusWords({ status, outcome }: Verdict): string {
  const same = outcome === undefined || (status === 'completed' && outcome === 'success') || status === outcome
  return same ? status : `${status}, outcome ${outcome.replaceAll('_', ' ')}`
}

/** Longest turn id that is named beside the agent; longer ones stand with the other ids. */
const SHORT_ID = 16

/** Who it was: agent, model, turn. */
export function whoWords({ agent, model, turn, trigger, runtime }: Verdict): string {
  const shortTurn =
    turn === undefined || turn.length > SHORT_ID ? undefined : /^turn/i.test(turn) ? turn : `turn ${turn}`
  const started = trigger === undefined ? shortTurn : shortTurn ? `${shortTurn} (${trigger})` : `trigger ${trigger}`
  const by = runtime !== undefined && !agent.startsWith(runtime.split(' ')[0] as string) ? `on ${runtime}` : undefined
  return [agent, by, model ?? 'model not recorded', started].filter(Boolean).join(' · ')
}

/** The ids of a run, and the runs it stands in relation to. */
export function idWords({ id, turn, session, relations }: Verdict): string {
  const ids = [
    id === undefined ? 'run id not recorded' : `run ${id}`,
    turn === undefined || turn === id || turn.length <= SHORT_ID ? undefined : `turn ${turn}`,
    session === undefined ? undefined : `session ${session}`,
    ...relations.filter(({ relation }) => relation !== 'baseline').map(({ relation, run }) => `${relation} run ${run}`),
  ]
  return ids.filter(Boolean).join(' · ')
}

/** When it was, how long it took, what it cost. */
export function whenWords({ verdict, consumption, stepCount }: Facts): string {
  const took = verdict.durationMs === undefined ? 'duration not recorded' : duration(verdict.durationMs)
  const cost =
    typeof consumption.total.usd === 'number' || consumption.other ? priceWords(consumption) : totalWords(consumption)
  return `${verdict.when} (${took}) · ${stepCount} ${stepCount === 1 ? 'step' : 'steps'} · ${cost}`
}

/** Why it ended as it did, each cause on a line of its own; none for a run that simply succeeded. */
export function whyWords({ verdict }: Facts): string[] {
  const { tone, failure, error, errorType } = verdict
  if (tone === 'good') return []
  const said = error === undefined ? (errorType ?? '') : `${errorType ? `(${errorType}) ` : ''}${excerpt(error, 200)}`
  const lines = [failure === undefined ? '' : failureWords(failure), said && `error: ${said}`].filter(
    (line) => line !== '',
  )
  if (lines.length > 0) return lines
  return tone === 'bad' ? ['no step went wrong; why it ended is not recorded'] : []
}

const failureWords = ({ number, name, result, errorType, cause, by }: NonNullable<Verdict['failure']>): string => {
  if (cause === 'denied') return `stopped by ${by}: denied step ${number}: ${excerpt(name, 120)}`
  const where = cause === 'stopped' ? 'stopped at' : 'first trouble at'
  return `${where} step ${number}: ${excerpt(name, 120)}, ${result}${errorType ? ` (${errorType})` : ''}`
}
