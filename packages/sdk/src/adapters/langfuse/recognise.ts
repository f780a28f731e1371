import type { Head } from '../../conversion/head.ts'
import { asArray, asObject } from '../../conversion/json.ts'
import { traceOf } from './arrange.ts'

/** Types of observations. */
const types = /^(?:GENERATION|SPAN|EVENT|TOOL|AGENT|CHAIN|RETRIEVER|EVALUATOR|EMBEDDING|GUARDRAIL)$/i

/** True for a trace whose observations have a type of Langfuse and name their trace. */
export function recognises({ document, objects, text }: Head): boolean {
  const values = [...(asArray(document) ?? [document]).slice(0, 8), ...objects.slice(0, 8)]
  if (values.some(isTrace)) return true
  return document === undefined && signs.every((sign) => sign.test(text))
}

const isTrace = (value: unknown): boolean => {
  const observations = traceOf(value)?.observations ?? []
  return observations.slice(0, 8).some((observation) => {
    const json = asObject(observation)
    return typeof json?.traceId === 'string' && typeof json.type === 'string' && types.test(json.type)
  })
}

/** What stands near the beginning of a trace that is longer than what is looked at. */
const signs = [/"observations"\s*:\s*\[/, /"traceId"\s*:/, /"type"\s*:\s*"(?:GENERATION|SPAN|EVENT|TOOL|AGENT|CHAIN)"/]
