import { writeFileSync } from 'node:fs'
import type { Signer } from '@agent-run/core'
import type { BenchScenario, BenchTask } from '@agent-run/types'
import { isOfRecorder } from '../judge/recorder-folder.ts'
import { runProcess } from '../process/run-process.ts'
import type { Session } from '../session/session.ts'
import { createScenarioTools, offerTools } from '../tools/index.ts'
import { changesBetween, readTree } from '../tree-state.ts'
import type { LimitReached, LoadedPack, TrialEvidence, TrialLimits } from '../trial.ts'
import { chooseRun } from './choose-run.ts'
import { fillIn } from './command-line.ts'
import { environmentOf } from './environment.ts'
import { gather, MOST_REASONS } from './harvest.ts'
import { limitsOf } from './limits.ts'
import { watchOutside } from './outside.ts'
import type { PlannedTrial } from './plan.ts'
import { makeTrialFolder, type TrialFolder } from './trial-folder.ts'
import { startTrialServer } from './trial-server.ts'

/** What all trials of a bench run have in common. */
export interface TrialSetting {
  readonly pack: LoadedPack
  /** Where the folders of trials are made. */
  readonly session: Session
  /** Words of the command, with paths made absolute. */
  readonly command: readonly string[]
  /** Variables that are handed on. */
  readonly given: Readonly<Record<string, string>>
  /** Signs answers to questions. */
  readonly approver: Signer
  /** Home folder of the machine. */
  readonly home: string
  readonly watchTemp: boolean
  /** See `watchOutside`. */
  readonly foreignResults: () => readonly string[]
  /** Ids of the runs that trials have handed over, those that go on at the same time included. */
  readonly taken: Set<string>
  readonly stopped: AbortSignal
  readonly onOutput?: (stream: 'stdout' | 'stderr', octets: Uint8Array) => void
}

/** A trial whose folder is still there. */
export interface RunTrial {
  readonly evidence: TrialEvidence
  /** The folder that the runtime was given. */
  readonly root: string
  /** Removes all folders of the trial; with `keep` all but that one. */
  remove(keep?: boolean): Promise<void>
}

/**
 * Makes one trial: folder, tools, server, process, and the evidence of what it did. The judge comes after.
 * @throws system errors of this side: no room for the folder, no port
 */
export const runTrial = async (planned: PlannedTrial, setting: TrialSetting): Promise<RunTrial> => {
  const { scenario } = planned
  const folder = makeTrialFolder(setting.pack, scenario.workspace, setting.session)
  try {
    const evidence = await observe(planned, setting, folder)
    return { evidence, root: folder.root, remove: folder.remove }
  } catch (error) {
    await folder.remove()
    throw error
  }
}

