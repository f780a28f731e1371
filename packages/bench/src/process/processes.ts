import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/** Process groups of trials that are going on, with the mark of each, so that none survives the bench. */
const groups = new Map<number, string>()

type GroupListener = (group: number, isHeld: boolean) => void
const listeners = new Set<GroupListener>()

/** Has somebody told which groups are held, and which no longer. @returns ends that */
export const onGroups = (listener: GroupListener): (() => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

/** Notes a group, by the id of its first process, until it is let go. @param mark see {@link processesWith} */
export const holdGroup = (group: number, mark: string): { release(): void } => {
  groups.set(group, mark)
  for (const tell of listeners) tell(group, true)
  return {
    release: () => {
      groups.delete(group)
      for (const tell of listeners) tell(group, false)
    },
  }
}

/** Ends all groups that are held, and who has left them, at once. */
export const killGroups = (): void => {
  for (const [group, mark] of groups) {
    const left = processesWith(mark)
    signalGroup(group, 'SIGKILL')
    killProcesses(left)
  }
}

/** Sends a signal to a group. A group that is gone is no fault. */
export const signalGroup = (group: number, signal: NodeJS.Signals): void => {
  try {
    // On Windows there are no groups; the process alone is ended.
    process.kill(process.platform === 'win32' ? group : -group, signal)
  } catch {
    // It has ended by itself.
  }
}

/** Processes of a group that have not ended. Best effort: from `/proc`, else from `ps`; empty where there is neither. */
export const membersOf = (group: number): readonly number[] =>
  (fromProc() ?? fromPs()).filter(({ pgid, ended }) => pgid === group && !ended).map(({ pid }) => pid)

/**
 * Processes that have this text in their environment as it was when they were started, whatever group they are in by
 * now. Only where there is a `/proc`.
 */
export const processesWith = (text: string): readonly number[] => byEnvironment((all) => all.includes(text))

/** Processes whose home or temporary folder, or task, lies in a folder: those of the trials that are made in it. */
export const processesIn = (folder: string): readonly number[] =>
  byEnvironment((all) =>
    all
      .split('\0')
      .some((each) => ['HOME', 'TMPDIR', 'AGENT_RUN_TASK'].some((name) => each.startsWith(`${name}=${folder}/`))),
  )

const byEnvironment = (isMeant: (environment: string) => boolean): readonly number[] =>
  (fromProc() ?? []).flatMap(({ pid, ended }) => {
    if (ended || pid === process.pid) return []
    try {
      return isMeant(readFileSync(`/proc/${pid}/environ`, 'utf8')) ? [pid] : []
    } catch {
      return []
    }
  })

/** Ends processes one by one. */
export const killProcesses = (pids: readonly number[]): void => {
  for (const pid of pids) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It has ended by itself.
    }
  }
}

interface Process {
  readonly pid: number
  readonly pgid: number
  /** It has ended and waits for its parent. */
  readonly ended: boolean
}

const fromProc = (): readonly Process[] | undefined => {
  let names: readonly string[]
  try {
    names = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  } catch {
    return undefined
  }
  if (names.length === 0) return undefined
  return names.flatMap((name) => {
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'latin1')
      // The name of the program stands in brackets and may hold anything.
      const [state = '', , pgid] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      return [{ pid: Number(name), pgid: Number(pgid), ended: /^[ZX]/.test(state) }]
    } catch {
      return []
    }
  })
}

const fromPs = (): readonly Process[] => {
  if (process.platform === 'win32') return []
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,pgid=,stat='], { encoding: 'utf8', timeout: 5000 })
  return (stdout ?? '').split('\n').flatMap((line) => {
    const [pid, pgid, state = ''] = line.trim().split(/\s+/)
    return pid === undefined || pid === ''
      ? []
      : [{ pid: Number(pid), pgid: Number(pgid), ended: state.startsWith('Z') }]
  })
}
