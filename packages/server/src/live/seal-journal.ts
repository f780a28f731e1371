import { checkJournal, type Finding, foldJournal, readJournal, validate, verify } from '@agent-run/core'
import type { Statement, Verdict } from '@agent-run/types'
import type { AppContext } from '../app/context.ts'
import { problem, problemErrors } from '../app/problem.ts'
import { type PreparedRun, prepareRun } from '../receive/prepare-run.ts'
import { refusal } from '../receive/receive-run.ts'

/** The record that a sealed journal gives. */
export interface SealedJournal {
  readonly next: PreparedRun
  /** Warnings about the record. */
  readonly findings: readonly Finding[]
  readonly received: Statement | undefined
}

/** What a seal consists of: no journal ends with one of which any of these fails. */
const OF_A_SEAL: readonly string[] = ['schema', 'semantics', 'steps', 'record', 'signature', 'journal']

/**
 * Makes the record that a journal with `run.sealed` tells of, once fold and seal have been compared and the
 * seal itself verified: a seal is for good (AR-HTTP-086).
 * @param octets of the whole journal
 * @param receivedAt when its first line came
 * @throws Problem 422 journal.invalid, journal.fold, record.invalid
 */
export const sealJournal = async (
  context: Pick<AppContext, 'clock' | 'trust' | 'serverKey'>,
  octets: Uint8Array,
  receivedAt: string,
): Promise<SealedJournal> => {
  const journal = readJournal(octets)
  if (journal.findings.length > 0) throw problem(422, 'journal.invalid', { errors: problemErrors(journal.findings) })
  const { result, code = 'journal.fold', path = '', expected = '', found = '' } = checkJournal(journal)
  if (result === 'fail')
    throw problem(422, 'journal.fold', {
      detail: 'the fold of the journal is not what run.sealed says',
      errors: [{ code, pointer: path, message: `found ${found}, expected ${expected}`, requirement: 'AR-JRNL-011' }],
    })
  const validation = validate(foldJournal(journal).run as object)
  if (!validation.ok) throw refusal(validation.findings)
  const { clock, trust, serverKey } = context
  const options = { level: 'none', journal, now: clock, ...(trust === undefined ? {} : { trust }) } as const
  const verdict = verify(validation.value, options)
  refuseBroken(verdict)
  const prepared = await prepareRun(validation.value, { clock, serverKey, verifier: () => verdict })
  const summary = { ...prepared.summary, received_at: receivedAt }
  return { next: { ...prepared, summary }, findings: validation.findings, received: prepared.received }
}

const refuseBroken = ({ checks }: Verdict): void => {
  const failed = checks.filter(({ check, result }) => result === 'fail' && OF_A_SEAL.includes(check))
  if (failed.length === 0) return
  throw problem(422, 'journal.fold', {
    detail: 'the seal does not hold for the fold of the journal',
    errors: failed.map(({ check, code = 'journal.fold', path = '', detail }) => ({
      code,
      pointer: path,
      message: `${check}: ${detail ?? 'found a seal that fails'}`,
      requirement: 'AR-HTTP-086',
    })),
  })
}
