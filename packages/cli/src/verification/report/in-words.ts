import { grouped, visible } from '@agent-run/core/text'
import type { RecordOutcome } from '../outcome.ts'
import { resultOf, shortKey } from './phrases.ts'

/** A verdict said in sentences: what is proven here and what only the record says. All safe to print. */
export interface InWords {
  readonly proven: readonly string[]
  readonly claimed: readonly string[]
}

/**
 * A verdict in sentences that need no knowledge of hashes. Nothing is called proven that no passed check rests on, and
 * what a seal can never show is always said.
 */
export function inWords(outcome: RecordOutcome): InWords {
  return { proven: provenOf(outcome), claimed: claimedOf(outcome) }
}

const provenOf = (outcome: RecordOutcome): string[] => {
  const { subject, verdict } = outcome
  const passes = (name: string): boolean => resultOf(outcome, name) === 'pass'
  const detail = (name: string): string => visible(verdict.checks.find(({ check }) => check === name)?.detail ?? '')
  const sentences: string[] = []
  const say = (sentence: string | false): unknown => sentence && sentences.push(sentence)
  const sealed = passes('record') && passes('steps')
  const isSigned = sealed && passes('signature')
  say(
    passes('schema') &&
      (passes('semantics')
        ? 'The record has the form the standard asks for, and its parts do not contradict each other.'
        : 'The record has the form the standard asks for.'),
  )
  say(
    isSigned &&
      `Nothing was changed, added, removed or reordered since the record was signed: ${steps(subject.steps)} and everything around them, except what the standard lets be erased.`,
  )
  say(
    sealed &&
      !isSigned &&
      'The record agrees with the seal inside it. Nobody signed that seal: whoever changed the record could have renewed it.',
  )
  say(isSigned && subject.signedBy !== undefined && `The holder of the key ${shortKey(subject.signedBy)} signed it.`)
  say(
    isSigned &&
      passes('signer') &&
      verdict.by !== undefined &&
      `Your trust file says that this key belongs to ${visible(verdict.by)} and may sign for this agent.`,
  )
  say(
    verdict.time.basis === 'vouched' &&
      `The record existed in this form by ${visible(verdict.time.at ?? 'a time that is not said')}: ${visible(verdict.time.by ?? 'somebody else')} countersigned it.`,
  )
  say(passes('approvals') && `Signed approvals fit the calls they are for: ${detail('approvals')}.`)
  say(passes('lineage') && `The runs that started it or that it started fit together: ${detail('lineage')}.`)
  say(passes('journal') && `The journal written during the run agrees with the record: ${detail('journal')}.`)
  say(passes('evals') && `Evaluations of exactly this record were signed: ${detail('evals')}.`)
  say(passes('erasures') && `Whoever erased private content signed for it: ${detail('erasures')}.`)
  return sentences
}

const claimedOf = (outcome: RecordOutcome): string[] => {
  const { subject, verdict } = outcome
  const result = (name: string): string => resultOf(outcome, name)
  const sentences: string[] = []
  const say = (sentence: string | false): unknown => sentence && sentences.push(sentence)
  const isSigned = result('record') === 'pass' && result('signature') === 'pass'
  if (result('schema') !== 'pass') return []
  say(!isSigned && 'Everything in it: whoever had the record could have written it.')
  say(verdict.self_asserted === true && 'Who signed: the key vouches for itself. No trust file says whose it is.')
  say(isSigned && 'That the content is true and that nothing was left out: a seal shows what was not changed, no more.')
  say(
    verdict.time.basis === 'asserted' &&
      `When it happened: by the clock of the machine that wrote it${subject.sealedAt === undefined ? '' : `, which says it was sealed at ${visible(subject.sealedAt)}`}. Nobody else vouches for it.`,
  )
  say(result('approvals') === 'unknown' && 'Who approved: the record names approvals that no trusted approver signed.')
  say(result('evals') === 'unknown' && 'How well it worked: no trusted evaluator signed the evaluations.')
  say(result('lineage') === 'unknown' && 'Which runs it belongs to: not everything that would show it was given.')
  say(result('journal') === 'unknown' && 'That it was recorded as it went on: the journal was not given.')
  say(result('erasures') === 'unknown' && 'Why private content is missing: no trusted statement says who erased it.')
  say(
    subject.convertedFrom !== undefined &&
      `That the source said so: the record was converted from ${visible(subject.convertedFrom)} and can be no better.`,
  )
  return sentences
}

const steps = (number: number): string => (number === 1 ? 'its one step' : `its ${grouped(number)} steps`)
