import type { AgentRun } from '@agent-run/types'
import { convertOtelGenai } from '../../src/adapters/otel-genai/index.ts'
import { toOtlp } from '../../src/exporters/otlp/index.ts'

const seals = [
  'journal_head',
  'record_hash',
  'sealed_at',
  'signature',
  'signed_by',
  'steps_count',
  'steps_root',
] as const

/** What a trip through OTLP is to give back: the record without its seal, and without `source`, which says where it came from. */
export function unsealedForm(run: AgentRun): Omit<AgentRun, 'source'> {
  const { source: _, eval: judgement, ...rest } = run
  const provenance = Object.fromEntries(
    Object.entries(run.provenance).filter(([name]) => !(seals as readonly string[]).includes(name)),
  ) as AgentRun['provenance']
  const isBound = ['record_hash', 'document_hash', 'signature'].some((name) => name in (judgement ?? {}))
  return { ...rest, provenance, ...(judgement && !isBound ? { eval: judgement } : {}) }
}

/** The record that is made of the trace of a record. */
export async function throughOtlp(...runs: readonly AgentRun[]): Promise<AgentRun[]> {
  const { runs: imported } = await convertOtelGenai(
    runs.map((run, index) => ({ name: `${index}.json`, content: JSON.stringify(toOtlp.export(run).document) })),
    { redact: false },
  )
  return imported
}
