import { type Loose, listAt, numberAt, textAt } from './loose.ts'
import { excerpt } from './section.ts'

/** A step as a receipt names it. */
export interface StepName {
  /** Its place in the record, from 1. */
  readonly number: number
  readonly id: string | undefined
  /** `Bash "npm publish"`, `model call`, `handoff to reviewer`; not yet safe to print. */
  readonly name: string
}

/** What became of a step, from `status`, or from `success` in a 0.1 record; undefined: not recorded. */
export function statusOf(step: Loose): string | undefined {
  const status = textAt(step, 'status')
  if (status !== undefined) return status
  if (step['success'] === true) return 'succeeded'
  return step['success'] === false ? 'failed' : undefined
}

const BAD = new Set(['failed', 'denied', 'timeout', 'interrupted', 'cancelled'])

/** Whether a step went wrong. */
export const wentWrong = (step: Loose): boolean => BAD.has(statusOf(step) ?? '')

/** Whether a step was refused before it ran. */
export const neverRan = (step: Loose): boolean => ['denied', 'skipped'].includes(statusOf(step) ?? '')

const SHELL = /^(?:bash|shell|sh|powershell|terminal|exec)/i

/** The command a step ran or wanted to run; undefined: it is not recorded as one. */
export function commandOf(step: Loose): string | undefined {
  const effect = listAt(step, 'side_effects').find(({ kind }) => kind === 'exec')
  if (effect !== undefined) return textAt(effect, 'target') ?? textAt(effect, 'operation')
  const input = SHELL.test(textAt(step, 'tool_name') ?? '') ? textAt(step, 'input_preview') : undefined
  return input?.startsWith('{') ? undefined : input
}

/** What a step is called, with what it was about where that is recorded. */
export function stepName(step: Loose, number: number): StepName {
  const effects = listAt(step, 'side_effects')
  const about =
    commandOf(step) ?? effects.map((effect) => textAt(effect, 'target')).find((target) => target !== undefined)
  const type = textAt(step, 'type') ?? 'step'
  const tool = textAt(step, 'tool_name')
  const other = textAt(step, 'agent_id') ?? textAt(step, 'child_run_id')
  let name = type.replaceAll('_', ' ')
  if (tool !== undefined) name = about === undefined ? tool : `${tool} "${about}"`
  else if (type.startsWith('handoff') && other !== undefined) name = `${name} to ${other}`
  else if (type === 'model_call' && textAt(step, 'model')) name = `${name} ${textAt(step, 'model')}`
  return { number, id: textAt(step, 'id'), name }
}

/** Longest beginning of a call's input that stands for a target, in characters. */
const PREVIEW = 120

/** What a step did where no target is recorded: the operation or the tool, and what it was called with. */
export function callWords(step: Loose, operation: string | undefined): string | undefined {
  const command = commandOf(step)
  const name = operation ?? command ?? textAt(step, 'tool_name')
  const preview = command === undefined ? textAt(step, 'input_preview') : undefined
  const words = [name, preview === undefined || preview === name ? undefined : excerpt(preview, PREVIEW)]
  return words.filter((word) => word !== undefined).join(' ') || undefined
}

/** How a step ended, in words: `exit 1`, `denied, never ran`, `timeout`; empty for what went as it should. */
export function resultOf(step: Loose): string {
  const status = statusOf(step)
  const exit = numberAt(step, 'exit_code')
  if (status === 'denied' || status === 'skipped') return `${status}, never ran`
  if (exit !== undefined) return status === 'timeout' ? `timeout, exit ${exit}` : `exit ${exit}`
  if (status === undefined) return 'result not recorded'
  return status === 'succeeded' ? '' : status
}
