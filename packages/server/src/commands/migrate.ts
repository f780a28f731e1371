import { Command } from 'commander'
import { Failure, shown } from '../config/failure.ts'
import { hint } from '../config/hint.ts'
import { storeOption } from '../config/settings.ts'
import { openStore, sqlitePath } from '../store/open-store.ts'
import type { MigrationState, Store } from '../store/store.ts'

/** `migrate status | plan | up`: the shape of the tables. Forward only; a server reads a store that is behind, and waits. */
export const migrateCommand = (): Command =>
  new Command('migrate')
    .description('see and change the shape of the tables')
    .addCommand(
      command('status', 'print which migrations have been applied', async (store, url) => {
        const state = await store.migrations()
        print(`${store.engine}: ${summary(state, url)}`)
        for (const [word, names] of Object.entries(state) as [keyof MigrationState, readonly string[]][]) {
          for (const name of names) print(`  ${word.padEnd(7)}  ${shown(name)}`)
        }
      }),
    )
    .addCommand(
      command('plan', 'print what up would apply, in order, and change nothing', async (store) => {
        const { pending } = await store.migrations()
        if (pending.length === 0) print('Nothing is pending.')
        for (const name of pending) print(shown(name))
      }),
    )
    .addCommand(
      command(
        'up',
        'apply what is pending, one step a transaction; may be stopped and begun again at any moment',
        async (store) => {
          let count = 0
          await store.migrate((name) => {
            count++
            print(`applied  ${shown(name)}`)
          })
          if (count === 0) print('Nothing was pending.')
        },
      ),
    )

const command = (name: string, description: string, work: (store: Store, url: string) => Promise<void>): Command =>
  new Command(name)
    .description(description)
    .addOption(storeOption())
    .action(async (options: { readonly store: string }) => {
      // An empty database was made on purpose; a file that is not there may be a slip of the pen.
      const create = name === 'up' && sqlitePath(options.store) === undefined
      const store = await openStore(options.store, { create })
      try {
        const { unknown } = await store.migrations()
        if (name !== 'status' && unknown.length > 0) {
          throw new Failure(
            `a newer agent-run-server has migrated this store (${shown(unknown.join(', '))}); use that one`,
          )
        }
        await work(store, options.store)
      } finally {
        await store.close()
      }
    })

const summary = ({ applied, pending, unknown }: MigrationState, url: string): string => {
  if (unknown.length > 0) return 'a newer server has migrated it, this one only reads it'
  if (pending.length > 0) return `${pending.length} pending, read-only until: ${hint(url, 'migrate', 'up')}`
  return `up to date, ${applied.length} applied`
}

const print = (line: string): void => {
  process.stdout.write(`${line}\n`)
}
