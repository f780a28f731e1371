import { documentHash } from '../bytes/covered.ts'
import { isSigned } from '../bytes/verify.ts'
import { at, type Check, type Compared, must } from './check.ts'
import { isKnown, type Subject } from './subject.ts'
import type { Thing } from './view.ts'

const embedded = ({ view }: Subject): Thing | undefined => view.run.thing('eval')

function* signature(subject: Subject): Generator<Compared> {
  const found = embedded(subject)
  if (found === undefined || (!found.has('signature') && !found.has('signed_by'))) return
  const right = isSigned('eval', found.value)
  yield right ? undefined : at('/eval/signature', 'a signature by the key of signed_by', 'another one or none')
}

function* aboutRecord(subject: Subject): Generator<Compared> {
  const found = embedded(subject)
  if (found === undefined) return
  const member = subject.sealed ? 'record_hash' : 'document_hash'
  const rights = { record_hash: subject.sealed ? subject.hash : undefined, document_hash: documentHash(subject.record) }
  const named = (['record_hash', 'document_hash'] as const).filter((name) => found.has(name))
  for (const name of named) {
    const right = found.text(name) === rights[name]
    yield right
      ? undefined
      : at(`/eval/${name}`, rights[name] ?? 'no record_hash of a record without a seal', 'another')
  }
  if (named.length === 0 && found.has('signature')) yield at(`/eval/${member}`, 'the name of the record', 'none')
}

/** Anybody can put an eval beside a record; a runtime that writes one signs it rightly. */
function* besideSignature({ beside }: Subject): Generator<Compared> {
  for (const [index, each] of beside.evals.entries()) {
    if (!isKnown(each.signature) && !isKnown(each.signed_by)) continue
    const expected = 'expected a signature by the key of signed_by'
    const message = `${expected}, found another one or none in eval number ${index} beside the record`
    yield isSigned('eval', each) ? undefined : { path: '', message, code: 'evals.signature' }
  }
}

/** What is signed about a record in it (spec/evaluation.md). */
export const evalChecks: readonly Check<Subject>[] = [
  must('evals.signature', 'AR-EVAL-011', 'evals', 'The signature of an eval is right.', signature),
  must('evals.other_record', 'AR-EVAL-012', 'evals', 'A signed eval names the record it judges.', aboutRecord),
  must('evals.beside', 'AR-EVAL-011', 'evals', 'The signature of an eval beside a record is right.', besideSignature),
]
