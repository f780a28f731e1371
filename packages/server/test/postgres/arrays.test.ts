import fc from 'fast-check'
import { expect, it } from 'vitest'
import { tool } from '../../../../scripts/test/tools.mjs'
import { bigintArray, booleanArray, byteaArray, doubleArray, textArray } from '../../src/store/postgres/arrays.ts'
import { connectionOf, createPool } from '../../src/store/postgres/connection.ts'
import { columnText, textOfColumn } from '../../src/store/postgres/text.ts'
import { seed } from '../seed.ts'
import { createDatabase } from './database.mjs'

it('text of a column is text again, and never has U+0000', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('a', '\0', '\u001a', '0', '1', '\u{1f680}') }), (text) => {
      expect(columnText(text)).not.toContain('\0')
      expect(textOfColumn(columnText(text))).toBe(text)
    }),
    { seed },
  )
})

it.skipIf(!tool('postgres'))('PostgreSQL reads arrays as they were meant', async () => {
  const { url, drop } = await createDatabase()
  const pool = createPool({ url, connections: 1, statementMs: 10_000 })
  const nullable = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.array(fc.option(arbitrary))
  const echo = async (type: string, array: Buffer): Promise<unknown[]> =>
    (await connectionOf(pool).all<{ value: unknown }>(`SELECT unnest($1::${type}[]) AS value`, [array])).map(
      ({ value }) => value,
    )
  try {
    await fc.assert(
      fc.asyncProperty(
        nullable(fc.string({ unit: 'grapheme' }).map(columnText)),
        nullable(fc.uint8Array()),
        nullable(fc.maxSafeInteger()),
        nullable(fc.double({ noNaN: true }).map((value) => value + 0)),
        nullable(fc.boolean()),
        async (texts, octets, integers, doubles, booleans) => {
          expect(await echo('text', textArray(texts))).toEqual(texts)
          expect(await echo('bytea', byteaArray(octets))).toEqual(octets)
          expect(await echo('bigint', bigintArray(integers))).toEqual(integers)
          expect(await echo('double precision', doubleArray(doubles))).toEqual(doubles)
          expect(await echo('boolean', booleanArray(booleans))).toEqual(booleans)
        },
      ),
      { numRuns: 50, seed },
    )
  } finally {
    await pool.end()
    await drop()
  }
})
