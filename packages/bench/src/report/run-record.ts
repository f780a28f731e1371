import { digest, protect, runHash, sealRun } from '@agent-run/core'
import type { AgentRun, Artifact, BenchReport, BenchTrial, Evidence, Step } from '@agent-run/types'
import type { BenchRun } from '../trial.ts'
import { viewOf } from './view.ts'
import { headlineOf, scoreOf } from './words.ts'

/** Names the bench as an agent: it puts runtimes to the test, and no model has a part in it. */
const AGENT = 'agent-run-bench'

/** The rule that allows the bench what it does: it starts nothing but the command it was given. */
const POLICY = 'named-command-only'

/** The tool of the one step that a trial has. */
const TOOL = 'run_trial'

/** UTF-16 units of an error. */
const LONGEST_ERROR = 1000

/** A file of the results that the record names by its digest. */
export interface ResultFile {
  readonly name: string
  readonly octets: Uint8Array
  readonly kind: 'report' | 'dataset'
  readonly mediaType: string
}

/**
 * The bench run as the record of an agent's run, sealed and signed: a step a trial, its judgement as evidence, and the
 * results as artifacts, named by the digests of their octets. Who believes the seal need not believe the files.
 */
export const sealedRecord = (run: BenchRun, report: BenchReport, files: readonly ResultFile[]): Promise<AgentRun> => {
  const record = recordOf(report, files)
  const provenance = {
    config_hash: report.pack.digest,
    runtime: `agent-run bench ${report.software.version}`,
    created_at: report.ended_at,
  }
  const whole = { ...record, provenance: { run_hash: runHash({ ...record, provenance }), ...provenance } }
  return sealRun(protect(whole as AgentRun), { signer: run.signer, at: report.ended_at })
}

const recordOf = (report: BenchReport, files: readonly ResultFile[]): Omit<AgentRun, 'provenance'> => {
  const { id, pack, runtime, software, totals, trials, trials_planned, started_at, ended_at, duration_ms } = report
  const view = viewOf(report)
  const isWhole = trials.length >= trials_planned
  return {
    spec_version: '1.0',
    id,
    agent_id: AGENT,
    agent_name: 'agent-run bench',
    agent_version: software.version,
    runtime: AGENT,
    runtime_version: software.version,
    task_id: pack.id,
    tags: ['bench', pack.id],
    status: isWhole ? 'completed' : 'interrupted',
    outcome: !isWhole ? 'partial' : view.pass ? 'success' : 'failed',
    started_at,
    ended_at,
    duration_ms: Math.round(duration_ms),
    intent: `put a runtime to the scenarios of ${pack.id} ${pack.version}`,
    output_preview: `${headlineOf(view)}, score ${scoreOf(totals.mean_score)}`,
    inventory: { tools: [{ name: TOOL, kind: 'builtin', declared_effect: 'exec' }] },
    policies: [{ id: POLICY, version: software.version }],
    steps: trials.map((trial) => stepOf(trial, view.command)),
    evidence: trials.map(evidenceOf),
    artifacts: files.map(artifactOf),
    cost: { input_tokens: 0, output_tokens: 0, basis: 'computed' },
    metadata: { pack: { ...pack }, command: [...runtime.command], seed: report.seed, repeats: report.repeats },
  }
}

const idOf = ({ scenario, repeat }: BenchTrial): string => `${scenario}.${repeat}`

const stepOf = (trial: BenchTrial, command: string): Step => {
  const why = [
    ...trial.violations.map(({ rule, message }) => `${rule}: ${message}`),
    ...trial.criteria
      .filter(({ pass }) => pass === false)
      .map(({ name, label }) => (label ? `${name}: ${label}` : name)),
  ].join('; ')
  return {
    id: idOf(trial),
    type: 'tool_call',
    tool_name: TOOL,
    status: trial.pass ? 'succeeded' : 'failed',
    started_at: trial.started_at,
    ended_at: trial.ended_at,
    duration_ms: Math.round(trial.wall_ms),
    ...(trial.pass ? {} : { error_type: 'agent_run:not_passed', error: beginning(why, LONGEST_ERROR) }),
    side_effects: [
      trial.ended === 'not_started'
        ? { kind: 'none', basis: 'observed' }
        : { kind: 'exec', target: command, target_kind: 'command', basis: 'observed' },
    ],
    approval: { state: 'not_required', policy_id: POLICY, basis: 'observed' },
    metadata: { score: trial.score, seed: trial.seed, ...(trial.run_id === undefined ? {} : { run_id: trial.run_id }) },
  }
}

/** Not cut between the halves of a surrogate pair. */
const beginning = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, /[\ud800-\udbff]/.test(text[most - 1] ?? '') ? most - 1 : most)}…`

const evidenceOf = (trial: BenchTrial): Evidence => {
  const file = trial.files.find(({ role }) => role === 'eval')
  return {
    kind: 'eval',
    name: `${trial.task_id}, repeat ${trial.repeat}`,
    result: trial.pass ? 'pass' : 'fail',
    ...(file === undefined ? {} : { ref: file.digest }),
    step_id: idOf(trial),
  }
}

const artifactOf = ({ name, octets, kind, mediaType }: ResultFile): Artifact => ({
  id: name,
  name,
  kind,
  action: 'created',
  content: { digest: digest(octets), size: octets.length, media_type: mediaType },
})
