import { arch, platform, release } from 'node:os'

/**
 * Variables whose value is recorded: they change how programs behave, and nobody keeps a secret in them. Of every other
 * one only the name is: a value may be a password whatever its variable is called, a name tells which credentials were at hand.
 */
const harmless: ReadonlySet<string> = new Set(
  [
    'CI',
    'COLORTERM',
    'FORCE_COLOR',
    'LANG',
    'LANGUAGE',
    'LC_ALL',
    'LC_CTYPE',
    'NODE_ENV',
    'NO_COLOR',
    'RUST_BACKTRACE',
  ].concat([
    'SHELL',
    'SOURCE_DATE_EPOCH',
    'TERM',
    'TZ',
    'VIRTUAL_ENV',
    'CONDA_DEFAULT_ENV',
    'PYTHONHASHSEED',
    'UV_THREADPOOL_SIZE',
  ]),
)

/** Most names, and most characters of a value. */
const most = { names: 500, value: 200 }

/** What is recorded of the surroundings of a command. */
export interface Environment {
  readonly platform: string
  /** Values of variables that cannot be secrets. */
  readonly values: Readonly<Record<string, string>>
  /** Names of all variables, in order. */
  readonly names: readonly string[]
}

/** The surroundings of a command without any secret in them. */
export function describeEnvironment(env: NodeJS.ProcessEnv): Environment {
  const names = Object.keys(env).sort()
  const values = names
    .filter((name) => harmless.has(name))
    .map((name) => [name, (env[name] ?? '').slice(0, most.value)])
  return {
    platform: `${platform()} ${release()} ${arch()}`,
    values: Object.fromEntries(values),
    names: names.slice(0, most.names),
  }
}
