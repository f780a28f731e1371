// Starts the real programs, against a model on the loopback interface and with homes of their own: no settings of this
// machine are read, and nothing goes anywhere else.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'

/** What came of a program. */
export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A program that runs. */
export interface Running {
  readonly child: ChildProcess
  readonly ended: Promise<Ended>
}

/** Where a client is at home and works. */
export interface Place {
  readonly home: string
  readonly cwd: string
  readonly modelUrl: string
}

/** Whatever a program reaches for by way of a proxy ends here. */
const nowhere = 'http://127.0.0.1:9'

/** What every client finds in its environment, and nothing else. */
export const environmentOf = ({ home, modelUrl }: Place, program: string): Record<string, string> => ({
  PATH: [dirname(program), dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(delimiter),
  HOME: home,
  LANG: 'C.UTF-8',
  TERM: 'dumb',
  HTTPS_PROXY: nowhere,
  HTTP_PROXY: nowhere,
  NO_PROXY: '127.0.0.1,localhost',
  ...claudeEnvironment(home, modelUrl),
  CODEX_HOME: join(home, '.codex'),
  SCRIPTED_KEY: 'none',
})

const claudeEnvironment = (home: string, modelUrl: string): Record<string, string> => ({
  CLAUDE_CONFIG_DIR: join(home, '.claude'),
  ANTHROPIC_BASE_URL: modelUrl,
  ANTHROPIC_API_KEY: 'none',
  CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
  DISABLE_TELEMETRY: '1',
  DISABLE_ERROR_REPORTING: '1',
  DISABLE_AUTOUPDATER: '1',
  MCP_CONNECTION_NONBLOCKING: 'false',
  // It refuses some modes to root otherwise.
  IS_SANDBOX: '1',
})

/** Settings by which Codex asks the model here, as arguments or as lines of its settings file. */
export const codexSettings = (modelUrl: string): string[] => [
  'model_provider="scripted"',
  'model_providers.scripted.name="scripted"',
  `model_providers.scripted.base_url="${modelUrl}/v1"`,
  'model_providers.scripted.wire_api="responses"',
  'model_providers.scripted.env_key="SCRIPTED_KEY"',
  'check_for_update_on_startup=false',
  'analytics.enabled=false',
]

/** Starts a program with these arguments. */
export function startClient(program: string, args: readonly string[], place: Place): Running {
  mkdirSync(join(place.home, '.codex'), { recursive: true })
  writeFileSync(join(place.home, '.codex/config.toml'), `${codexSettings(place.modelUrl).join('\n')}\n`)
  const child = spawn(program, args, {
    cwd: place.cwd,
    env: environmentOf(place, program),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const collected = { stdout: '', stderr: '' }
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (collected.stdout += text))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (collected.stderr += text))
  const ended = once(child, 'close').then(([code]) => ({ code: code as number | null, ...collected }))
  return { child, ended }
}
