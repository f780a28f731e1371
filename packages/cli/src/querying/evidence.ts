import { describeStep, factValue, type RunFilter } from '@agent-run/core'
import type { AgentRun, SideEffect, Step } from '@agent-run/types'
import { allowances } from '../receipt/allowed.ts'
import { type Loose, textAt } from '../receipt/loose.ts'
import { excerpt, times } from '../receipt/section.ts'
import { callWords, stepName } from '../receipt/steps.ts'

/** Kinds of facts that steps give. */
const OF_STEPS = new Set(['tool', 'mcp_server', 'side_effect', 'target', 'approval', 'has_error'])

const NAMES = 8

/** Longest line in characters; reasons of decisions may be long. */
const LONGEST = 1000

/** What in a run made it match, by name, each filter of steps on a line; not yet safe to print. */
export function evidenceOf(run: AgentRun, { facts }: RunFilter): string[] {
  const lines = facts.filter(({ kind }) => OF_STEPS.has(kind)).map((fact) => evidenceLine(run, fact))
  const isWrong = facts.some(({ kind, value }) => kind === 'has_error' && value === 'true')
  const own = isWrong ? errorWords(run as unknown as Loose) : ''
  return [...new Set([...lines, own])].filter((line) => line !== '')
}

/** Names in groups: those of one kind of effect stand together, `write a, b · delete c`. */
const evidenceLine = (run: AgentRun, { kind, value }: RunFilter['facts'][number]): string => {
  const groups = new Map<string, Map<string, number>>()
  for (const [index, step] of run.steps.entries()) {
    if (!describeStep(step).some((fact) => fact.kind === kind && fact.value === value)) continue
    for (const [group, name] of namesOf(run, step, index, kind, value)) {
      const names = groups.get(group) ?? new Map<string, number>()
      groups.set(group, names.set(name, (names.get(name) ?? 0) + 1))
    }
  }
  const words = Array.from(groups, ([group, names]) => {
    const listed = Array.from(names)
      .slice(0, NAMES)
      .map(([name, count]) => times(name, count))
    const more = names.size - listed.length
    const all = [...listed, ...(more > 0 ? [`and ${more} more`] : [])]
    return group === '' ? all.join(' · ') : `${group} ${all.join(', ')}`
  })
  return excerpt(words.join(' · '), LONGEST)
}

/** Names of what a step did, each with the group it stands in. */
const namesOf = (run: AgentRun, step: Step, index: number, kind: string, value: string): [string, string][] => {
  const name = excerpt(stepName(step as unknown as Loose, index + 1).name, 80)
  if (kind === 'side_effect') return effectNames(step, (effect) => isMeant(effect, value))
  if (kind === 'target') return effectNames(step, ({ target }) => target !== undefined && factValue(target) === value)
  if (kind === 'approval')
    return [['', `${name} – ${allowances(run as unknown as Loose)(step as unknown as Loose).by}`]]
  if (kind === 'has_error') return [['', [name, errorWords(step as unknown as Loose)].filter(Boolean).join(' – ')]]
  return [['', kind === 'mcp_server' ? excerpt(step.tool_name ?? name, 60) : name]]
}

/** What went wrong in a step or a run, as it is recorded. */
const errorWords = (of: Loose): string =>
  [textAt(of, 'error_type'), textAt(of, 'error')]
    .filter((text) => text !== undefined)
    .map((text) => excerpt(text, 160))
    .join(': ')

const effectNames = (step: Step, isWanted: (effect: SideEffect) => boolean): [string, string][] =>
  (step.side_effects ?? []).filter(isWanted).map(({ kind, target, operation }) => {
    const what = target ?? callWords(step as unknown as Loose, operation)
    return [kind, excerpt(what ?? '(what is not recorded)', 80)]
  })

/** Whether a filter by effect means this one. */
const isMeant = ({ kind, target_kind }: SideEffect, value: string): boolean => {
  if (value === 'write') return target_kind === 'file' && (kind === 'write' || kind === 'delete')
  return kind === value || `${kind}:${target_kind ?? 'unknown'}` === value
}
