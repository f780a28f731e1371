import type { Finding } from '@agent-run/core'
import type { AgentRun } from '@agent-run/types'
import type { ConvertOptions, SourceFile } from '../../conversion/adapter.ts'
import { assembleConversion } from '../../conversion/assemble-conversion.ts'
import { asArray, asObject, type Json } from '../../conversion/json.ts'
import type { ParentRun } from '../../conversion/lineage.ts'
import { boundsOf, type DocumentRead, readDocument } from '../../conversion/read-input.ts'
import type { Conversion } from '../../conversion/report.ts'
import { about } from './about.ts'
import { applyCarried } from './carried.ts'
import { arrangeTrajectories, bindReferences, type Delegate, type Root } from './children.ts'
import { importTrajectory, type StepFate } from './import-trajectory.ts'

/**
 * Converts ATIF trajectories (1.0 to 1.7): one run for each, sub-agents bound by hand-overs. Give trajectories that refer to
 * each other together. What the exporter put into `extra.agent_run` is taken back, so that a record comes home whole.
 *
 * Pure and deterministic; it never throws for content. spec/adapters/atif.md says what becomes what.
 *
 * @throws RangeError if an option is out of its range
 */
export async function convertAtif(
  files: Iterable<SourceFile> | AsyncIterable<SourceFile>,
  options: ConvertOptions = {},
): Promise<Conversion> {
  const bounds = boundsOf(options)
  const reads: DocumentRead[] = []
  for await (const file of files) reads.push(await readDocument(file, bounds))
  const roots = reads.flatMap(rootsOf)
  const all = arrangeTrajectories(roots)
  const bound = bindReferences(all, roots)
  const runs: AgentRun[] = []
  const findings: Finding[] = []
  let contradictions = 0

  const convert = (node: Delegate, parent: ParentRun | undefined): void => {
    const read = reads[node.file]
    const imported = importTrajectory(node.json, {
      id: node.id,
      redact: options.redact ?? true,
      digest: read?.digest,
      parent,
      prices: options.prices,
      resolve: (ref) => bound.get(ref),
    })
    for (const [index, fate] of imported.fates.entries()) if (read) book(read, fate, index)
    contradictions += imported.contradictions
    const { run, problem } = applyCarried(node.json, imported, options.redact ?? true)
    if (problem)
      findings.push({
        code: 'convert.carried_refused',
        severity: 'warning',
        path: `/files/${node.file}`,
        message: `extra.agent_run was left out: ${problem}`,
      })
    if (run.steps.length === 0 && run === imported.run) return
    if (run.session_id) read?.sessionIds.add(run.session_id)
    runs.push(run)
    if (!parent && node.holder)
      findings.push({
        code: 'convert.unlinked_subagent',
        severity: 'warning',
        path: `/files/${node.file}`,
        message: 'no result refers to an embedded trajectory; its run stands alone',
      })
    for (const [child, stepId] of imported.handoffs) {
      const handoff = run.steps.find(({ id, child_run_id }) => id === stepId && child_run_id === child.id)
      convert(child, handoff && run.id === node.id ? { run, handoff } : undefined)
    }
  }
  for (const node of all) if (!node.caller) convert(node, undefined)
  return assembleConversion({
    about,
    reads,
    roles: reads.map((_, index) => (roots.some(({ file }) => file === index) ? 'trajectory' : 'unrecognised')),
    runs,
    contradictions,
    findings,
    expected: 'a document with an agent and steps of source user, agent or system',
  })
}

/** The trajectories of a document: it is one, or a list of them. */
function rootsOf(read: DocumentRead, file: number): Root[] {
  const documents = asArray(read.value) ?? [read.value]
  const found = documents.map(asObject).filter((json): json is Json => asArray(json?.steps) !== undefined)
  if (found.length === 0 && read.value !== undefined) {
    read.ledger.read()
    read.ledger.skipped('document without a list of steps')
  }
  const digest = read.digest?.slice('sha256:'.length, 'sha256:'.length + 16) ?? read.name
  return found.map((json, index) => ({
    json,
    file,
    name: read.name,
    fallbackId: `atif-${digest}${index === 0 ? '' : `~${index + 1}`}`,
  }))
}

function book({ ledger }: DocumentRead, fate: StepFate, index: number): void {
  ledger.read()
  if (fate === 'mapped') ledger.mapped()
  else if (fate === 'copied') ledger.skipped('step copied from an earlier trajectory')
  else if (fate === 'empty') ledger.skipped('step that says nothing')
  else ledger.malformed(index + 1, 'no step with source user, agent or system')
}
