import { spawnSync } from 'node:child_process'
import { realpathSync } from 'node:fs'

/** How to run git. */
export interface GitCall {
  readonly input?: string | Uint8Array
  /** Variables besides those of the process. */
  readonly env?: Readonly<Record<string, string>>
}

/** A work tree of git, asked by the program `git`. */
export interface Git {
  /** Its folder, absolute, without symbolic links. */
  readonly root: string
  /** Standard output; undefined if git fails, or has more to say than fits. */
  run(args: readonly string[], call?: GitCall): Buffer | undefined
  /** The same as a text without the line feed at its end; undefined if it is empty, too. */
  text(args: readonly string[], call?: GitCall): string | undefined
}

/** Settings that keep a repository from starting programs of its own, and an index of ours from leaving files beside its. */
const settings = [
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'core.quotePath=false',
  'core.splitIndex=false',
  'log.showSignature=false',
].flatMap((one) => ['-c', one])

/** Git takes no locks, asks nobody, and fetches nothing that a partial clone lacks. */
const quiet = { GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', GIT_NO_LAZY_FETCH: '1', LC_ALL: 'C' }

/** Most bytes and milliseconds of one answer. */
const most = { bytes: 256 * 1024 * 1024, milliseconds: 120_000 }

/**
 * The work tree that a folder is in; undefined where there is none, or no git. Nothing that is asked writes to the work
 * tree, the index or a reference, and no monitor or hook of the repository is started.
 */
export function openGit(folder: string): Git | undefined {
  let cwd = folder
  const run = (args: readonly string[], { input, env }: GitCall = {}): Buffer | undefined => {
    const { status, stdout } = spawnSync('git', [...settings, ...args], {
      cwd,
      env: { ...process.env, ...quiet, ...env },
      maxBuffer: most.bytes,
      timeout: most.milliseconds,
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'ignore'],
      ...(input === undefined ? {} : { input }),
    })
    return status === 0 ? stdout : undefined
  }
  const text = (args: readonly string[], call?: GitCall): string | undefined =>
    run(args, call)?.toString('utf8').replace(/\n$/, '') || undefined
  const top = text(['rev-parse', '--show-toplevel'])
  try {
    if (top === undefined) return undefined
    cwd = realpathSync(top)
    return { root: cwd, run, text }
  } catch {
    return undefined
  }
}

/** The address of a repository without user, password, query and fragment; of one on this machine only its name. */
export function repositoryName(git: Git): string | undefined {
  const [first] = git.text(['remote'])?.split('\n') ?? []
  const named = git.text(['remote', 'get-url', 'origin']) ?? (first && git.text(['remote', 'get-url', '--', first]))
  // helper::address: the helper is a program of this machine.
  const address = named?.replace(/^(?:[a-z0-9+.-]+::)+/i, '')
  if (!address) return undefined
  const isPath = !/^[a-z][a-z0-9+.-]*:\/\//i.test(address) && !/^[^/\\]+:/.test(address)
  if (isPath || /^file:/i.test(address) || /^[a-z]:[\\/]/i.test(address))
    return (
      address
        .replace(/[/\\]+$/, '')
        .split(/[/\\]/)
        .at(-1) || undefined
    )
  try {
    const url = new URL(address)
    for (const part of ['username', 'password', 'search', 'hash'] as const) url[part] = ''
    return url.href
  } catch {
    // host:path, as ssh is told it; what stands before the last @ is a user, perhaps with a password.
    return address.slice(address.lastIndexOf('@') + 1)
  }
}
