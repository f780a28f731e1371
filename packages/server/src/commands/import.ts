import { open } from 'node:fs/promises'
import { Command, Option } from 'commander'
import { Failure, shown } from '../config/failure.ts'
import { storeOption } from '../config/settings.ts'
import { readTenant, readTrustFile } from '../config/values.ts'
import { type ImportReport, importExport } from '../move/import-export.ts'
import { createProgress } from '../move/progress.ts'
import { openStore } from '../store/open-store.ts'

interface ImportOptions {
  readonly store: string
  readonly tenant?: string
  readonly trust?: string
}

/** `import`: takes what `export` wrote. Erased runs stay erased; what is there already is left as it is. */
export const importCommand = (): Command =>
  new Command('import')
    .description('store what export wrote, and compare the digests')
    .argument('[file]', 'an export, not compressed; standard input if it is left out')
    .addOption(
      new Option('--tenant <name>', 'store everything for this tenant, whoever had it before').argParser(readTenant),
    )
    .addOption(new Option('--trust <file>', 'whose keys are whose: a trust file, for levels'))
    .addOption(storeOption())
    .addHelpText(
      'after',
      '\nRuns count as received now. May be stopped and begun again at any moment.\nExample\n  $ gunzip < team-a.ndjson.gz | agent-run-server import',
    )
    .action(async (file: string | undefined, options: ImportOptions) => {
      const trust = options.trust === undefined ? undefined : readTrustFile(options.trust)
      // First, so that no store is made for a file that is not there.
      const opened = file === undefined ? undefined : await open(file)
      const store = await openStore(options.store)
      try {
        const chunks: AsyncIterable<Buffer> = opened === undefined ? process.stdin : opened.createReadStream()
        report(
          await importExport({ store, trust, clock: () => new Date().toISOString() }, chunks, {
            tenant: options.tenant,
            onRuns: createProgress('runs imported'),
          }),
        )
      } finally {
        await store.close()
      }
    })

const SHOWN = 20

const report = ({ created, same, refused, isEqual }: ImportReport): void => {
  process.stdout.write(`${created} stored, ${same} were there already, ${refused.length} refused\n`)
  for (const { tenant, id } of refused.slice(0, SHOWN))
    process.stdout.write(`  refused  ${shown(tenant)}  ${shown(id)}\n`)
  if (refused.length > 0) throw new Failure('some runs were refused: another run has their id, or they are not valid')
  if (!isEqual) throw new Failure('what was stored differs from what was exported')
  process.stdout.write('equal\n')
}
