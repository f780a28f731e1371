import { createVerifier, type ReadResult, type Verifier } from '@agent-run/core'
import type { Verdict } from '@agent-run/types'
import type { Evidence, Sayings } from './evidence.ts'
import { failurePlace, type Start, startOf } from './failure-place.ts'
import type { RecordOutcome } from './outcome.ts'
import type { VerifySettings } from './settings.ts'
import { subjectOf } from './subject.ts'

/** A record as it was read, and what was said about it alone. */
export interface Given {
  readonly bytes: Uint8Array
  readonly read: ReadResult
  readonly start: Start
  readonly sayings: Sayings
}

/** Gives verdicts about the records of one input. */
export class Judge {
  readonly #file: string
  readonly #settings: VerifySettings
  readonly #evidence: Evidence
  readonly #forAll: Sayings
  #verifier: Verifier | undefined
  #withJournal: Verifier | undefined

  /** @param forAll what is said about all records of the input; complete when the first verdict is asked for */
  constructor(file: string, settings: VerifySettings, evidence: Evidence, forAll: Sayings) {
    this.#file = file
    this.#settings = settings
    this.#evidence = evidence
    this.#forAll = forAll
  }

  /** The verdict about one record, or about bytes that cannot be one. */
  outcomeOf({ bytes, read, start, sayings }: Given): RecordOutcome {
    const value: unknown = read.ok ? read.value : undefined
    const own = isEmpty(sayings) ? undefined : sayings
    const verdict = this.#verifierFor(value)(bytes, own, read)
    return this.#toOutcome(verdict, value, read.text, start)
  }

  /** The verdict about what a journal folds to. */
  outcomeOfFold(run: object, journal: NonNullable<Evidence['journal']>, start: Start): RecordOutcome {
    return { ...this.#toOutcome(this.#create(journal)(run), run, undefined, start), folded: true }
  }

  /** Whether the journal that was given is of this record. */
  journalFits(value: unknown): boolean {
    const { journalOf } = this.#evidence
    return journalOf !== undefined && (value as { id?: unknown } | null | undefined)?.id === journalOf
  }

  #toOutcome(verdict: Verdict, value: unknown, text: string | undefined, start: Start): RecordOutcome {
    return {
      kind: 'record',
      file: this.#file,
      ...startOf(start),
      subject: subjectOf(value),
      verdict,
      folded: false,
      failure: failurePlace(text, verdict, start),
    }
  }

  #verifierFor(value: unknown): Verifier {
    if (this.journalFits(value)) {
      this.#withJournal ??= this.#create(this.#evidence.journal)
      return this.#withJournal
    }
    this.#verifier ??= this.#create(undefined)
    return this.#verifier
  }

  #create(journal: Evidence['journal']): Verifier {
    const { trust, related, statements, evals, proofs } = this.#evidence
    const { level, now, signedBy } = this.#settings
    return createVerifier({
      level,
      now,
      ...(signedBy === undefined ? {} : { signedBy }),
      related,
      statements: [...statements, ...this.#forAll.statements],
      evals: [...evals, ...this.#forAll.evals],
      proofs: [...proofs, ...this.#forAll.proofs],
      ...(trust === undefined ? {} : { trust }),
      ...(journal === undefined ? {} : { journal }),
    })
  }
}

const isEmpty = ({ statements, evals, proofs }: Sayings): boolean =>
  statements.length + evals.length + proofs.length === 0
