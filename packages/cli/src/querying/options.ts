import type { ServerOptions } from '../server/server-options.ts'

/** Options of `agent-run query` and its questions, as the command line gives them. Filters stand beside the named ones. */
export interface QueryOptions extends ServerOptions {
  readonly format?: FormatName
  readonly output?: string
  readonly trust?: string
  readonly maxSize: number
  readonly limit: number
  readonly all?: boolean
  readonly by?: 'agent_id' | 'model' | 'runtime'
  readonly quiet?: boolean
  readonly index?: boolean
  readonly watch?: boolean
  readonly color?: boolean
  readonly [filter: string]: unknown
}

/** How an answer is written. */
export type FormatName = 'pretty' | 'line' | 'json' | 'ndjson' | 'markdown'
