import { dollars, duration } from '@agent-run/core/text'
import type { Amounts, Fault, Row, View } from './view.ts'

/** `1 call`, `12 calls`. */
export const count = (number: number, noun: string): string =>
  `${number.toLocaleString('en-GB')} ${noun}${number === 1 ? '' : 's'}`

/** A score as people read it: `100`, `87.5`. One that is not known is a dash. */
export const scoreOf = (score: number | undefined): string =>
  // A score just short of all must not be rounded to all.
  score === undefined ? '–' : String(score > 99.9 && score < 100 ? 99.9 : Number(score.toFixed(1)))

/** `$0.42`; `$0.42 (7 of 8)` where some are not known; `cost unknown`. */
export const costOf = ({ costUsd, costKnown }: Amounts, trials: number): string => {
  if (costUsd === undefined) return 'cost unknown'
  return `${dollars(costUsd)}${costKnown === trials ? '' : ` (${costKnown} of ${trials})`}`
}

/** `6 calls`; `6 calls (7 of 8)` where some trials did not say; `calls unknown`. */
export const callsOf = ({ toolCalls, toolCallsKnown }: Amounts, trials: number): string => {
  if (toolCalls === undefined) return 'calls unknown'
  return `${count(toolCalls, 'call')}${toolCallsKnown === trials ? '' : ` (${toolCallsKnown} of ${trials})`}`
}

/** Mean time of a trial. */
export const timeOf = ({ wallMs }: Amounts): string => (wallMs === undefined ? '–' : duration(wallMs))

/** `passed`, `failed`, or `2 of 3` where a scenario was repeated. */
export const passesOf = ({ trials, passed, pass }: Row): string =>
  trials === 1 ? (pass ? 'passed' : 'failed') : `${passed} of ${trials}`

/** What was not met: name, how often where it was repeated, and why. */
export const faultWords = (
  { name, why, times, required }: Fault,
  trials: number,
): { readonly name: string; readonly why: string } => {
  const remarks = [...(trials > 1 ? [`${times} of ${trials}`] : []), ...(required ? [] : ['not required'])]
  return { name: remarks.length === 0 ? name : `${name} (${remarks.join(', ')})`, why }
}

/** What it comes to, in a few words. */
export const headlineOf = (view: View): string => {
  const { trials, planned, pass, scenarios, scenariosPassed } = view
  if (trials === 0) return 'nothing was run'
  if (trials < planned) return `stopped after ${trials} of ${count(planned, 'trial')}`
  if (pass) return `${scenarios === 1 ? 'the scenario' : `all ${scenarios} scenarios`} passed`
  return `${scenariosPassed} of ${count(scenarios, 'scenario')} passed`
}

/** How it stands: `part` is a run that was stopped. */
export const standingOf = ({ trials, planned, pass }: View): 'pass' | 'fail' | 'part' =>
  trials < planned || trials === 0 ? 'part' : pass ? 'pass' : 'fail'

/** Numbers and words of ours as a cell of a Markdown table: between two dollar signs, some readers see a formula. */
export const markdownCell = (text: string): string => text.replaceAll('$', '\\$')