const observe = async (
  { scenario, repeat, seed }: PlannedTrial,
  setting: TrialSetting,
  folder: TrialFolder,
): Promise<TrialEvidence> => {
  const { pack, approver, stopped } = setting
  const limits = limitsOf(pack.pack, scenario)
  const taskId = `${pack.pack.id}/${scenario.id}`
  const tools = createScenarioTools(toolOptions(pack, scenario, limits, folder.workspace))
  const server = await startTrialServer(tools.desk, approver, limits.records_bytes)
  const offered = await offerTools(tools, { bin: folder.bin, key: server.key }).catch(async (error: unknown) => {
    await server.close()
    throw error
  })
  const mcpServers = { scenario: { ...offered.mcpServer, env: {} } }
  const task: BenchTask = {
    task_id: taskId,
    benchmark_id: taskId,
    repeat,
    seed,
    prompt: scenario.prompt,
    ...(tools.definitions.length === 0 ? {} : { tools: [...tools.definitions] }),
    mcp_servers: mcpServers,
    ...(scenario.permissions === undefined ? {} : { permissions: scenario.permissions }),
    limits,
    workspace: folder.workspace,
    output: folder.output,
  }
  writeFileSync(folder.task, `${JSON.stringify(task, null, 2)}\n`)
  // The form that runtimes read as a configuration of their own.
  writeFileSync(folder.mcp, `${JSON.stringify({ mcpServers }, null, 2)}\n`)
  const before = readTree(folder.workspace, ALL)
  const outside = watchOutside(folder, {
    pack,
    results: setting.foreignResults,
    home: setting.home,
    watchTemp: setting.watchTemp,
  })
  const env = environmentOf(folder, {
    given: setting.given,
    seed,
    serverUrl: server.url,
    key: server.key,
    toolsUrl: offered.url,
  })
  const words = {
    prompt: scenario.prompt,
    task: folder.task,
    mcp: folder.mcp,
    seed: String(seed),
    workspace: folder.workspace,
  }
  const startedAt = new Date().toISOString()
  const result = await runProcess({
    command: fillIn(setting.command, words),
    cwd: folder.workspace,
    env,
    input: scenario.prompt,
    durationMs: limits.duration_ms,
    outputBytes: limits.output_bytes,
    mark: `AGENT_RUN_KEY=${server.key}`,
    look: (count) => lookAt(count, folder, limits, server.received),
    stopped,
    ...(setting.onOutput === undefined ? {} : { onOutput: setting.onOutput }),
  })
  const endedAt = new Date().toISOString()
  tools.close()
  await offered.close()
  const harvest = await server.close()
  const changedOutside = await outside.changes()
  folder.restore()
  const gathered = gather(harvest, folder.output, limits.records_bytes)
  const chosen = chooseRun(gathered.records, { taskId, startedAt, endedAt, isTaken: (id) => setting.taken.has(id) })
  // At once: nothing may come between asking and taking.
  for (const each of [chosen.root, ...chosen.related]) if (each !== undefined) setting.taken.add(each.valid.value.id)
  const fixture = folder.copyFixture()
  return {
    pack,
    scenario,
    repeat,
    seed,
    taskId,
    limits,
    startedAt,
    endedAt,
    ending: result.ending,
    reached: [...result.reached, ...callsBeyond(tools.refused, limits)],
    stdout: result.stdout,
    stderr: result.stderr,
    root: chosen.root,
    related: chosen.related,
    refused: [...gathered.refused, ...chosen.refused].slice(0, MOST_REASONS),
    sentEvals: gathered.sentEvals,
    ledger: tools.ledger,
    approvals: tools.desk.asked,
    workspace: folder.workspace,
    ...(fixture === undefined ? {} : { fixture }),
    output: folder.output,
    scratch: folder.makeScratch(),
    changes: changesBetween(
      before,
      readTree(folder.workspace, { files: limits.workspace_files, bytes: limits.workspace_bytes, contents: true }),
    ).filter(({ path, kind }) => !isOfRecorder(path) && !(path === '.agent-run' && kind === 'folder')),
    outside: changedOutside,
  }
}

const ALL = { files: Number.MAX_SAFE_INTEGER, bytes: Number.MAX_SAFE_INTEGER, contents: true }

const toolOptions = (
  { pack }: LoadedPack,
  { tools = [], allowed_tools, approvals }: BenchScenario,
  limits: TrialLimits,
  workspace: string,
): Parameters<typeof createScenarioTools>[0] => ({
  tools: (pack.tools ?? []).filter(({ name }) => tools.includes(name)),
  ...(allowed_tools === undefined ? {} : { allowedTools: allowed_tools }),
  ...(approvals === undefined ? {} : { approvals }),
  workspace,
  mostCalls: limits.tool_calls,
})

/** Calls beyond the limit are refused and stand in no ledger. */
const callsBeyond = (refused: number, { tool_calls: allowed }: TrialLimits): readonly LimitReached[] =>
  refused === 0 ? [] : [{ limit: 'tool_calls', allowed, found: allowed + refused }]

/** The first limit that is reached, apart from time and output. */
const lookAt = (
  count: number,
  { root, workspace, output }: TrialFolder,
  limits: TrialLimits,
  received: number,
): LimitReached | undefined => {
  const { processes, workspace_files: files, workspace_bytes: bytes, records_bytes } = limits
  if (count > processes) return { limit: 'processes', allowed: processes, found: count }
  if (received > records_bytes) return { limit: 'records_bytes', allowed: records_bytes, found: received }
  const handed = readTree(output, { files, bytes: records_bytes, contents: false })
  if (handed.bytes + received > records_bytes)
    return { limit: 'records_bytes', allowed: records_bytes, found: handed.bytes + received }
  // Home, temporary and output folder fill the same disk; for all of them together there is twice the room.
  for (const [folder, factor] of [
    [workspace, 1],
    [root, 2],
  ] as const) {
    const tree = readTree(folder, { files: files * factor, bytes: bytes * factor, contents: false })
    if (tree.bytes > bytes * factor) return { limit: 'workspace_bytes', allowed: bytes, found: tree.bytes }
    if (tree.entries.size > files * factor)
      return { limit: 'workspace_files', allowed: files, found: tree.entries.size }
  }
  return undefined
}
