import { padEnd } from 'column-pad'

/** Rows of a table, columns of one width. */
export function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)))
  return rows.map((row) => row.map((cell, column) => padEnd(cell, widths[column])).join('  ').trimEnd()).join('\n')
}
