import { hasRun } from '@agent-run/core'
import type { AgentRun, McpServerUse } from '@agent-run/types'

/** The MCP servers that steps of a run ran on, each once. */
export const serversOf = ({ steps }: AgentRun): string[] => {
  const names = steps.filter(hasRun).map(({ mcp_server }) => mcp_server)
  return [...new Set(names.filter((name) => typeof name === 'string'))]
}

/** MCP servers that steps ran on, each with the newest such run. */
export class ServerUses {
  readonly #uses = new Map<string, McpServerUse>()

  /** @param time of the run, as text whose order is that of time */
  add(names: readonly string[], runId: string, time: string | undefined): void {
    const at = time ?? ''
    for (const name of names)
      if (at >= (this.#uses.get(name)?.last_at ?? '')) this.#uses.set(name, { name, last_run_id: runId, last_at: at })
  }

  /** By their names. */
  list(): McpServerUse[] {
    return [...this.#uses.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
  }
}
