import { chmodSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { writeBelow } from '../pack/index.ts'
import type { LoadedPack } from '../trial.ts'

/** How the folders of trials begin, in the temporary folder of the machine. */
export const FOLDER_PREFIX = 'agent-run-bench-'

/** Folders of a trial, all of them absolute paths. */
export interface TrialFolder {
  /** Made for this trial, holds `trial/`; what else appears in it comes from the runtime. */
  readonly outer: string
  /** What the runtime is given: everything below is in it. */
  readonly root: string
  readonly workspace: string
  readonly home: string
  readonly temp: string
  readonly output: string
  readonly bin: string
  /** `task.json` and `mcp.json`. */
  readonly task: string
  readonly mcp: string
  /** Puts an empty folder where the runtime has left a link, or nothing: nobody is to be led elsewhere by it. */
  restore(): void
  /** Makes a fresh copy of what the workspace began with, where the runtime never was; absent where it began empty. */
  copyFixture(): string | undefined
  /** Makes an empty folder for the judge. */
  makeScratch(): string
  /** Removes everything, also what the runtime has made unreadable; with `keep` all but what it was given. */
  remove(keep?: boolean): Promise<void>
}

/** Folders of trials that are going on. */
const held = new Set<string>()

/** Removes the folders of all trials that are going on, as far as that goes at once. */
export const dropFolders = (): void => {
  for (const path of held) {
    try {
      rmSync(path, { recursive: true, force: true })
    } catch {
      // The program ends; what is left lies in the temporary folder of the machine.
    }
  }
}

/** Makes the folders of a trial, with the workspace as the pack has it. @throws system errors */
export const makeTrialFolder = (pack: LoadedPack, workspace: string | undefined): TrialFolder => {
  const outer = realpathSync(mkdtempSync(join(tmpdir(), FOLDER_PREFIX)))
  held.add(outer)
  const root = join(outer, 'trial')
  const inner = (name: string): string => {
    const path = join(root, name)
    mkdirSync(path, { recursive: true })
    return path
  }
  const folders = {
    outer,
    root,
    workspace: inner('workspace'),
    home: inner('home'),
    temp: inner('tmp'),
    output: inner('output'),
    bin: inner('bin'),
    task: join(root, 'task.json'),
    mcp: join(root, 'mcp.json'),
  }
  if (workspace !== undefined) writeBelow(pack.files, workspace, folders.workspace)
  const later: string[] = []
  const beside = (): string => {
    const path = realpathSync(mkdtempSync(join(tmpdir(), FOLDER_PREFIX)))
    later.push(path)
    held.add(path)
    return path
  }
  return {
    ...folders,
    restore: () => {
      for (const path of [root, folders.workspace, folders.output]) {
        if (lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true) continue
        rmSync(path, { force: true })
        mkdirSync(path)
      }
    },
    copyFixture: () => {
      if (workspace === undefined) return undefined
      const path = beside()
      writeBelow(pack.files, workspace, path)
      return path
    },
    makeScratch: beside,
    remove: async (keep = false) => {
      for (const path of keep ? later : [outer, ...later]) await removeTree(path)
      for (const path of [outer, ...later]) held.delete(path)
    },
  }
}

/** Tries, 50 ms apart: a process that is ending can still write. */
const TRIES = 20

const removeTree = async (path: string): Promise<void> => {
  for (let tries = 0; tries < TRIES; tries++) {
    try {
      rmSync(path, { recursive: true, force: true })
      return
    } catch {
      allowAll(path)
      await wait(50)
    }
  }
  // What cannot be removed stays: the trial has been judged, and the next one has a folder of its own.
}

const allowAll = (path: string): void => {
  try {
    if (!lstatSync(path).isDirectory()) return
    chmodSync(path, 0o700)
    for (const name of readdirSync(path)) allowAll(join(path, name))
  } catch {
    // Gone, or not ours.
  }
}
