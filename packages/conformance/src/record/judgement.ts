/** A sentence of the standard that a record or journal breaks, and where. */
export interface Fault {
  /** Code of the {@link CheckInfo} that found it: a case of the emitter suite is `emitter/` and this. */
  readonly check: string
  /** Code of the finding, as in spec/errors.md: that of the check, except where several sentences share one there. */
  readonly code: string
  /** Id of the sentence: `AR-APPR-004`. */
  readonly requirement: string
  /**
   * `error` for a broken MUST. `warning` for a SHOULD that is not kept, and for whatever a record without `spec_version`
   * breaks that is a rule of meaning: 0.1 did not know it (AR-VER-001).
   */
  readonly severity: 'error' | 'warning'
  /** JSON Pointer of the place; in a journal of the line first, as spec/journal.md says. Safe to print. */
  readonly path: string
  /** What was expected and what was found; never text of the subject. */
  readonly message: string
}

/** How far a record is accounted for (spec/levels.md). */
export type Level = 'none' | 'recorded' | 'sealed' | 'accountable'

/** What a record or journal is worth. */
export interface Judgement {
  /** In the order of {@link CheckInfo}s, and for each in the order of the document. */
  readonly faults: readonly Fault[]
  /** How many more there are. Of every check that found something at least the first fault is listed. */
  readonly omitted: number
  /** What the record shows; always `core`. */
  readonly capabilities: ReadonlySet<Capability>
  /** Codes of the checks that compared something. */
  readonly compared: ReadonlySet<string>
  /** Ids of the sentences that the record gave occasion to break: those of these checks. */
  readonly looked: ReadonlySet<string>
  /**
   * The level it reaches. Without a trust file a signer is self-asserted, and `accountable` then means all rows of
   * spec/levels.md but whether the signer's and the approvers' keys are known.
   */
  readonly level: Level
  /** What keeps it from the next level. */
  readonly missing: readonly Fault[]
}

/** Capabilities that a record can show. */
export type Capability = 'core' | 'approvals' | 'effects' | 'evals' | 'journal' | 'lineage' | 'privacy' | 'seal'

/** A question that the judge asks: one code, one sentence. */
export interface CheckInfo {
  /** Unique. As in spec/errors.md, or beginning like the codes there that it stands for: `schema.step`. */
  readonly code: string
  readonly requirement: string
  readonly capability: Capability
  /** What a record keeps, one sentence. */
  readonly summary: string
  readonly severity: 'error' | 'warning'
}
