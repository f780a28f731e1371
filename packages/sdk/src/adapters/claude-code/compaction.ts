import type { Step } from '@agent-run/types'
import { asCount, asObject, asString } from '../../conversion/json.ts'
import type { StepDraft } from '../../conversion/step-draft.ts'
import type { Entry } from './entry.ts'
import type { Turn } from './turn.ts'

/** Adds the step of a compaction of the conversation. Its model call, if its transcript is at hand, is added later. */
export function readCompaction(turn: Turn, entry: Entry): StepDraft {
  const details = asObject(entry.json.compactMetadata) ?? asObject(entry.json.microcompactMetadata)
  const duration = asCount(details?.durationMs)
  const start =
    entry.time && duration !== undefined && duration < entry.time.ms ? new Date(entry.time.ms - duration) : undefined
  const before = asCount(details?.preTokens)
  const after = asCount(details?.postTokens)
  const trigger = asString(details?.trigger)
  const step: Step = {
    id: entry.uuid ?? `line-${entry.line}`,
    type: 'compaction',
    status: 'succeeded',
    started_at: start?.toISOString() ?? null,
    source_ref: `line ${entry.line}`,
    metadata: {
      ...(trigger === 'manual' || trigger === 'auto' ? { trigger } : {}),
      ...(before === undefined ? {} : { tokens_before: before }),
      ...(after === undefined ? {} : { tokens_after: after }),
    },
  }
  const draft = turn.add(step, entry.line, start ? { text: start.toISOString(), ms: start.getTime() } : undefined)
  turn.settle(draft, entry.line, entry.time)
  turn.compactions.push({ draft, after: asString(entry.json.logicalParentUuid) })
  return draft
}
