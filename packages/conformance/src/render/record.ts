import { canonicalize } from '../bytes/canonical.ts'
import { digest, sha256 } from '../bytes/digest.ts'
import type { Json, JsonObject } from '../bytes/json.ts'
import { runHash } from '../bytes/seal.ts'
import type { CaseOutcome, Report, RequirementVerdict, Role } from '../suite/index.ts'
import { groupBy } from './group.ts'
import { renderJson } from './json.ts'
import { cut } from './text.ts'
import { headlineOf, isCompliant, ratioOf, type View, viewOf } from './view.ts'

/** Names the suite as an agent: it decides what to ask a subject, and no model has a part in it. */
const AGENT = 'agent-run-conformance'

/** The rule that allows the suite what it does: it contacts nothing but the subject it was started for. */
const POLICY = 'named-subject-only'

/** The tool of the one step that a sentence has. */
const TOOL = 'play_cases'

/** Ids of failed cases that a step names, and code points of its error. */
const NAMED = 20
const LONGEST_ERROR = 1500

/**
 * The report as the record of the suite's own run (`schemas/agent-run.json`), with the judgement as its `eval`. A step is a
 * sentence and how it came out; the artifact is the JSON report, named by the digest of the bytes that `renderJson` gives.
 * A seal covers both; the `eval` it does not cover, which therefore says nothing that the steps do not say.
 */
export const renderRecord = (report: Report): string => {
  const view = viewOf(report)
  const bytes = Buffer.from(renderJson(report))
  const id = `conformance-${sha256(bytes).slice(0, 32)}`
  const run = recordOf(view, id, bytes)
  return `${JSON.stringify({ ...run, eval: evalOf(view, id) }, null, 2)}\n`
}

const recordOf = (view: View, id: string, bytes: Uint8Array): JsonObject => {
  const { report } = view
  const { suite, role, profile, verdict, started_at, ended_at } = report
  const cases = groupBy(report.cases, ({ requirement }) => requirement)
  const run = {
    spec_version: '1.0',
    id,
    agent_id: AGENT,
    agent_name: 'agent-run conformance suite',
    agent_version: suite.version,
    runtime: suite.name,
    runtime_version: suite.version,
    task_id: `conformance/${role}/${profile}`,
    tags: ['conformance', role],
    status: 'completed',
    outcome: ({ pass: 'success', fail: 'failed', untested: 'partial' } as const)[verdict],
    started_at,
    ended_at,
    duration_ms: view.milliseconds,
    intent: `put the ${role} ${nameOf(report)} to the test, by the profile ${profile}`,
    output_preview: `${headlineOf(view)}: ${ratioOf(view)}`,
    inventory: { tools: [{ name: TOOL, kind: 'builtin', declared_effect: EFFECTS[role].kind }] },
    policies: [{ id: POLICY, version: suite.version }],
    steps: report.requirements.map((each) => stepOf(each, cases.get(each.requirement) ?? [], report)),
    artifacts: [
      {
        id: 'report',
        name: 'report.json',
        kind: 'report',
        action: 'created',
        content: { digest: digest(bytes), size: bytes.length, media_type: 'application/json' },
      },
    ],
    cost: { input_tokens: 0, output_tokens: 0, basis: 'computed' },
    metadata: { subject: subjectOf(report), seed: report.seed, level: report.level, only: report.only },
  }
  const config = { profile, role, level: report.level, only: report.only, data: suite.data }
  const provenance = {
    config_hash: digest(canonicalize(config)),
    runtime: `${suite.name} ${suite.version}`,
    created_at: ended_at,
  }
  return { ...run, provenance: { run_hash: runHash({ ...run, provenance }), ...provenance } }
}

/** In quotes: a name may be a word like any other. */
const nameOf = ({ subject }: Report): string => `"${subject.name ?? subject.address}"`

const ROLE: Readonly<Record<Role, string>> = { server: 'a server', emitter: 'an emitter', verifier: 'a verifier' }

