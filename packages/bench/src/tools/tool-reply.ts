/** What a call returns. `exit_code` is that of the tool as a command. */
export interface ToolReply {
  readonly exit_code: number
  readonly result?: unknown
  readonly error?: string
  /** Why the script was not asked, where it was not. */
  readonly refused?: 'unknown_tool' | 'invalid_arguments' | 'over_limit'
}
