import { canonicalize, isSealed, type JsonValue, readJson, runHash, validate } from '@agent-run/core'
import type { AgentRun } from '@agent-run/types'
import { tooLarge } from '../app/body.ts'
import type { AppContext } from '../app/context.ts'
import { matchesEtag } from '../app/etag.ts'
import { problem, problemErrors } from '../app/problem.ts'
import { refusal } from '../receive/receive-run.ts'
import { eventsOfChange } from '../stream/events-of-change.ts'
import { currentRun } from './current-run.ts'
import { erasedHashes, erasedPlaceIn } from './erased-members.ts'
import { isJsonObject, mergePatch } from './merge-patch.ts'
import { prepareNext } from './prepare-next.ts'
import { type RunBody, recordValueOf } from './record.ts'
import { statementsOf } from './statements.ts'
import { mayBecome } from './transitions.ts'

/**
 * Changes an unsealed run by a merge patch of its raw JSON value; run_hash is computed anew (AR-HTTP-050 to AR-HTTP-054).
 * @param ifMatch header If-Match: the record that the caller means
 * @throws Problem 400; 404, 410; 409 record.variant, run.sealed, run.journal_fed, run.transition; 412; 413 for a record that becomes too large; 422 patch.member, record.invalid; 428
 */
export const patchRun = async (
  context: AppContext,
  tenant: string,
  id: string,
  octets: Uint8Array,
  ifMatch: string | undefined,
): Promise<RunBody> => {
  const patch = readPatch(octets)
  const run = await currentRun(context.store, tenant, id)
  if (run.recordHash !== undefined || run.summary.sealed) throw problem(409, 'run.sealed')
  if (run.journal !== undefined) throw problem(409, 'run.journal_fed')
  // Who does not know the record cannot mean it.
  if (ifMatch === undefined || ifMatch.trim() === '*')
    throw problem(428, 'precondition.required', {
      detail: 'expected If-Match with the ETag of the record that is meant; * means none',
    })
  if (!matchesEtag(ifMatch, run.etag)) throw changed()
  const before = await recordValueOf(context.store, tenant, run)
  const after = patched(before, patch)
  const { ok, value, findings } = validate(after)
  if (!ok) throw refusal(findings)
  await refuseErased(context, tenant, value)
  if (!mayBecome(before.status, value.status))
    throw problem(409, 'run.transition', { detail: `found a change from ${before.status} to ${value.status}` })
  const next = await prepareNext(context, tenant, run, value)
  if (next.etag === run.etag) return next
  if (next.body.length > context.limits.body_octets) throw tooLarge(context.limits.body_octets)
  const done = await context.store.replaceRun(tenant, run.etag, next, {
    events: eventsOfChange(before.status, next.summary),
  })
  if (done === 'replaced') return next
  throw done === 'changed' ? changed() : problem(404, 'run.unknown')
}

const changed = (): Error => problem(412, 'precondition.failed', { detail: 'expected the ETag that GET answers now' })

/** What was erased does not come back by a patch (AR-HTTP-133). */
const refuseErased = async ({ store }: AppContext, tenant: string, record: AgentRun): Promise<void> => {
  const place = erasedPlaceIn(record, erasedHashes(await statementsOf(store, tenant, record.id)))
  if (place !== undefined)
    throw problem(409, 'record.variant', {
      detail: 'found members that have been erased; expected none of them',
      errors: [{ code: 'record.variant', pointer: place, message: 'found private members that a tombstone names' }],
    })
}

const readPatch = (octets: Uint8Array): JsonValue => {
  const read = readJson(octets)
  if (!read.ok)
    throw problem(400, 'body.malformed', {
      detail: 'expected JSON of the record profile',
      errors: problemErrors([read.finding]),
    })
  return read.value
}

/** The record with the patch, its run_hash right; not validated yet. */
const patched = (before: AgentRun, patch: JsonValue): object => {
  if (!isJsonObject(patch))
    throw problem(422, 'record.invalid', {
      detail: 'expected an object of members to change',
      errors: [{ code: 'schema.type', pointer: '', message: 'found a patch that is no object' }],
    })
  const after = mergePatch(before as unknown as JsonValue, patch) as unknown as AgentRun
  for (const name of ['id', 'spec_version'] as const)
    if (before[name] !== undefined && after[name] !== before[name]) throw forbidden(`/${name}`, 'cannot change')
  if (textOf(after.eval) !== textOf(before.eval)) throw forbidden('/eval', 'is attached by PUT of an eval')
  const { provenance } = after
  const isSigned = provenance?.signature != null && provenance.signature !== before.provenance.signature
  if (isSealed(after) || isSigned) throw forbidden('/provenance', 'gets a seal by sealing, not by a patch')
  if (typeof provenance !== 'object' || provenance === null) return after
  return { ...after, provenance: { ...provenance, run_hash: hashOf(after) ?? provenance.run_hash } }
}

const textOf = (value: unknown): string | undefined => (value === undefined ? undefined : canonicalize(value))

/** Undefined for what is no record: validation says why. */
const hashOf = (run: AgentRun): string | undefined => {
  try {
    return runHash(run)
  } catch (error) {
    if (error instanceof TypeError) return undefined
    throw error
  }
}

const forbidden = (pointer: string, message: string): Error =>
  problem(422, 'patch.member', {
    detail: 'the patch changes a member that cannot change',
    errors: [{ code: 'patch.member', pointer, message }],
  })