const subjectOf = ({ subject }: Report): JsonObject => ({
  name: subject.name,
  version: subject.version,
  address: subject.address,
  capabilities: subject.capabilities,
})

/** What playing a case touches. */
const EFFECTS: Readonly<Record<Role, { readonly kind: string; readonly target_kind: string }>> = {
  server: { kind: 'network', target_kind: 'service' },
  emitter: { kind: 'read', target_kind: 'other' },
  verifier: { kind: 'exec', target_kind: 'command' },
}

const stepOf = (verdict: RequirementVerdict, cases: readonly CaseOutcome[], report: Report): JsonObject => {
  const { requirement, strength, capability, status } = verdict
  const bad = cases.filter((each) => each.status === 'fail' || each.status === 'untestable')
  const touched = cases.some((each) => each.status === 'pass' || each.status === 'fail')
  const wording = STEP[status]
  const error = bad.flatMap(({ messages }) => messages).join('; ')
  return {
    id: requirement,
    type: 'tool_call',
    tool_name: TOOL,
    status: touched || status !== 'untestable' ? wording.status : 'skipped',
    // When the cases of one sentence were played is not written down; the verdict is made at the end.
    started_at: null,
    ended_at: report.ended_at,
    duration_ms: Math.round(cases.reduce((sum, { seconds }) => sum + seconds, 0) * 1000),
    ...(wording.error_type === undefined ? {} : { error_type: wording.error_type }),
    ...(wording.error_type === undefined || error === '' ? {} : { error: cut(error, LONGEST_ERROR) }),
    side_effects: [
      touched
        ? { ...EFFECTS[report.role], target: report.subject.address, basis: 'observed' }
        : { kind: 'none', basis: 'declared' },
    ],
    approval: { state: 'not_required', policy_id: POLICY, basis: 'observed' },
    metadata: {
      verdict: status,
      strength,
      capability,
      cases: { ...verdict.cases },
      ...(bad.length === 0 ? {} : { not_in_order: bad.slice(0, NAMED).map(({ id }) => id) }),
    },
  }
}

/** How a verdict is told by the members of a step that everybody reads. */
const STEP: Readonly<Record<RequirementVerdict['status'], { readonly status: string; readonly error_type?: string }>> =
  {
    pass: { status: 'succeeded' },
    fail: { status: 'failed', error_type: 'agent_run:not_kept' },
    warn: { status: 'failed', error_type: 'agent_run:should_not_kept' },
    untestable: { status: 'unknown', error_type: 'agent_run:untestable' },
    not_applicable: { status: 'skipped' },
  }

const evalOf = (view: View, id: string): Json => {
  const { report, kept, scored, casesPassed, casesPlayed, milliseconds } = view
  const { suite, role, profile, only, counts, verdict, ended_at } = report
  const whole = only.length === 0
  return {
    // A baseline excuses a failure for a build; it does not keep a sentence.
    pass: whole ? isCompliant(report) : verdict === 'pass' && counts.fail === 0 && counts.untestable === 0,
    score: scored === 0 ? 0 : Math.round((kept / scored) * 10_000) / 100,
    task_type: 'conformance',
    expected_outcome: `every requirement of the profile ${profile} for ${ROLE[role]} that applies is kept`,
    actual_outcome: `${headlineOf(view)}: ${ratioOf(view)}`,
    benchmark_id: `${AGENT}/${role}/${profile}${whole ? '' : '/selection'}`,
    criteria: report.requirements.map(({ requirement, status }) => ({
      name: requirement,
      ...(status === 'not_applicable' || status === 'untestable' ? {} : { pass: status === 'pass' }),
      label: status,
    })),
    metrics: {
      duration_ms: milliseconds,
      tool_calls: report.requirements.length,
      requirements_kept: kept,
      requirements_scored: scored,
      cases_passed: casesPassed,
      cases_played: casesPlayed,
    },
    evaluator: `${AGENT} ${suite.version}`,
    run_id: id,
    at: ended_at,
  }
}
