import type { JournalRule } from '../../journal/index.ts'
import { isGiven } from '../../semantics/object.ts'
import type { VerifyContext } from '../context.ts'
import { absent, fail, type Outcome, pass, unknown } from '../outcome.ts'

const details: Readonly<Record<JournalRule, string>> = {
  'journal.line': 'a line of the journal cannot be read',
  'journal.seq': 'a line of the journal is missing, doubled or out of place',
  'journal.chain': 'the chain of the journal is broken: a line was changed',
  'journal.start': 'the journal does not begin as one run',
  'journal.head_key': 'a head of the journal is signed by another key than the one the run started with',
  'journal.head_signature': 'the signature of a head of the journal is wrong',
  'journal.head_mismatch': 'a signed head of the journal does not describe the lines before it',
  'journal.private': 'private members in the journal do not match the chain',
  'journal.after_seal': 'the journal goes on after the seal',
  'journal.discarded': 'the journal was resumed without saying what was discarded',
  'journal.fold': 'the journal tells of another run than the record',
  'journal.head': 'the record was sealed with another end of the journal',
}

/** The journal of the run: chain, heads and fold agree with the record, which it is bound to (AR-JRNL-001 to AR-JRNL-015). */
export const checkJournal = (context: VerifyContext): Outcome => {
  const { journal, boundJournal } = context
  if (journal === undefined || boundJournal === undefined)
    return isGiven(context.provenance, 'journal_head')
      ? unknown({
          code: 'journal.not_given',
          path: '/provenance/journal_head',
          detail: 'the record was sealed with a journal, which was not given',
        })
      : absent('no journal')
  const { outcome, bound } = boundJournal
  if (outcome.code !== undefined) {
    const { code, path = '', expected = '', found = '', compared } = outcome
    return fail({ code, path, expected, found, detail: details[code] }, compared)
  }
  // Who hands in a record can write a journal that folds to it, in an order that suits him.
  if (context.sealed && !bound)
    return unknown(
      {
        code: 'journal.unbound',
        path: '/provenance/journal_head',
        detail:
          'the journal folds to this record, and nothing ties the two: no journal_head, no head signed by its key',
      },
      outcome.compared,
    )
  const torn = journal.torn > 0 ? `; ${journal.torn} octets of a torn last line` : ''
  return pass(
    `${journal.lines.length} lines in a chain, ${journal.heads.length} signed heads, folding to this record${torn}`,
    outcome.compared,
  )
}
