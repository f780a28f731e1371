import { asObject, asString, type Json } from '../../conversion/json.ts'

/** What `state.json` says of a session. */
export interface SessionState {
  readonly sessionId: string | undefined
  readonly cwd: string | undefined
  /** Parents of agents, by the id of the agent. */
  readonly parents: ReadonlyMap<string, string>
}

/** Whether a document is the state of a session: a table of agents with their kind and folder. */
export function isState(document: unknown): boolean {
  const agents = asObject(asObject(document)?.agents)
  if (!agents) return false
  const entries = Object.values(agents).map(asObject)
  return entries.length > 0 && entries.every((agent) => agent !== undefined && 'homedir' in agent && 'type' in agent)
}

/** Reads the state of a session. */
export function readState(json: Json): SessionState {
  const parents = new Map<string, string>()
  let sessionId = asString(json.id)
  for (const [id, value] of Object.entries(asObject(json.agents) ?? {})) {
    const agent = asObject(value)
    const parent = asString(agent?.parentAgentId)
    if (parent !== undefined) parents.set(id, parent)
    sessionId ??= sessionIn(asString(agent?.homedir) ?? '')
  }
  return { sessionId, cwd: asString(json.cwd) ?? asString(json.workDir), parents }
}

/** The session in a path: its folder is named after it. */
export const sessionIn = (path: string): string | undefined =>
  /(?:^|[\\/])(session_[0-9a-f-]{8,64})(?:[\\/]|$)/i.exec(path)?.[1]

/** The agent in a path: `agents/<id>/wire.jsonl`, or a file that is named after a sub-agent. */
export const agentIn = (path: string): string | undefined =>
  /(?:^|[\\/])agents[\\/]([A-Za-z0-9_-]{1,64})[\\/][^\\/]*$/.exec(path)?.[1] ??
  /(?:^|[\\/_.-])(agent-\d{1,6})\.jsonl$/.exec(path)?.[1]

/** The folder of the session that a path belongs to. */
export function folderOf(path: string): string {
  const session = /^(.*?)[\\/]agents[\\/][^\\/]+[\\/][^\\/]*$/.exec(path)?.[1]
  return session ?? (/^(.*)[\\/][^\\/]*$/.exec(path)?.[1] || '.')
}
