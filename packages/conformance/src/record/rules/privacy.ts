import { type ErasableKind, PRIVATE } from '../../bytes/seal.ts'
import { at, type Check, type Compared, must, should } from '../check.ts'
import type { RecordView, Thing } from '../view.ts'

const LONGEST_PREVIEW = 2000

/** Every object that can have a private_hash, with its kind. */
function* erasables(view: RecordView): Generator<readonly [ErasableKind, Thing]> {
  yield ['run', view.run]
  for (const step of view.steps) yield ['step', step]
  for (const step of view.steps) for (const effect of step.things('side_effects')) yield ['side_effect', effect]
  for (const event of view.approvals) yield ['approval', event]
  for (const decision of view.decisions) yield ['policy_decision', decision]
  for (const artifact of view.artifacts) yield ['artifact', artifact]
}

function* saltAlone(view: RecordView): Generator<Compared> {
  for (const [, thing] of erasables(view)) {
    if (!thing.has('salt')) continue
    yield thing.has('private_hash') ? undefined : at(`${thing.path}/salt`, 'a salt beside a private_hash', 'one alone')
  }
}

function* partial(view: RecordView): Generator<Compared> {
  for (const [kind, thing] of erasables(view)) {
    if (!thing.has('private_hash')) continue
    const left = thing.erased ? PRIVATE[kind].filter((name) => Object.hasOwn(thing.value, name)) : []
    yield left.length === 0
      ? undefined
      : at(thing.path, 'a salt, or no private member', `no salt and ${left.length} private members`)
  }
}

function* tooLong({ run, steps }: RecordView): Generator<Compared> {
  for (const thing of [run, ...steps]) {
    for (const name of ['input_preview', 'output_preview']) {
      const text = thing.text(name)
      if (text === undefined) continue
      // A code point is one or two code units, so most texts need no counting.
      const length = text.length > LONGEST_PREVIEW ? [...text].length : 0
      yield length <= LONGEST_PREVIEW ? undefined : at(`${thing.path}/${name}`, '2000 code points at most', `${length}`)
    }
  }
}

function* otherRun({ run, id }: RecordView): Generator<Compared> {
  const about = run.thing('eval')?.text('run_id')
  if (about !== undefined) yield about === id ? undefined : at('/eval/run_id', 'the id of the run', 'another id')
}

function* otherRecord({ run, provenance }: RecordView): Generator<Compared> {
  const about = run.thing('eval')?.text('record_hash')
  if (about === undefined) return
  const right = about === provenance.text('record_hash')
  yield right ? undefined : at('/eval/record_hash', 'the record_hash of the provenance', 'another digest')
}

/** What is private, and what an embedded eval is about (spec/privacy.md, spec/evaluation.md). */
export const privacyRules: readonly Check<RecordView>[] = [
  must('private.salt_alone', 'AR-PRIV-001', 'privacy', 'A salt stands beside a private_hash.', saltAlone),
  must('private.partial', 'AR-PRIV-002', 'privacy', 'An erasable object is whole or erased.', partial),
  should('preview.too_long', 'AR-PRIV-003', 'core', 'A preview has 2000 code points at most.', tooLong),
  must('eval.other_run', 'AR-EVAL-002', 'evals', 'An embedded eval is about its run.', otherRun),
  must('eval.other_record', 'AR-EVAL-003', 'evals', 'An embedded eval is about its record.', otherRecord),
]
