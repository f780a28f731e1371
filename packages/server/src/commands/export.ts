import { once } from 'node:events'
import { Command, Option } from 'commander'
import { storeOption } from '../config/settings.ts'
import { readTenant } from '../config/values.ts'
import { bundleLines, exportLines } from '../move/export-lines.ts'
import { createProgress } from '../move/progress.ts'
import { openStore } from '../store/open-store.ts'

interface ExportOptions {
  readonly store: string
  readonly tenant?: string
  readonly bundle?: boolean
}

const LINE_FEED = Buffer.from('\n')

/** `export`: writes runs as they were received, with everything said about them, to standard output. */
export const exportCommand = (): Command =>
  new Command('export')
    .description('write runs with their documents, journals and erasures to standard output, as NDJSON')
    .addOption(new Option('--tenant <name>', 'of one tenant only').argParser(readTenant))
    .addOption(new Option('--bundle', 'only records, evals and statements: what agent-run verify reads'))
    .addOption(storeOption())
    .addHelpText('after', '\nExample\n  $ agent-run-server export --tenant team-a | gzip > team-a.ndjson.gz')
    .action(async (options: ExportOptions) => {
      const store = await openStore(options.store, { create: false })
      try {
        const progress = createProgress('lines written')
        let count = 0
        for await (const line of (options.bundle ? bundleLines : exportLines)(store, options.tenant)) {
          process.stdout.cork()
          process.stdout.write(line)
          const goesOn = process.stdout.write(LINE_FEED)
          process.stdout.uncork()
          if (!goesOn) await once(process.stdout, 'drain')
          progress(++count)
        }
      } finally {
        await store.close()
      }
    })
