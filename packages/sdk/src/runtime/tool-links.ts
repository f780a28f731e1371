import type { Recorder } from '../recorder/index.ts'

/** What the answers of models and their requests say about tools, of one run. */
interface Links {
  /** Step of the model call that asked for a tool call, by `tool_call_id`. */
  readonly askedBy: Map<string, string>
  /** `schema_hash` of the tools offered, by name; `null` for a name with several definitions. */
  readonly hashes: Map<string, string | null>
}

/** Most entries of either; a run that asks for more has the last ones linked. */
const most = 10_000

const links = new WeakMap<Recorder, Links>()

const linksOf = (run: Recorder): Links => {
  const known = links.get(run) ?? { askedBy: new Map(), hashes: new Map() }
  links.set(run, known)
  return known
}

const keep = <T>(map: Map<string, T>, key: string, value: T): void => {
  const [oldest] = map.keys()
  if (map.size >= most && oldest !== undefined) map.delete(oldest)
  map.set(key, value)
}

/** Notes which model call asked for these tool calls. */
export function noteAskedFor(run: Recorder, stepId: string, callIds: readonly string[]): void {
  const { askedBy } = linksOf(run)
  if (stepId !== '') for (const id of callIds) keep(askedBy, id, stepId)
}

/** Notes with which definition a tool was offered. */
export function noteOffered(run: Recorder, name: string, hash: string): void {
  const { hashes } = linksOf(run)
  const known = hashes.get(name)
  keep(hashes, name, known === undefined || known === hash ? hash : null)
}

/** What is known of a tool call from the model's side. */
export function linksOfCall(
  run: Recorder,
  name: string,
  callId: string | undefined,
): { readonly model_call_id?: string; readonly tool_hash?: string } {
  const known = links.get(run)
  const step = callId === undefined ? undefined : known?.askedBy.get(callId)
  const hash = known?.hashes.get(name) ?? undefined
  return {
    ...(step === undefined ? {} : { model_call_id: step }),
    ...(hash === undefined ? {} : { tool_hash: hash }),
  }
}
