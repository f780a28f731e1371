import { Command } from 'commander'
import { Failure } from '../config/failure.ts'
import { hint } from '../config/hint.ts'
import { storeOption } from '../config/settings.ts'
import { IN_MEMORY, isThere, noStore, sqlitePath } from '../store/open-store.ts'
import { checkResidues, compactFile } from '../store/sqlite/compact-file.ts'

const MIB = 1024 * 1024

/** `compact [--check]`: makes sure that nothing is left of what was erased from an SQLite file. */
export const compactCommand = (): Command =>
  new Command('compact')
    .description('write an SQLite file anew, so that unused parts of it hold nothing of what was erased')
    .addHelpText(
      'after',
      `
An erasure overwrites what it deletes. Copies can be left where SQLite once moved rows between pages; files up to
64 MiB are therefore compacted after each erasure, larger ones only by this command. It needs as much free space as
the file takes, and about a second for 100 MB, during which a running server reads but does not write.`,
    )
    .option('--check', 'only say whether something may be left; exit code 2 if so')
    .addOption(storeOption())
    .action(async ({ store, check }: { readonly store: string; readonly check?: true }) => {
      const path = sqlitePath(store)
      if (path === undefined || path === IN_MEMORY) {
        throw new Failure('compact is for SQLite files; PostgreSQL has VACUUM FULL')
      }
      if (!isThere(path)) throw noStore(`at sqlite:${path}`)
      if (check === true) {
        const residues = await checkResidues(path)
        if (residues !== undefined) {
          throw new Failure(
            `unused parts of the file may hold something of ${residues.erasures} erased since ${residues.since}; run ${hint(store, 'compact')}`,
          )
        }
        print('Nothing is left of what was erased.')
        return
      }
      const { before, after } = await compactFile(path)
      print(`compacted  ${(before / MIB).toFixed(1)} MiB before, ${(after / MIB).toFixed(1)} MiB now`)
    })

const print = (line: string): void => {
  process.stdout.write(`${line}\n`)
}
