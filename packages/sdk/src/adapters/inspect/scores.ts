import type { EvalResult, Evidence } from '@agent-run/types'
import { asObject, asString, type Json } from '../../conversion/json.ts'
import type { Moment } from '../../conversion/time.ts'
import type { Previewer } from '../../preview/index.ts'
import { type Attachments, resolveText } from './content.ts'

/** What a score says: its value on a scale of 0 to 100, and whether it passes. */
interface Reading {
  readonly score: number
  /** Undefined where no threshold is known. */
  readonly pass: boolean | undefined
}

/** Values of Inspect's scorers: correct, incorrect, partial, no answer. */
const letters: Readonly<Record<string, Reading>> = {
  C: { score: 100, pass: true },
  I: { score: 0, pass: false },
  P: { score: 50, pass: false },
  N: { score: 0, pass: false },
}

/** Reads a value of a score. Numbers count only on the scale of 0 to 1; between its ends nobody knows what passes. */
function readValue(value: unknown): Reading | undefined {
  if (typeof value === 'boolean') return { score: value ? 100 : 0, pass: value }
  if (typeof value === 'string') return Object.hasOwn(letters, value) ? letters[value] : undefined
  if (typeof value !== 'number' || !(value >= 0 && value <= 1)) return undefined
  return { score: value * 100, pass: value === 1 ? true : value === 0 ? false : undefined }
}

/** What was scored, and how. */
export interface Scored {
  readonly scores: Json
  readonly target: unknown
  readonly at: Moment | undefined
  readonly runId: string
  readonly task: string | undefined
}

/**
 * Scores of a sample as evidence, one for each scorer, and as one EvalResult if every score can be read as passed or
 * failed: it passes if all do, and its score is their mean.
 */
export function readScores(
  { scores, target, at, runId, task }: Scored,
  attachments: Attachments,
  previewer: Previewer,
): { evidence: Evidence[]; evaluation: EvalResult | undefined } {
  const found = Object.entries(scores).flatMap(([name, value]) => {
    const json = asObject(value)
    return json ? [{ name: previewer.text(name, 256) || 'score', json, reading: readValue(json.value) }] : []
  })
  const evidence = found.map(({ name, json, reading }): Evidence => {
    const value = previewer.json(json.value, 200)
    const result = reading?.pass === undefined ? 'unknown' : reading.pass ? 'pass' : 'fail'
    return {
      kind: 'eval',
      name,
      result: json.value === 'P' ? 'partial' : result,
      ...(value === undefined ? {} : { metadata: { inspect: { value } } }),
    }
  })
  const read = found.flatMap(({ name, reading }) =>
    reading?.pass === undefined ? [] : [{ name, pass: reading.pass, score: reading.score }],
  )
  if (read.length === 0 || read.length < found.length) return { evidence, evaluation: undefined }
  const shorten = (value: unknown): string | undefined => {
    const text = Array.isArray(value)
      ? value.flatMap((item) => resolveText(item, attachments) ?? []).join(' | ')
      : resolveText(value, attachments)
    return text?.trim() ? previewer.text(text, 1000) : undefined
  }
  const first = found[0]?.json ?? {}
  const [expected, actual, detail] = [target, first.answer, first.explanation].map(shorten)
  const scorers = previewer.text(read.map(({ name }) => name).join(', '), 256)
  return {
    evidence,
    evaluation: {
      pass: read.every(({ pass }) => pass),
      score: read.reduce((sum, { score }) => sum + score, 0) / read.length,
      ...(expected ? { expected_outcome: expected } : {}),
      ...(actual ? { actual_outcome: actual } : {}),
      ...(read.length > 1 ? { criteria: read } : {}),
      ...(detail ? { detail } : {}),
      ...(asString(task) ? { benchmark_id: previewer.text(task ?? '', 256) } : {}),
      evaluator: `inspect_ai: ${scorers}`,
      run_id: runId,
      ...(at ? { at: at.text } : {}),
    },
  }
}
