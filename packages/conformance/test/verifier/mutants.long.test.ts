import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { mutants } from './mutants/index.ts'
import { inParallel, killersOf, type MatrixRow } from './mutants/matrix.ts'

const file = fileURLToPath(new URL('../../../../conformance/verifier-mutants.json', import.meta.url))

it('the matrix of cases and mutants is as written (vitest run THIS -u writes it)', { timeout: 3_600_000 }, async () => {
  const rows = await inParallel(
    mutants,
    async (mutant): Promise<MatrixRow> => ({
      mutant: mutant.name,
      fault: mutant.fault,
      killed_by: await killersOf(mutant),
    }),
  )
  const text = `[\n${rows.map((row) => `  ${JSON.stringify(row)}`).join(',\n')}\n]\n`
  await expect(text).toMatchFileSnapshot(file)
  expect(rows.filter(({ killed_by }) => killed_by.length === 0).map(({ mutant }) => mutant)).toEqual([])
})
