import { unknownCost } from '../../conversion/cost.ts'
import { addMessage, addModelCall, addReasoning, finishStep } from '../../conversion/draft-steps.ts'
import type { LineFate } from '../../conversion/ledger.ts'
import type { RolloutLine } from './line.ts'
import type { Answer, Said, Turn } from './turn.ts'
import { type Counts, costOf } from './usage.ts'

/** The answer that a line is part of. A result of a call ends an answer whose tokens were never counted. */
export function answerOf(turn: Turn, line: RolloutLine): Answer {
  if (turn.answer?.resulted) closeAnswer(turn, undefined, undefined)
  if (!turn.answer) {
    const draft = addModelCall(
      turn.run,
      { id: `answer-${line.number}`, model: turn.model, start: turn.lastMoment },
      { line: line.number },
    )
    turn.answer = { draft, calls: new Set(), spoke: false, resulted: false, last: line }
    if (turn.phase === 'answered') turn.phase = 'open'
  }
  turn.answer.last = line
  turn.worked = false
  turn.error = undefined
  return turn.answer
}

/** Ends the answer under way, by the line that counts its tokens or by its own last line. */
export function closeAnswer(turn: Turn, line: RolloutLine | undefined, counts: Counts | undefined): void {
  const { answer } = turn
  if (!answer) return
  turn.answer = undefined
  turn.unmatched.length = 0
  const end = line ?? answer.last
  answer.draft.step.cost = counts
    ? { ...costOf(counts), ...(answer.draft.step.model ? { model: answer.draft.step.model } : {}) }
    : { ...unknownCost }
  finishStep(turn.run, answer.draft, { status: 'succeeded', at: end.time }, { line: end.number })
  // The loop of the agent ends with an answer that calls nothing.
  if (line && !turn.marked && answer.calls.size === 0 && answer.spoke && turn.phase === 'open') turn.phase = 'answered'
}

/** A request to the model of which nothing but its tokens was written, such as that of a compaction. */
export function addSilentAnswer(turn: Turn, line: RolloutLine, counts: Counts): void {
  const draft = addModelCall(
    turn.run,
    {
      id: `answer-${line.number}`,
      model: turn.model,
      ...(turn.phase === 'open' ? { start: turn.lastMoment } : {}),
      cost: costOf(counts),
    },
    { line: line.number },
  )
  finishStep(turn.run, draft, { status: 'succeeded', at: line.time }, { line: line.number })
}

/**
 * Adds what the model said or thought. Codex writes most of it twice, as an item of the model and as an event for the
 * user, next to each other and in either order: one step stands for both.
 */
export function addSaid(
  turn: Turn,
  line: RolloutLine,
  kind: 'message' | 'reasoning',
  from: Said['from'],
  texts: readonly string[],
): LineFate {
  const [first, ...others] = findCounterparts(turn, line, kind, from, texts)
  if (first) {
    turn.book(line)
    const { step } = first.draft
    step.source_ref = `${step.source_ref}, line ${line.number}`
    for (const { draft } of others) turn.run.remove(draft)
    if (texts.length > 1) step.output_preview = turn.run.previewer.text(texts.join('\n\n'))
    return 'mapped'
  }
  const answer = answerOf(turn, line)
  turn.book(line)
  const words = {
    id: `line-${line.number}`,
    text: texts.join('\n\n'),
    at: line.time,
    modelCallId: answer.draft.step.id,
  }
  const place = { line: line.number }
  const draft =
    kind === 'reasoning' ? addReasoning(turn.run, words, place) : addMessage(turn.run, 'assistant', words, place)
  if (kind === 'message') {
    turn.lastText = texts.join('\n\n') || turn.lastText
    if (line.payload.phase !== 'commentary') answer.spoke = true
  }
  if (draft) turn.unmatched.push({ kind, from, texts: [...texts], draft, line: line.number })
  return 'mapped'
}

/** Steps that the other form of the same words has made already. */
export function findCounterparts(
  turn: Turn,
  line: RolloutLine,
  kind: Said['kind'],
  from: Said['from'],
  texts: readonly string[],
): Said[] {
  const found: Said[] = []
  for (const said of [...turn.unmatched]) {
    if (said.kind !== kind || said.from === from) continue
    const shared = said.texts.filter((text) => texts.includes(text))
    const adjacent = said.line === line.number - 1
    if (shared.length === 0 && !adjacent) continue
    found.push(said)
    const left = shared.length === 0 ? [] : said.texts.filter((text) => !shared.includes(text))
    if (left.length === 0) turn.unmatched.splice(turn.unmatched.indexOf(said), 1)
    else said.texts.splice(0, said.texts.length, ...left)
    if (from === 'event') break
  }
  return found
}
