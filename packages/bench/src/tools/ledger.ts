/**
 * How a call came out: answered from the script, failed by the script, or refused before the script was asked. Of the calls
 * over the limit only the first stands in the ledger.
 */
export type Answered = 'result' | 'error' | 'unknown_tool' | 'invalid_arguments' | 'over_limit'

/** An approval that stood when a call was made. */
export interface StandingApproval {
  readonly approval_id: string
  readonly decision: 'approved' | 'denied' | 'none'
}

/**
 * A call of a scenario's tool as it really happened. The judge's side writes it when the call arrives: a runtime adds a line
 * by calling, and by nothing else, and removes none.
 */
export interface LedgerEntry {
  /** Order of arrival, from 0. */
  readonly seq: number
  /** When it arrived: RFC 3339, UTC. */
  readonly at: string
  readonly tool_name: string
  /** The arguments as they arrived. */
  readonly arguments: unknown
  readonly answered: Answered
  /** Index of the prepared answer in the tool's `answers`, where one was given. */
  readonly answer?: number
  /** What the tool failed with. */
  readonly error?: string
  readonly exit_code: number
  /** Ids of approvals for exactly this call that were given before it and not used by another one. */
  readonly approved_before: readonly string[]
  /** Every answer that had been given before it to a question about this tool. */
  readonly asked_before: readonly StandingApproval[]
}

/** The ledger as `ledger.jsonl`: one line an entry. */
export const ledgerText = (ledger: readonly LedgerEntry[]): string =>
  ledger.map((entry) => `${JSON.stringify(entry)}\n`).join('')
