import type { StepDraft } from '../../conversion/step-draft.ts'
import { copied } from './copied.ts'
import type { Transcript } from './transcript.ts'
import type { Turn } from './turn.ts'

/** Transcripts of compactions: their model calls belong to the compaction they made. */
export function addCompactions(transcripts: readonly Transcript[], turns: Turn[], owner: Map<Turn, Transcript>): void {
  const seen = new Set<string>()
  for (const transcript of transcripts) {
    for (const { conversation } of transcript.sides.values()) {
      for (const turn of conversation.turns) {
        if (seen.has(turn.id)) {
          transcript.ledger.skipped(copied, turn.lines)
          continue
        }
        seen.add(turn.id)
        const found = turns
          .flatMap((candidate) => candidate.compactions.map((compaction) => ({ candidate, ...compaction })))
          .find(({ candidate, after, draft }) => madeBy(turn, candidate, after, draft.step.ended_at ?? null))
        if (!found) {
          makeCompaction(turn)
          turns.push(turn)
          owner.set(turn, transcript)
          continue
        }
        transcript.ledger.mapped(turn.lines)
        addCompactionCalls(found.candidate, found.draft, turn, transcript.name.split(/[\\/]/).at(-1) ?? transcript.name)
      }
    }
  }
}

/** The calls of the model that made a compaction stand in its step; they tell when it began. */
function addCompactionCalls(turn: Turn, holder: StepDraft, own: Turn, file: string): void {
  if (holder.step.started_at === null && own.start && holder.final !== undefined && own.start.ms <= holder.final) {
    holder.step.started_at = own.start.text
    holder.step.duration_ms = holder.final - own.start.ms
    holder.begun = own.start.ms
  }
  for (const [key, call] of own.modelCalls) {
    const { step } = call.draft
    step.parent_step_id = holder.step.id
    step.source_ref = `${file.slice(0, 200)} ${step.source_ref ?? ''}`.trim()
    if (turn.drafts.some((draft) => draft.step.id === step.id)) step.id += '~compaction'
    // Its lines are those of another file: it stands behind the step that holds it.
    const draft: StepDraft = { ...call.draft, line: holder.line, index: holder.index + 1 }
    turn.drafts.push(draft)
    turn.modelCalls.set(`compaction ${key}`, { ...call, draft })
  }
}

/** The transcript of a compaction without the session it was made for: a run of its own. */
function makeCompaction(turn: Turn): void {
  const calls = [...turn.modelCalls.values()].map(({ draft }) => draft)
  for (const draft of [...turn.drafts]) if (!calls.includes(draft)) turn.remove(draft)
  const summary = turn.output
  const draft = turn.add(
    {
      id: `${turn.id}.compaction`,
      type: 'compaction',
      status: 'succeeded',
      started_at: turn.start?.text ?? null,
      ...(summary ? { output_preview: summary } : {}),
      source_ref: `line ${turn.firstLine}`,
    },
    turn.firstLine,
    turn.start,
  )
  for (const call of calls) call.step.parent_step_id = draft.step.id
  const end = calls.at(-1)?.step.ended_at
  turn.settle(draft, turn.lastLine, end ? { text: end, ms: Date.parse(end) } : undefined)
  turn.kind = 'compaction'
  turn.input = undefined
  turn.output = undefined
  turn.trigger = undefined
}

/** True if a compaction's transcript follows the line that the compaction names, or, in the same session, ends just before it. */
function madeBy(turn: Turn, candidate: Turn, after: string | undefined, at: string | null): boolean {
  if (candidate.sessionId !== turn.sessionId) return false
  if (after !== undefined && turn.parentUuid !== undefined) return after === turn.parentUuid
  return at !== null && turn.start !== undefined && turn.start.ms <= Date.parse(at)
}
