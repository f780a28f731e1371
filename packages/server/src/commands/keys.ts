import { randomFillSync } from 'node:crypto'
import { Command, Option } from 'commander'
import { createKeyText, hashOfKey, prefixOf } from '../app/key-text.ts'
import { Failure, shown } from '../config/failure.ts'
import { fromAnywhere, hint, shownStore } from '../config/hint.ts'
import { storeOption } from '../config/settings.ts'
import { readExpiry, readScopes, readTenant, scopes } from '../config/values.ts'
import { isThere, openStore, sqlitePath } from '../store/open-store.ts'
import type { NewKey, Scope, Store, StoredKey } from '../store/store.ts'

interface CreateOptions {
  readonly store: string
  readonly tenant: string
  readonly name: string
  readonly scopes: readonly Scope[]
  readonly expires?: string
  readonly json?: boolean
}

const jsonOption = (): Option => new Option('--json', 'for programs')

/** `keys create | list | revoke`: the keys of every tenant. Works beside a running server, which follows within seconds. */
export const keysCommand = (): Command =>
  new Command('keys')
    .description('make, list and revoke the keys of clients')
    .addCommand(createCommand())
    .addCommand(listCommand())
    .addCommand(revokeCommand())

const createCommand = (): Command =>
  new Command('create')
    .description('make a key and print it, once: only its hash is stored')
    .addOption(new Option('--tenant <name>', 'whose runs it sees').default('default').argParser(readTenant))
    .addOption(new Option('--name <text>', 'what it is for').default(''))
    .addOption(
      new Option('--scopes <list>', `some of ${scopes.join(', ')}`)
        .default(['runs:write', 'runs:read'], 'runs:write,runs:read')
        .argParser(readScopes),
    )
    .addOption(new Option('--expires <when>', 'after a span such as 90d, or at a time').argParser(readExpiry))
    .addOption(storeOption())
    .addOption(jsonOption())
    .addHelpText(
      'after',
      '\nExamples\n  $ agent-run-server keys create --tenant team-a --name ci --scopes runs:write --expires 90d',
    )
    .action(async (options: CreateOptions) => {
      const path = sqlitePath(options.store)
      const isNew = path !== undefined && !isThere(path)
      const { key, stored } = await withStore(options.store, (store) => createKey(store, options), true)
      print(options.json ? JSON.stringify({ key, ...described({ ...stored, revokedAt: undefined }) }) : key)
      tell(`${isNew ? 'made a new store: the key is in' : 'the key is in'} ${shownStore(fromAnywhere(options.store))}`)
      if (options.json) return
      const expiry = stored.expiresAt === undefined ? 'never expires' : `expires ${stored.expiresAt}`
      tell(`tenant ${stored.tenant}, ${stored.scopes.join(' ')}, ${expiry}; it is shown this once`)
      tell(`revoke it with: ${hint(options.store, 'keys', 'revoke', stored.prefix)}`)
    })

const listCommand = (): Command =>
  new Command('list')
    .description('list keys by their visible part')
    .addOption(new Option('--tenant <name>', 'of one tenant only').argParser(readTenant))
    .addOption(storeOption())
    .addOption(jsonOption())
    .action(async (options: { store: string; tenant?: string; json?: boolean }) => {
      const keys = await withStore(options.store, (store) => store.keys.list(options.tenant))
      if (options.json) return print(JSON.stringify(keys.map(described)))
      if (keys.length === 0) return print(`There is no key. Make one: ${hint(options.store, 'keys', 'create')}`)
      for (const row of rowsOf(keys)) print(row)
    })

const revokeCommand = (): Command =>
  new Command('revoke')
    .description('revoke a key: running servers refuse it within seconds')
    .argument('<prefix>', 'its visible part, ark_ and 8 characters')
    .addOption(storeOption())
    .addOption(jsonOption())
    .action(async (given: string, options: { store: string; json?: boolean }) => {
      // Somebody may well paste the whole key.
      const prefix = prefixOf(given) ?? given
      const key = await withStore(options.store, (store) => store.keys.revoke(prefix, new Date().toISOString()))
      if (key === undefined)
        throw new Failure(`there is no key with this visible part; ${hint(options.store, 'keys', 'list')} shows them`)
      print(
        options.json ? JSON.stringify(described(key)) : `${key.prefix} of ${key.tenant} was revoked ${key.revokedAt}`,
      )
    })

/** Makes a key and stores its hash. */
export const createKey = async (
  store: Store,
  options: Pick<CreateOptions, 'tenant' | 'name' | 'scopes' | 'expires'>,
): Promise<{ readonly key: string; readonly stored: NewKey }> => {
  const key = createKeyText((size) => randomFillSync(new Uint8Array(size)))
  const stored: NewKey = {
    prefix: prefixOf(key) as string,
    hash: hashOfKey(key),
    tenant: options.tenant,
    name: options.name,
    scopes: options.scopes,
    createdAt: new Date().toISOString(),
    expiresAt: options.expires,
  }
  await store.keys.create(stored)
  return { key, stored }
}

/** A key as it is listed: what is secret of it is not even there. */
const described = ({ prefix, tenant, name, scopes, createdAt, expiresAt, revokedAt }: StoredKey) => ({
  prefix,
  tenant,
  name,
  scopes,
  created_at: createdAt,
  ...(expiresAt === undefined ? {} : { expires_at: expiresAt }),
  ...(revokedAt === undefined ? {} : { revoked_at: revokedAt }),
})

const rowsOf = (keys: readonly StoredKey[]): string[] => {
  const now = new Date().toISOString()
  const state = ({ expiresAt, revokedAt }: StoredKey): string => {
    if (revokedAt !== undefined) return `revoked ${revokedAt}`
    if (expiresAt === undefined) return 'never expires'
    return `${expiresAt <= now ? 'expired' : 'expires'} ${expiresAt}`
  }
  const cells = keys.map((key) => [key.prefix, key.tenant, key.scopes.join(' '), state(key), shown(key.name)])
  const widths = [0, 1, 2, 3].map((column) => Math.max(...cells.map((row) => (row[column] as string).length)))
  return cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

const withStore = async <T>(url: string, work: (store: Store) => Promise<T>, create = false): Promise<T> => {
  const store = await openStore(url, { create })
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

const tell = (line: string): void => {
  process.stderr.write(`${line}\n`)
}

const print = (line: string): void => {
  process.stdout.write(`${line}\n`)
}
