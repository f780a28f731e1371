import { join } from 'node:path'
import { expect, it } from 'vitest'
import { codeCases, loadHttpCases } from '../src/index.ts'
import { mutants } from './mutants/index.ts'
import { computeMatrix } from './mutants/matrix.ts'

const folder = join(import.meta.dirname, '../../../conformance/cases/http')

it('the matrix of cases and mutants is as written (vitest run THIS -u writes it)', { timeout: 3_600_000 }, async () => {
  const rows = await computeMatrix(mutants, [...loadHttpCases(folder), ...codeCases])
  expect(rows.filter(({ killed_by }) => killed_by.length === 0)).toEqual([])
  const text = `[\n${rows.map((row) => `  ${JSON.stringify(row)}`).join(',\n')}\n]\n`
  await expect(text).toMatchFileSnapshot(join(folder, 'mutants.json'))
})
