import { asString } from '../../conversion/json.ts'
import type { LineFate } from '../../conversion/ledger.ts'
import type { RolloutLine } from './line.ts'
import type { Rollout } from './rollout.ts'
import type { Turn } from './turn.ts'

/** How many lines of one compaction may stand apart: it is written as a line, an event and an item. */
const nearby = 4

/** Adds the step of a compaction. One between turns is a run of its own, which is over at once. */
export function readCompaction(rollout: Rollout, line: RolloutLine): LineFate {
  rollout.flush(line)
  const last = rollout.turn?.lastCompaction
  const summary = asString(line.payload.message)
  if (rollout.turn && last && line.number - last.line <= nearby) {
    rollout.turn.book(line)
    last.line = line.number
    const { step } = last.draft
    step.source_ref = `${step.source_ref}, line ${line.number}`
    if (summary && !step.output_preview) step.output_preview = rollout.previewer.text(summary)
    return 'mapped'
  }
  const turn = turnOf(rollout, line)
  turn.book(line)
  const draft = turn.run.addMoment(
    {
      id: `line-${line.number}`,
      type: 'compaction',
      status: 'succeeded',
      started_at: null,
      ...(summary ? { output_preview: rollout.previewer.text(summary) } : {}),
      source_ref: `line ${line.number}`,
    },
    line.number,
    line.time,
  )
  turn.lastCompaction = { draft, line: line.number }
  return 'mapped'
}

function turnOf(rollout: Rollout, line: RolloutLine): Turn {
  const { turn } = rollout
  if (turn?.phase === 'open' && (turn.marked || turn.isWorking || turn.answer === undefined)) return turn
  const own = rollout.begin(line)
  own.phase = 'completed'
  own.run.end = line.time
  return own
}
