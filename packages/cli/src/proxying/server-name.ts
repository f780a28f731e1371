import { programName } from '../terminal/shell-line.ts'

/** Programs that start another one, which is named by one of their arguments. */
const starters = new Set([
  'npx',
  'npm',
  'pnpm',
  'bunx',
  'bun',
  'uvx',
  'uv',
  'pipx',
  'node',
  'python',
  'python3',
  'deno',
  'env',
])
const words = new Set(['run', 'exec', 'x', 'dlx', 'tool'])

/**
 * What a server is called where nobody says: the program, or what a starter such as `npx` starts, without scope, version and
 * ending.
 */
export function nameOfServer([program, ...args]: readonly [string, ...string[]]): string {
  const first = programName(program)
  if (!starters.has(first.toLowerCase())) return clean(first)
  const started = args.find((arg) => !arg.startsWith('-') && !words.has(arg) && !/^\w+=/.test(arg))
  return clean(started === undefined ? first : nameOfPackage(started))
}

/** Files and folders that are called the same in every project. */
const meaningless = new Set(['index', 'main', 'cli', 'server', 'dist', 'build', 'out', 'lib', 'src', 'bin', '.', '..'])

/** `@scope/name@1.2.3` → `name`; `name/dist/index.js` → `name`. */
const nameOfPackage = (text: string): string => {
  const parts = text.split(/[\\/]/).filter((part) => part !== '')
  const bare = parts.map((part) => part.replace(/(?<=.)@[\w.^~-]*$/, '').replace(/\.(?:[cm]?[jt]s|py)$/, ''))
  return bare.findLast((part) => !meaningless.has(part)) ?? bare.at(-1) ?? text
}

const clean = (name: string): string => name.replace(/[^\w.-]/g, '').slice(0, 64) || 'server'
