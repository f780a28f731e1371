import { checkSignature, validate } from '@agent-run/core'
import type { AgentRun, EvalResult, RunReceipt } from '@agent-run/types'
import { tooLarge } from '../app/body.ts'
import type { AppContext } from '../app/context.ts'
import { problem, problemErrors } from '../app/problem.ts'
import { receiptOf } from '../receive/answer-run.ts'
import { runEvent } from '../receive/run-event.ts'
import type { NewRun, RunHead, Store, StoredRun } from '../store/store.ts'
import { currentRun } from './current-run.ts'
import { prepareNext } from './prepare-next.ts'
import { recordValueOf } from './record.ts'
import { countersignatureOf, readDocument } from './statements.ts'
import { whileChanged } from './while-changed.ts'

/**
 * Attaches a judgement: it becomes the record's eval, the one before stays in the history, and nothing else of the record
 * changes (AR-HTTP-055, AR-HTTP-056). The same one again changes nothing.
 * @throws Problem 400 body.malformed; 404, 410; 409 run.journal_fed of a live run; 413; 422 eval.invalid, eval.other_run
 */
export const attachEval = async (
  context: AppContext,
  tenant: string,
  id: string,
  octets: Uint8Array,
): Promise<RunReceipt> => {
  const given = readEval(octets)
  return whileChanged(async () => {
    const run = await currentRun(context.store, tenant, id)
    if (run.state === 'live')
      throw problem(409, 'run.journal_fed', {
        detail: 'expected a run that its journal has sealed: an eval comes after it',
      })
    refuseOther(given, run)
    const { next, warnings } = await withEval(context, tenant, run, given)
    if (next.body.length > context.limits.body_octets) throw tooLarge(context.limits.body_octets)
    const done =
      next.etag === run.etag
        ? 'replaced'
        : await context.store.replaceRun(tenant, run.etag, next, {
            events: [runEvent('run.eval_attached', next.summary)],
          })
    if (done !== 'replaced') return 'changed'
    const received =
      run.recordHash === undefined ? undefined : await countersignatureOf(context.store, tenant, id, run.recordHash)
    return receiptOf({ ...headOf(run), etag: next.etag }, warnings, received)
  })
}

const headOf = ({ id, etag, documentHash, contentDigest, recordHash, runHash, receivedAt }: StoredRun): RunHead => ({
  id,
  etag,
  documentHash,
  contentDigest,
  recordHash,
  runHash,
  receivedAt,
})

/**
 * Reads an eval and checks what can be checked of it alone (AR-HTTP-056).
 * @throws Problem 400 body.malformed; 422 eval.invalid
 */
export const readEval = (octets: Uint8Array): EvalResult => {
  const { ok, value, findings } = validate(octets, { schema: 'eval' })
  const errors = problemErrors(findings.filter(({ severity }) => severity === 'error'))
  if (errors.some(({ code }) => code.startsWith('json.')))
    throw problem(400, 'body.malformed', { detail: 'expected JSON of the record profile', errors })
  if (!ok) throw problem(422, 'eval.invalid', { detail: 'expected an EvalResult', errors })
  const signature = checkSignature('eval', value as object)
  if (signature === 'fail' || signature === 'stripped')
    throw problem(422, 'eval.invalid', {
      detail: 'expected a right signature, or none',
      errors: [{ code: 'evals.signature', pointer: '/signature', message: 'found no right signature of signed_by' }],
    })
  return value as EvalResult
}

/** Refuses an eval that names another run, or is signed and names none. */
const refuseOther = (given: EvalResult, run: StoredRun): void => {
  const own = { run_id: run.id, record_hash: run.recordHash, document_hash: run.documentHash }
  for (const name of ['run_id', 'record_hash', 'document_hash'] as const) {
    const named = given[name]
    if (named !== undefined && named !== null && named !== own[name]) throw otherRun(name, 'found that of another run')
  }
  if (typeof given.signed_by === 'string' && given.record_hash === undefined && given.document_hash === undefined)
    throw otherRun(
      run.recordHash === undefined ? 'document_hash' : 'record_hash',
      'found nothing; expected a signed eval to name its record',
    )
}

const otherRun = (member: string, message: string): Error =>
  problem(422, 'eval.other_run', {
    detail: 'expected an eval of this run',
    errors: [{ code: 'eval.other_run', pointer: `/${member}`, message }],
  })

const withEval = async (
  context: AppContext,
  tenant: string,
  run: StoredRun,
  given: EvalResult,
): Promise<{ readonly next: NewRun; readonly warnings: ReturnType<typeof validate>['findings'] }> => {
  const record = { ...(await recordValueOf(context.store, tenant, run)), eval: given }
  const { ok, value, findings } = validate(record)
  if (!ok) throw problem(422, 'eval.invalid', { errors: problemErrors(findings.filter(isError).map(withinEval)) })
  return { next: await prepareNext(context, tenant, run, value as AgentRun), warnings: findings }
}

const isError = ({ severity }: { readonly severity: string }): boolean => severity === 'error'

/** What is wrong is told of the eval that was sent. */
const withinEval = <Found extends { readonly path: string }>(finding: Found): Found => ({
  ...finding,
  path: finding.path.replace(/^\/eval/, ''),
})

/** The judgements of a run, oldest first; the current one, which stands in the record, comes last. */
export const evalsOf = async (store: Store, tenant: string, run: StoredRun): Promise<readonly EvalResult[]> => {
  const documents = await store.readDocuments(tenant, run.id, 'eval')
  const evals = documents.map((document) => readDocument<EvalResult>(document))
  const current = run.state === 'stored' ? (await recordValueOf(store, tenant, run)).eval : undefined
  if (current === undefined || current === null) return evals
  const text = JSON.stringify(current)
  // Both are canonical: equal values have equal texts.
  return [...evals.filter((each) => JSON.stringify(each) !== text), current]
}
