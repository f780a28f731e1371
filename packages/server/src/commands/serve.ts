import { renameSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { nearest, type Signer } from '@agent-run/core'
import { loadSigner } from '@agent-run/sdk/keys'
import { Command } from 'commander'
import { type Logger, pino } from 'pino'
import { type App, createApp } from '../app/create-app.ts'
import { describeFault } from '../app/observe.ts'
import { startRetention } from '../app/retention.ts'
import { Failure, shown } from '../config/failure.ts'
import { firstScreen } from '../config/first-screen.ts'
import { hint } from '../config/hint.ts'
import { outliveReaders } from '../config/output.ts'
import { addSettings, readSettings, type Settings } from '../config/settings.ts'
import { stopGracefully } from '../config/stop.ts'
import { codeOf, readTrustFile } from '../config/values.ts'
import { openStore } from '../store/open-store.ts'
import type { Store } from '../store/store.ts'
import { createKey } from './keys.ts'

/** `serve`, which is what the program does unless told otherwise. */
export const serveCommand = (): Command =>
  addSettings(new Command('serve').description('serve the protocol until SIGTERM or SIGINT'))
    .addHelpText(
      'after',
      '\nThere is no TLS here: put a proxy in front where others than this machine connect, and say --trust-proxy.',
    )
    // What is no command comes here too.
    .allowExcessArguments(true)
    .action(async (_options: unknown, command: Command) => {
      refuseWords(command)
      await serve(readSettings(command))
    })

const refuseWords = ({ args, parent }: Command): void => {
  const [word] = args
  if (word === undefined) return
  if (parent?.args[0] === 'serve') throw new Failure(`serve takes options only, and no ${shown(word)}`)
  const near = nearest(word, parent?.commands.map((each) => each.name()) ?? [])
  throw new Failure(
    `unknown command ${shown(word)}${near === undefined ? '' : `; did you mean ${near}?`} (--help shows what there is)`,
  )
}

/** Starts everything, says where it is, and arranges for the end. */
const serve = async (settings: Settings): Promise<void> => {
  outliveReaders()
  const isShown = settings.screen === true || process.stdout.isTTY === true
  const log = pino(
    { level: settings.logLevel ?? (isShown ? 'warn' : 'info'), base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ fd: 2, sync: true }),
  )
  const trust = settings.trust === undefined ? undefined : readTrustFile(settings.trust)
  const serverKey = settings.key === undefined ? undefined : await signerOf(settings.key)
  const store = await openStore(settings.store)
  const app = await createApp({
    store,
    log,
    ...(trust === undefined ? {} : { trust }),
    ...(serverKey === undefined ? {} : { serverKey }),
    ...(settings.rate === undefined ? {} : { rate: settings.rate }),
    ...(settings.trustProxy === undefined ? {} : { trustProxy: settings.trustProxy }),
    limits: {
      body_octets: settings.maxBody,
      line_octets: settings.maxBody,
      batch_octets: settings.maxBatch,
      in_flight_octets: settings.maxInFlight,
      body_ms: settings.bodyTimeout * 1000,
    },
  })
  const url = await listen(app, store, settings)
  const stopRetention = startRetention({
    store,
    log,
    serverKey,
    clock: () => new Date().toISOString(),
    retainDays: settings.retain,
    retainEventsDays: settings.retainEvents,
  })
  endWith({ app, store, log, stopRetention, seconds: settings.stopTimeout })

  const { port } = new URL(url)
  const isKeyless = !(await store.keys.any())
  log.info({ url, port: Number(port), store: store.engine }, 'listening')
  const isToldOnce = isShown || settings.readyFile !== undefined
  const key = isKeyless && isToldOnce ? await createFirstKey(store) : undefined
  if (isKeyless && !isToldOnce)
    log.warn(`no key exists, so nobody can ask for anything; ${hint(settings.store, 'keys', 'create')} makes one`)
  if (settings.readyFile !== undefined)
    writeReadyFile(settings.readyFile, { url, port: Number(port), store: store.engine, key })
  if (isShown) process.stdout.write(firstScreen({ url, store: settings.store, key, serverKey: serverKey?.did }))
}

const signerOf = (path: string): Promise<Signer> => loadSigner(path, { env: process.env })

const listen = async (app: App, store: Store, { host, port }: Settings): Promise<string> => {
  try {
    await app.listen({ host, port })
  } catch (error) {
    await app.close()
    await store.close()
    const code = codeOf(error)
    const advice = code === 'EADDRINUSE' ? `; something else listens there, try --port ${port === 3000 ? 3001 : 0}` : ''
    throw new Failure(`cannot listen on ${shown(host)} port ${port}: ${code}${advice}`)
  }
  const address = app.server.address() as AddressInfo
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address
  return `http://${name}:${address.port}`
}

/** A key with which everything can be done, for the one who starts the first server. */
const createFirstKey = async (store: Store): Promise<string> =>
  (await createKey(store, { tenant: 'default', name: 'first key', scopes: ['admin'] })).key

/** Written whole under another name first: who waits for the file never reads half of it. */
const writeReadyFile = (
  path: string,
  {
    key,
    ...ready
  }: { readonly url: string; readonly port: number; readonly store: string; readonly key: string | undefined },
): void => {
  try {
    const draft = `${path}.${process.pid}`
    writeFileSync(draft, `${JSON.stringify({ ...ready, pid: process.pid, ...(key === undefined ? {} : { key }) })}\n`, {
      mode: 0o600,
    })
    renameSync(draft, path)
  } catch (error) {
    throw new Failure(`the ready file ${shown(path)} cannot be written: ${codeOf(error)}`)
  }
}

/** Stops on SIGTERM and SIGINT; what nobody expected ends the process and says where, not what. */
const endWith = (parts: {
  readonly app: App
  readonly store: Store
  readonly log: Logger
  readonly stopRetention: () => Promise<void>
  readonly seconds: number
}): void => {
  let isStopping = false
  const stop = (signal: NodeJS.Signals): void => {
    if (isStopping) process.exit(1)
    isStopping = true
    parts.log.info({ signal }, 'stopping')
    void stopGracefully(parts).then((code) => process.exit(code))
  }
  process.on('SIGTERM', stop).on('SIGINT', stop)
  process.on('uncaughtException', (error) => {
    parts.log.fatal({ fault: describeFault(error) }, 'crashed')
    process.exit(1)
  })
}
