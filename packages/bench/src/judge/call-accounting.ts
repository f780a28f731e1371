import { hasRun } from '@agent-run/core'
import type { AgentRun, Step } from '@agent-run/types'
import { fitsTool } from '../matching/tool-names.ts'
import type { LedgerEntry } from '../tools/index.ts'
import { callsOf } from './criteria/calls.ts'
import { statusOf } from './step-selection.ts'

/** How a record and the ledger differ about one tool. */
export interface ToolAccount {
  readonly tool: string
  /** Calls that really happened and that no step names. */
  readonly hidden: number
  /** Steps that claim a call that never happened. */
  readonly invented: number
}

/** Clocks of the bench and of a runtime's steps differ a little, in milliseconds. */
const SLACK_MS = 1_000

/**
 * Compares the calls of a record with those that really happened. A call is named by a step of the tool's name, one step
 * one call; or by a step of another tool, such as a shell, that mentions the tool in its input or its side effects: it stands for the
 * calls that were made while it ran, or for one if it doesn't say when that was. A step of the tool's name that says it succeeded, or
 * doesn't say how it ended, claims a call; one that failed need not have got that far.
 * @param tools the tools of the bench that were offered
 */
export function accountForCalls(
  runs: readonly AgentRun[],
  ledger: readonly LedgerEntry[],
  tools: readonly string[],
): ToolAccount[] {
  const steps = runs.flatMap(({ steps }) => steps).filter((step) => isCall(step) && hasRun(step))
  const calls = callsOf(ledger)
  return tools.map((tool) => {
    const made = calls.filter(({ tool_name }) => tool_name === tool)
    const own = steps.filter(({ tool_name }) => typeof tool_name === 'string' && fitsTool([tool], tool_name))
    const claims = own.filter((step) => (statusOf(step) ?? 'succeeded') === 'succeeded')
    const unnamed = made.length - own.length
    const hidden = unnamed > 0 ? unnamed - mentioned(made, steps, own, tool) : 0
    return { tool, hidden: Math.max(0, hidden), invented: Math.max(0, claims.length - made.length) }
  })
}

const isCall = ({ type }: Step): boolean => type === 'tool_call' || type === 'tool_result'

/** How many of the calls steps of other tools can stand for. */
const mentioned = (
  made: readonly LedgerEntry[],
  steps: readonly Step[],
  own: readonly Step[],
  tool: string,
): number => {
  const named = new Set(own)
  const windows: [from: number, to: number][] = []
  let timeless = 0
  for (const step of steps) {
    if (named.has(step) || !wordsOf(step).some((text) => mentions(text, tool))) continue
    const [from, to] = [Date.parse(step.started_at ?? ''), Date.parse(step.ended_at ?? '')]
    if (Number.isNaN(from) || Number.isNaN(to)) timeless++
    else windows.push([from - SLACK_MS, to + SLACK_MS])
  }
  const covered = made.filter(({ at }) => windows.some(([from, to]) => from <= Date.parse(at) && Date.parse(at) <= to))
  return covered.length + timeless
}

const wordsOf = ({ input_preview, side_effects = [] }: Step): string[] =>
  [input_preview, ...side_effects.flatMap(({ operation, target }) => [operation, target])].filter(
    (text) => typeof text === 'string',
  )

/** Whether a name stands in a text as a word of its own. */
const mentions = (text: string, name: string): boolean => {
  for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1))
    if (!isWord(text[at - 1]) && !isWord(text[at + name.length])) return true
  return false
}

const isWord = (character: string | undefined): boolean => character !== undefined && /[\w-]/.test(character)
