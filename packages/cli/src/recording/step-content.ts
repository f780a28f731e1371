import { inferEffects, type LiveStep, type StepMembers } from '@agent-run/sdk'
import type { SideEffect } from '@agent-run/types'
import type { FileChange } from './file-changes.ts'
import type { Ending } from './run-child.ts'
import type { WorkDone, WorkPlace } from './work-place.ts'

/** Most changed files that a record names. */
const mostNamed = 2000

/** What the command line itself says that it will do, besides being executed. */
export function announcedEffects(line: string, root: string, cwd: string): SideEffect[] {
  const inferred = inferEffects({ tool_name: 'exec' }, { command: line }, { root, cwd }) ?? []
  const rest = inferred.filter(({ kind }) => kind !== 'exec' && kind !== 'none')
  return [{ kind: 'exec', target_kind: 'command', target: line, reversible: 'unknown', basis: 'observed' }, ...rest]
}

/** How the command ended, as a step says it. */
export function endingMembers(ending: Ending): StepMembers {
  const { how, code, signal, passedOn, problem, output } = ending
  const shown = output === undefined || output === '' ? {} : { output }
  const isStopped = passedOn !== undefined && (how === 'signalled' || code === 130 || code === 143)
  if (how === 'not_started') {
    const error_type = code === 127 ? 'not_found' : problem === 'EACCES' ? 'permission_denied' : 'tool_failed'
    return { status: 'failed', exit_code: code, error: `the command could not be started (${problem})`, error_type }
  }
  if (how === 'timed_out') return { ...shown, status: 'timeout', error: 'the time was up', error_type: 'timeout' }
  if (isStopped) return { ...shown, status: 'cancelled', error: `stopped by ${passedOn}`, error_type: 'cancelled' }
  if (how === 'signalled') return { ...shown, status: 'failed', error: `ended by ${signal}`, error_type: 'tool_failed' }
  if (code === 0) return { ...shown, status: 'succeeded', exit_code: 0 }
  return { ...shown, status: 'failed', exit_code: code, error: `exit code ${code}`, error_type: 'tool_failed' }
}

/** Adds to a step what was seen to have changed: an effect and an artifact for each file and commit. */
export function addChanges(step: LiveStep, announced: readonly SideEffect[], work: WorkPlace, done: WorkDone): void {
  const { changes, history } = done
  const named = changes.files.slice(0, mostNamed)
  const seen = new Set(named.map(({ name }) => name))
  // What was only concluded from the words gives way to what was seen.
  const isSeen = ({ target, operation }: SideEffect): boolean =>
    operation === 'git commit' ? history.made.length > 0 : target !== undefined && seen.has(target)
  const kept = announced.filter((effect) => effect.basis === 'observed' || !isSeen(effect))
  const files = { by: changes.now.by, changed: changes.files.length, named: named.length, complete: !changes.isCut }
  step.add({ side_effects: kept, metadata: { files } })
  for (const change of named) step.effect(effectOf(change, work, artifactOf(step, change)))
  for (const { commit, subject } of history.made) {
    const id = step.artifact({ name: commit, kind: 'commit', action: 'created', metadata: { subject } })
    step.effect({
      kind: 'write',
      operation: 'commit',
      target_kind: 'repo',
      target: commit,
      basis: 'observed',
      ...(id === undefined ? {} : { artifact_id: id }),
    })
  }
  if (history.moved !== undefined)
    step.effect({
      kind: 'write',
      operation: 'move HEAD',
      target_kind: 'repo',
      target: history.moved,
      basis: 'observed',
    })
}

const artifactOf = (step: LiveStep, { name, action, after }: FileChange): string | undefined =>
  step.artifact({
    name,
    kind: 'file',
    action,
    ...(after === undefined
      ? {}
      : { content: { size: after.size, ...(after.digest === undefined ? {} : { digest: after.digest }) } }),
    ...(after?.isLink === true ? { metadata: { symbolic_link: true } } : {}),
  })

const effectOf = (
  { name, action, before, after }: FileChange,
  { checkpoint, before: snapshot }: WorkPlace,
  artifactId: string | undefined,
): SideEffect => {
  // What was not there before can be removed; what was must be in the checkpoint.
  const isHeld = action === 'created' || (checkpoint !== undefined && snapshot.states.has(name))
  return {
    kind: action === 'deleted' ? 'delete' : 'write',
    target_kind: 'file',
    target: name,
    reversible: isHeld ? 'full' : 'unknown',
    basis: 'observed',
    ...(before?.digest === undefined ? {} : { before_digest: before.digest }),
    ...(after?.digest === undefined ? {} : { after_digest: after.digest }),
    ...(artifactId === undefined ? {} : { artifact_id: artifactId }),
  }
}
