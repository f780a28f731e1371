import type { Step } from '@agent-run/types'
import { portableId, takeId } from '../../conversion/identity.ts'
import { asArray, asObject, asString, type Json } from '../../conversion/json.ts'
import type { Previewer } from '../../preview/index.ts'

/** A trajectory, and its place among those that were given. */
export interface Delegate {
  readonly json: Json
  /** Number of the file. */
  readonly file: number
  /** Id of its run. */
  readonly id: string
  /** The trajectory that holds it. */
  readonly holder: Delegate | undefined
  readonly embedded: Delegate[]
  /** The trajectory that refers to it; the first one counts. */
  caller: Delegate | undefined
}

/** Deepest nesting of sub-agents that is followed. */
const deepest = 32

/** A trajectory of a file, with those it holds. */
export interface Root {
  readonly json: Json
  readonly file: number
  /** Name of the file, to which paths in references may lead. */
  readonly name: string
  /** For a trajectory that names neither itself nor its session. */
  readonly fallbackId: string
}

/** All trajectories, each before those it holds, with ids that are unique. */
export function arrangeTrajectories(roots: readonly Root[]): Delegate[] {
  const taken = new Set<string>()
  const all: Delegate[] = []
  const arrange = (json: Json, file: number, holder: Delegate | undefined, fallback: string, depth: number): void => {
    const session = holder ? undefined : asString(json.session_id)
    const id = takeId(asString(json.trajectory_id) ?? session ?? fallback, taken, portableId)
    const node: Delegate = { json, file, id, holder, embedded: [], caller: undefined }
    all.push(node)
    holder?.embedded.push(node)
    if (depth >= deepest) return
    for (const [index, sub] of (asArray(json.subagent_trajectories) ?? []).entries()) {
      const held = asObject(sub)
      if (held) arrange(held, file, node, `${id}~${index + 1}`, depth + 1)
    }
  }
  for (const { json, file, fallbackId } of roots) arrange(json, file, undefined, fallbackId, 0)
  return all
}

/** Which trajectory a reference means: one it holds itself, one of the same document, or one of another file. */
function createResolver(all: readonly Delegate[], roots: readonly Root[]) {
  const byFile = new Map(roots.map(({ name, file }) => [name.split(/[\\/]/).at(-1) ?? name, file]))
  const find = (among: readonly Delegate[], ref: Json): Delegate | undefined => {
    const [id, session] = [asString(ref.trajectory_id), asString(ref.session_id)]
    const path = asString(ref.trajectory_path)?.split(/[\\/]/).at(-1)
    return (
      among.find(({ json }) => id !== undefined && json.trajectory_id === id) ??
      among.find(({ file, holder }) => path !== undefined && !holder && byFile.get(path) === file) ??
      (id === undefined && path === undefined && session !== undefined
        ? among.find(({ json }) => json.session_id === session)
        : undefined)
    )
  }
  const isAbove = (above: Delegate, node: Delegate): boolean => {
    for (let next: Delegate | undefined = node; next; next = next.caller ?? next.holder) if (next === above) return true
    return false
  }
  return (from: Delegate, ref: Json): Delegate | undefined => {
    const target = find(from.embedded, ref) ?? find(all, ref)
    if (!target || target.caller || isAbove(target, from)) return undefined
    target.caller = from
    return target
  }
}

/** Which trajectory each reference means. One that several refer to belongs to the first. */
export function bindReferences(all: readonly Delegate[], roots: readonly Root[]): Map<Json, Delegate> {
  const resolve = createResolver(all, roots)
  const bound = new Map<Json, Delegate>()
  for (const node of all) {
    for (const step of stepsOf(node.json)) {
      if (step === undefined || step.is_copied_context === true) continue
      for (const result of asArray(asObject(step.observation)?.results) ?? []) {
        for (const ref of refsOf(asObject(result))) {
          const target = resolve(node, ref)
          if (target) bound.set(ref, target)
        }
      }
    }
  }
  return bound
}

/** The steps of a trajectory; `undefined` stands for one that is no object. */
export const stepsOf = (trajectory: Json): readonly (Json | undefined)[] =>
  (asArray(trajectory.steps) ?? []).map(asObject)

/** The references of a result to sub-agents: a list, or a single one. */
export const refsOf = (result: Json | undefined): Json[] =>
  (asArray(result?.subagent_trajectory_ref) ?? [result?.subagent_trajectory_ref])
    .map(asObject)
    .filter((ref) => ref !== undefined)

/** What a hand-over says of the run it leads to. */
export function delegateOf(
  ref: Json,
  target: Delegate | undefined,
  delegation: string,
  previewer: Previewer,
): Pick<Step, 'child_run_id' | 'delegation_id' | 'agent_id'> {
  const name = asString(asObject(target?.json.agent)?.name)
  const child = target?.id ?? (asString(ref.trajectory_id) ? portableId(asString(ref.trajectory_id) ?? '') : undefined)
  return {
    ...(name ? { agent_id: previewer.text(name, 256) } : {}),
    ...(child ? { child_run_id: child } : {}),
    delegation_id: portableId(delegation),
  }
}
