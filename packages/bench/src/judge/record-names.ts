import { resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { hasRun } from '@agent-run/core'
import type { AgentRun, BenchTool } from '@agent-run/types'
import type { LedgerEntry } from '../tools/index.ts'
import type { FileChange } from '../trial.ts'

/**
 * Changed files that no side effect of a step names.
 * @param known `workspaces`: absolute paths of the workspace, as given and with its links resolved; `written`: files that are not
 * the runtime's
 */
export function unnamedChanges(
  runs: readonly AgentRun[],
  changes: readonly FileChange[],
  { workspaces, written }: { readonly workspaces: readonly string[]; readonly written: ReadonlySet<string> },
): string[] {
  const named = new Set(runs.flatMap((run) => workspaces.flatMap((workspace) => targetsOf(run, workspace))))
  // A folder that is new or gone as a whole may be named instead of what is in it.
  const folders = changes.filter(
    ({ path, kind, change }) => kind === 'folder' && change !== 'changed' && named.has(path),
  )
  const wholes = new Set(folders.map(({ path }) => path))
  const isNamed = (path: string): boolean => named.has(path) || foldersOf(path).some((folder) => wholes.has(folder))
  return changes
    .filter(({ path, kind }) => kind !== 'folder' && !written.has(path) && !isNamed(path))
    .map(({ path }) => path)
}

/** Files that tools of the bench wrote themselves: the runtime cannot know of them. */
export const writtenByTools = (ledger: readonly LedgerEntry[], tools: readonly BenchTool[] = []): ReadonlySet<string> =>
  new Set(
    ledger.flatMap(({ tool_name, answer }) => {
      const tool = tools.find(({ name }) => name === tool_name)
      return answer === undefined ? [] : Object.keys(tool?.answers?.[answer]?.writes ?? {})
    }),
  )

const foldersOf = (path: string): string[] => {
  const names = path.split('/')
  return names.slice(1).map((_, index) => names.slice(0, index + 1).join('/'))
}

/** What the side effects of a run name in the workspace. Reading is no change. */
const targetsOf = (run: AgentRun, workspace: string): string[] => {
  const root = run.scope?.root
  const effects = run.steps.filter(hasRun).flatMap(({ side_effects = [] }) => side_effects)
  return effects
    .filter(({ kind }) => kind !== 'none' && kind !== 'read')
    .flatMap(({ target }) => (target === undefined ? [] : pathsOf(target, root, workspace)))
}

/** Where a target may lie in the workspace: relative to the root of the run's scope, else to the workspace. */
const pathsOf = (target: string, root: unknown, workspace: string): string[] => {
  const path = target.startsWith('file://') ? localPath(target) : target
  if (path === undefined || path.includes('\0')) return []
  const bases = typeof root === 'string' && !root.includes('\0') ? [resolve(workspace, root), workspace] : [workspace]
  return bases
    .map((base) => resolve(base, path))
    .filter((each) => each.startsWith(`${workspace}${sep}`))
    .map((each) =>
      each
        .slice(workspace.length + 1)
        .split(sep)
        .join('/'),
    )
}

const localPath = (url: string): string | undefined => {
  try {
    return fileURLToPath(url)
  } catch {
    return undefined
  }
}
