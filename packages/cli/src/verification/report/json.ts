import { safeJson } from '../../format/safe-json.ts'
import { isOk, type Outcome } from '../outcome.ts'
import type { CreateVerifyFormat, VerifySummary } from './format.ts'
import { markedLine } from './report.ts'

/** One JSON document: every outcome with its whole verdict, and the sums. */
export const createJsonFormat: CreateVerifyFormat = ({ version }) => ({
  outcome: (outcome) => `    ${outcomeJson(outcome)}`,
  separator: ',\n',
  sumsFirst: false,
  before: () => `{\n  "tool": ${safeJson({ name: 'agent-run', version })},\n  "results": [\n`,
  after: (summary) => `\n  ],\n  "summary": ${safeJson(sumsObject(summary))}\n}\n`,
})

/** One JSON object for each outcome, one a line, as soon as it is there. */
export const createNdjsonFormat: CreateVerifyFormat = () => ({
  outcome: (outcome) => `${outcomeJson(outcome)}\n`,
  separator: '',
  sumsFirst: false,
  before: () => '',
  after: () => '',
})

const outcomeJson = (outcome: Outcome): string => {
  const { file, line, kind } = outcome
  const place = line === 0 ? '' : `"line":${markedLine(line)},`
  return `{"file":${safeJson(file)},${place}"kind":"${kind}",${safeJson(contentOf(outcome)).slice(1)}`
}

const contentOf = (outcome: Outcome): object => {
  const ok = isOk(outcome)
  switch (outcome.kind) {
    case 'problem':
      return { ok, severity: outcome.severity, code: outcome.code, message: outcome.message }
    case 'step_proof': {
      const { subject, stepId, detail, code, path } = outcome
      return { ok, run_id: subject.id, step_id: stepId, detail, code, path }
    }
    case 'record': {
      const { subject, verdict, folded } = outcome
      return { ok, id: subject.id, agent_id: subject.agentId, ...(folded ? { journal: true } : {}), verdict }
    }
  }
}

const sumsObject = ({ tally, files, exitCode, durationMs }: VerifySummary): object => ({
  files,
  records: tally.records,
  records_ok: tally.ok,
  step_proofs: tally.proofs,
  step_proofs_ok: tally.proofsOk,
  problems: tally.problems,
  unreadable: tally.unusable,
  levels: tally.levels,
  exit_code: exitCode,
  duration_ms: Math.round(durationMs),
})
