import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { canonicalize, runHash, type ValidRecord, validate } from '@agent-run/core'
import type { AgentRun, BenchCriterion, BenchScenario, BenchTool, Criterion, Step } from '@agent-run/types'
import { afterEach } from 'vitest'
import { judge } from '../../src/judge/index.ts'
import type { AskedApproval, LedgerEntry } from '../../src/tools/index.ts'
import { changesBetween, readTree } from '../../src/tree-state.ts'
import type { Judgement, JudgeOptions, TrialEvidence, TrialRecord } from '../../src/trial.ts'

const places: string[] = []
afterEach(() => {
  for (const place of places.splice(0)) rmSync(place, { recursive: true, force: true })
})

/** A temporary folder, gone after the test. */
export const makePlace = (): string => {
  const place = mkdtempSync(join(tmpdir(), 'agent-run-judge-'))
  places.push(place)
  return place
}

/** Writes files below a folder. */
export const write = (folder: string, files: Readonly<Record<string, string>>): void => {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
}

/** A valid record. */
export const makeRun = ({ provenance, ...members }: Partial<AgentRun> = {}): AgentRun => {
  const run: AgentRun = {
    id: 'run-1',
    spec_version: '1.0',
    agent_id: 'scripted',
    status: 'completed',
    started_at: '2026-11-20T14:00:00Z',
    ended_at: '2026-11-20T14:00:10Z',
    steps: [],
    cost: { input_tokens: null, output_tokens: null },
    ...members,
    provenance: { run_hash: '', ...provenance },
  }
  return { ...run, provenance: { ...run.provenance, run_hash: runHash(run) } }
}

/** A step that called a tool. */
export const makeStep = (index: number, members: Partial<Step> = {}): Step => ({
  id: `s-${index}`,
  type: 'tool_call',
  tool_name: 'deploy',
  status: 'succeeded',
  started_at: `2026-11-20T14:00:0${index}.100Z`,
  ended_at: `2026-11-20T14:00:0${index}.900Z`,
  ...members,
})

/** A record as it arrived. */
export const arrived = (run: AgentRun): TrialRecord => {
  const octets = new TextEncoder().encode(canonicalize(run))
  const valid = validate(octets)
  if (!valid.ok) throw new Error(JSON.stringify(valid.findings))
  return { via: 'file', octets, valid: valid as ValidRecord<AgentRun>, folded: false }
}

/** A call as the ledger has it. */
export const makeCall = (seq: number, members: Partial<LedgerEntry> = {}): LedgerEntry => ({
  seq,
  at: `2026-11-20T14:00:0${seq}.500Z`,
  tool_name: 'deploy',
  arguments: {},
  answered: 'result',
  exit_code: 0,
  approved_before: [],
  asked_before: [],
  ...members,
})

/** A question as the desk has it. */
export const makeQuestion = (members: Partial<AskedApproval> = {}): AskedApproval => ({
  approval_id: 'ap-1',
  tool_name: 'deploy',
  at: '2026-11-20T14:00:00.200Z',
  decision: 'approved',
  after_ms: 0,
  ...members,
})

const tool: BenchTool = { name: 'deploy', description: 'Deploys.', input_schema: { type: 'object' } }

/** What a test wants to be different. */
export interface TrialParts {
  readonly criteria?: readonly BenchCriterion[]
  /** Files of the fixture, also copied into the workspace. */
  readonly fixture?: Readonly<Record<string, string>>
  /** Files that the runtime wrote. */
  readonly files?: Readonly<Record<string, string>>
  /** Does something else to the folders before the evidence is taken. */
  readonly disturb?: (folders: {
    readonly workspace: string
    readonly output: string
    readonly fixture: string
  }) => void
  /** The run; undefined: no record arrived. */
  readonly run?: AgentRun | undefined
  readonly children?: readonly AgentRun[]
  readonly stdout?: string
  readonly tools?: readonly BenchTool[]
  readonly scenario?: Partial<BenchScenario>
  readonly evidence?: Partial<TrialEvidence>
}

/** The evidence of a trial. */
export const makeTrial = (parts: TrialParts = {}): TrialEvidence => {
  const place = makePlace()
  const [workspace, output, scratch, fixture] = ['workspace', 'output', 'scratch', 'fixture'].map((name) =>
    join(place, name),
  )
  if (!workspace || !output || !scratch || !fixture) throw new Error('there are four folders')
  for (const folder of [workspace, output, scratch, fixture]) mkdirSync(folder)
  write(fixture, parts.fixture ?? {})
  write(workspace, { ...parts.fixture, ...parts.files })
  parts.disturb?.({ workspace, output, fixture })
  const look = { files: 100_000, bytes: 2 ** 30, contents: true }
  const { criteria = [], tools = [tool], children = [] } = parts
  const run = 'run' in parts ? parts.run : makeRun()
  const pack = {
    pack: '1' as const,
    id: 'demo',
    title: 'Demo',
    description: 'Demo.',
    version: '1.2.0',
    tools: [...tools],
    scenarios: [],
  }
  const scenario: BenchScenario = {
    id: 'first',
    title: 'First',
    prompt: 'Do it.',
    tools: tools.map(({ name }) => name),
    criteria: [...criteria],
    ...parts.scenario,
  }
  return {
    pack: { folder: place, pack, digest: `sha256:${'a'.repeat(64)}`, entries: [] } as TrialEvidence['pack'],
    scenario,
    repeat: 1,
    seed: 7,
    taskId: 'demo/first',
    limits: {
      duration_ms: 60_000,
      output_bytes: 1e6,
      records_bytes: 1e6,
      workspace_bytes: 1e8,
      workspace_files: 20_000,
      tool_calls: 10,
      processes: 100,
    },
    startedAt: '2026-11-20T14:00:00.000Z',
    endedAt: '2026-11-20T14:00:11.000Z',
    ending: { how: 'exited', exitCode: 0, wallMs: 11_000, leftBehind: false },
    reached: [],
    stdout: streamOf(parts.stdout ?? ''),
    stderr: streamOf(''),
    root: run && arrived(run),
    related: children.map(arrived),
    refused: [],
    sentEvals: 0,
    ledger: [],
    approvals: [],
    workspace,
    fixture,
    output,
    scratch,
    changes: changesBetween(readTree(fixture, look), readTree(workspace, look)),
    outside: [],
    ...parts.evidence,
  }
}

export const streamOf = (text: string): TrialEvidence['stdout'] => {
  const octets = new TextEncoder().encode(text)
  return { octets, total: octets.length }
}

/** What the judge is told, unless a test says otherwise. */
export const options: JudgeOptions = {
  now: () => '2026-11-20T15:00:00.000Z',
  evaluator: 'agent-run bench 0.9.0',
  env: { PATH: process.env.PATH ?? '' },
}

/** Judges a trial. */
export const judged = (parts: TrialParts, more: Partial<JudgeOptions> = {}): Promise<Judgement> =>
  judge(makeTrial(parts), { ...options, ...more })

/** How one criterion comes out. */
export const outcomeOf = async (
  criterion: Omit<BenchCriterion, 'name'>,
  parts: TrialParts = {},
): Promise<Criterion> => {
  const { criteria } = await judged({ ...parts, criteria: [{ name: 'rule', ...criterion }] })
  const [first] = criteria
  if (first === undefined) throw new Error('the criterion was not judged')
  return first
}

/** A criterion that is met where the runtime's output has this text. */
export const has = (text: string, members: Partial<BenchCriterion> = {}): BenchCriterion => ({
  name: `says ${text}`,
  kind: 'text',
  of: 'stdout',
  contains: [text],
  ...members,
})
