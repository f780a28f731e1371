import { type Command, Option } from 'commander'
import type { Rate } from '../app/admission.ts'
import { defaultLimits } from '../app/limits.ts'
import { Failure } from './failure.ts'
import { isLoopbackHost, readNumber, readProxies, readRate, readSize, readStoreUrl } from './values.ts'

/** What a server is told on its command line or by its environment. */
export interface Settings {
  readonly host: string
  readonly port: number
  readonly store: string
  readonly trust?: string
  readonly key?: string
  readonly maxBody: number
  readonly maxBatch: number
  readonly maxInFlight: number
  readonly bodyTimeout: number
  readonly rate?: Rate
  readonly retain?: number
  readonly retainEvents: number
  readonly trustProxy?: string
  readonly readyFile?: string
  readonly stopTimeout: number
  readonly logLevel?: string
  readonly screen?: boolean
}

/** Where records are kept, unless it is said. */
export const DEFAULT_STORE = 'sqlite:agent-run.db'

const variable = (name: string): string => `AGENT_RUN_SERVER_${name}`

/** The option that names the store; every command has it. */
export const storeOption = (): Option =>
  new Option('--store <url>', 'sqlite:PATH, sqlite::memory: or postgres://USER@HOST/DATABASE')
    .default(DEFAULT_STORE)
    .argParser(readStoreUrl)
    .env(variable('STORE'))

/** Adds the options of `serve`, each with the variable that sets it too. */
export const addSettings = (command: Command): Command => {
  const options = [
    new Option('--host <address>', 'address to listen on; others than this machine reach it only if you say so here')
      .default('127.0.0.1')
      .env(variable('HOST')),
    new Option('--port <number>', 'port to listen on; 0 for a free one')
      .default(3000)
      .argParser(readNumber(0, 65_535))
      .env(variable('PORT')),
    storeOption(),
    new Option('--trust <file>', 'whose keys are whose: a trust file, for levels and verdicts').env(variable('TRUST')),
    new Option(
      '--key <file>',
      'key of the server: countersigns what it receives, signs what it erases (passphrase: AGENT_RUN_PASSPHRASE)',
    ).env(variable('KEY')),
    new Option('--max-body <size>', 'largest record')
      .default(defaultLimits.body_octets, '10MiB')
      .argParser(readSize(256 * 2 ** 20))
      .env(variable('MAX_BODY')),
    new Option('--max-batch <size>', 'largest batch')
      .default(defaultLimits.batch_octets, '64MiB')
      .argParser(readSize(1024 * 2 ** 20))
      .env(variable('MAX_BATCH')),
    new Option(
      '--max-in-flight <size>',
      'memory for all bodies that are not answered yet; beyond it large ones get 503',
    )
      .default(defaultLimits.in_flight_octets, '128MiB')
      .argParser(readSize(64 * 2 ** 30))
      .env(variable('MAX_IN_FLIGHT')),
    new Option('--body-timeout <seconds>', 'time that a client may take to send a body')
      .default(defaultLimits.body_ms / 1000)
      .argParser(readNumber(1, 3600))
      .env(variable('BODY_TIMEOUT')),
    new Option('--rate <requests/seconds>', 'how often a key may ask, 600/60 for example; 0 as often as it likes')
      .argParser(readRate)
      .env(variable('RATE')),
    new Option('--retain <days>', 'erase runs so many days after they were received; without it they stay')
      .argParser(readNumber(1, 36_500))
      .env(variable('RETAIN')),
    new Option('--retain-events <days>', 'how long a reader of the stream may be away and still miss nothing')
      .default(7)
      .argParser(readNumber(1, 36_500))
      .env(variable('RETAIN_EVENTS')),
    new Option('--trust-proxy <addresses>', 'proxies whose X-Forwarded headers are believed: loopback, 10.0.0.0/8 …')
      .argParser(readProxies)
      .env(variable('TRUST_PROXY')),
    new Option('--stop-timeout <seconds>', 'time that requests have to end after SIGTERM')
      .default(10)
      .argParser(readNumber(1, 600))
      .env(variable('STOP_TIMEOUT')),
    new Option('--log-level <level>', 'least that is logged; on a terminal warn, else info')
      .choices(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'])
      .env(variable('LOG_LEVEL')),
    new Option('--ready-file <file>', 'write {url, port, pid, store, key?} there as JSON once it listens').env(
      variable('READY_FILE'),
    ),
    new Option('--screen', 'print the first screen even without a terminal').env(variable('SCREEN')),
  ]
  for (const option of options) command.addOption(option)
  return command
}

/**
 * The settings of a command.
 * @throws Failure for a host that others can reach and that only the environment names
 */
export const readSettings = (command: Command): Settings => {
  const settings = command.opts<Settings>()
  const source = command.getOptionValueSource('host')
  if (!isLoopbackHost(settings.host) && source !== 'cli')
    throw new Failure(
      'others than this machine could reach the host that AGENT_RUN_SERVER_HOST names; if that is meant, say --host on the command line (and put a proxy with TLS in front)',
    )
  return settings
}
