import type { Query } from '../sql/select-runs.ts'
import type { Database, SqlValue, Statement } from './driver.ts'

/** A connection that prepares each of its statements once. */
export interface Connection {
  /** Number of rows that were changed. */
  run(sql: string, ...parameters: readonly SqlValue[]): number
  /** First row. `Row` is what the statement selects. */
  get<Row>(sql: string, ...parameters: readonly SqlValue[]): Row | undefined
  all<Row>(sql: string, ...parameters: readonly SqlValue[]): Row[]
  select<Row>(query: Query): Row[]
  exec(sql: string): void
  /** What `read` finds is of one moment. */
  snapshot<Result>(read: () => Result): Result
  close(): void
}

/** Filters make statements of many shapes; more of them than this are not worth keeping. */
const MOST_STATEMENTS = 500

export const connect = (database: Database): Connection => {
  const statements = new Map<string, Statement>()
  const prepared = (sql: string): Statement => {
    let statement = statements.get(sql)
    if (statement === undefined) {
      if (statements.size >= MOST_STATEMENTS) statements.clear()
      statement = database.prepare(sql)
      statements.set(sql, statement)
    }
    return statement
  }
  return {
    run: (sql, ...parameters) => Number(prepared(sql).run(...parameters).changes),
    get: <Row>(sql: string, ...parameters: readonly SqlValue[]) => prepared(sql).get(...parameters) as Row | undefined,
    all: <Row>(sql: string, ...parameters: readonly SqlValue[]) => prepared(sql).all(...parameters) as Row[],
    select: <Row>({ text, parameters }: Query) => prepared(text).all(...parameters) as Row[],
    exec: (sql) => database.exec(sql),
    snapshot: (read) => {
      prepared('BEGIN').run()
      try {
        return read()
      } finally {
        prepared('COMMIT').run()
      }
    },
    close: () => {
      statements.clear()
      database.close()
    },
  }
}
