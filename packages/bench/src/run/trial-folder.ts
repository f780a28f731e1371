import { lstatSync, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { writeBelow } from '../pack/index.ts'
import { removeTree } from '../session/remove-tree.ts'
import type { Session } from '../session/session.ts'
import type { LoadedPack } from '../trial.ts'

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

/** Makes the folders of a trial, with the workspace as the pack has it. @throws system errors */
export const makeTrialFolder = (pack: LoadedPack, workspace: string | undefined, session: Session): TrialFolder => {
  const outer = session.makeFolder()
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
    const path = session.makeFolder()
    later.push(path)
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
    },
  }
}
