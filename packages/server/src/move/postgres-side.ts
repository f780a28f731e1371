import { connectionOf, createPool, type Value } from '../store/postgres/connection.ts'
import { storeError } from '../store/postgres/faults.ts'
import { openFault } from '../store/postgres/open-fault.ts'
import { columnText, textOfColumn } from '../store/postgres/text.ts'
import { numbered } from '../store/sql/select-runs.ts'
import { insertions, type Side } from './side.ts'
import type { Cell, Row, Table } from './tables.ts'

const STATEMENT_MS = 600_000

/** A PostgreSQL database that has its tables. One connection, on which statements do not wait for each other. */
export const openPostgresSide = async (url: string): Promise<Side> => {
  const pool = createPool({ url, connections: 1, statementMs: STATEMENT_MS })
  const client = await pool.connect().catch((error: unknown) => {
    throw openFault(url, error)
  })
  const connection = connectionOf(client)
  const guarded = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work()
    } catch (error) {
      throw storeError(error)
    }
  }
  return {
    engine: 'postgres',
    all: (text, parameters = [], table) =>
      guarded(async () => {
        const rows = await connection.all<Record<string, Cell | boolean>>(numbered(text), parameters.map(parameterOf))
        return rows.map((row) => neutral(row, table))
      }),
    run: (text, parameters = []) =>
      guarded(async () => {
        await connection.run(numbered(text), parameters.map(parameterOf))
      }),
    insert: (table, columns, rows) =>
      guarded(async () => {
        await Promise.all(
          insertions(table, columns, rows).map((part) => {
            const values = part.rows.flatMap((row) => columns.map((column) => columnValue(table, column, row[column])))
            return connection.run(numbered(part.text), values)
          }),
        )
      }),
    transact: (work) =>
      guarded(async () => {
        await connection.script('BEGIN')
        try {
          await work()
          await connection.script('COMMIT')
        } catch (error) {
          await connection.script('ROLLBACK').catch(() => {})
          throw error
        }
      }),
    close: async () => {
      client.release()
      await pool.end()
    },
  }
}

const neutral = (row: Readonly<Record<string, Cell | boolean>>, table: Table | undefined): Row =>
  Object.fromEntries(
    Object.entries(row).map(([column, value]) => {
      if (typeof value === 'boolean') return [column, value ? 1 : 0]
      return [column, typeof value === 'string' && table?.text?.includes(column) ? textOfColumn(value) : value]
    }),
  )

const columnValue = (table: Table, column: string, cell: Cell | undefined): Value => {
  if (table.truth?.includes(column)) return cell === 1
  if (typeof cell === 'string' && table.text?.includes(column)) return columnText(cell)
  return parameterOf(cell ?? null)
}

const parameterOf = (cell: Cell): Value =>
  cell instanceof Uint8Array ? Buffer.from(cell.buffer, cell.byteOffset, cell.byteLength) : cell
