import { bytes } from '@agent-run/core/text'
import { changeSections, otherCallsSection, readSection } from './change-section.ts'
import { costSection } from './cost-section.ts'
import type { Facts } from './facts.ts'
import { excerpt, limited, type Section } from './section.ts'

/** The sections between verdict and proof, what happened first. Left out is what the record says nothing about. */
export function sectionsOf(facts: Facts, all: boolean): Section[] {
  const sections = [
    ...changeSections(facts, all),
    readSection(facts, all),
    otherCallsSection(facts),
    troubleSection(facts, all),
    decisionSection(facts, all),
    givenSection(facts, all),
    handedOverSection(facts),
    artifactSection(facts, all),
    evidenceSection(facts, all),
    costSection(facts),
    undoSection(facts),
    notRecordedSection(facts),
  ]
  return sections.filter((section) => section !== undefined)
}

const troubleSection = ({ trouble }: Facts, all: boolean): Section | undefined => {
  if (trouble.length === 0) return undefined
  const lines = trouble.map(({ number, name, result, errorType, error }) => {
    const why = [errorType, error === undefined ? undefined : excerpt(withoutBanner(error), all ? 2000 : 160)].filter(
      Boolean,
    )
    return `step ${number}  ${result}  ${excerpt(name, all ? 2000 : 48)}${why.length > 0 ? ` – ${why.join(': ')}` : ''}`
  })
  return {
    title: 'Went wrong',
    lines: limited(lines, all, (more) => `and ${more} more steps (--all shows them)`),
  }
}

/** An error without the lines in which a package manager repeats its command. */
const withoutBanner = (error: string): string => error.replace(/^(?:\s*>[^\n]*(?:\n|$))+/, '') || error

const decisionSection = ({ decisions }: Facts, all: boolean): Section | undefined => {
  const { approvals, interventions, passed, calls, questions, inferred } = decisions
  const lines: string[] = []
  for (const { event, by, about, at, reason } of approvals) {
    lines.push(
      `${event}${by === undefined ? '' : ` by ${by}`}${about ? `: ${excerpt(about, 100)}` : ''}, ${at}${reason ? `  "${excerpt(reason, 160)}"` : ''}`,
    )
  }
  for (const { verdict, by, about, reasons, enforcement } of interventions) {
    const why = reasons.length > 0 ? `  "${excerpt(reasons.join('; '), 160)}"` : ''
    lines.push(
      `${verdict.replaceAll('_', ' ')} by ${by}${about ? `: ${excerpt(about, 100)}` : ''}${enforcement ? ` (${enforcement})` : ''}${why}`,
    )
  }
  if (passed > 0) lines.push(`${passed} ${passed === 1 ? 'check' : 'checks'} by machines let it pass`)
  for (const { asked, answered } of questions) {
    lines.push(
      `asked "${excerpt(asked, 160)}" → ${answered === undefined ? 'no answer recorded' : `"${excerpt(answered, 160)}"`}`,
    )
  }
  const shown = limited(lines, all, (more) => `and ${more} more (--all shows them)`)
  const summary = calls
    .filter(({ state }) => state !== 'not recorded')
    .map(({ state, by, times: number }) => `${number} ${number === 1 ? 'call' : 'calls'} ${callWords(state, by)}`)
  if (shown.length + summary.length === 0) return undefined
  const open = calls.find(({ state }) => state === 'not recorded')
  if (open) summary.push(`${open.times} ${open.times === 1 ? 'call' : 'calls'} without a word about approval`)
  return {
    title: 'Asked and answered',
    lines: [...shown, `${summary.join(' · ')}${inferred ? ' (inferred)' : ''}`].filter(Boolean),
  }
}

const callWords = (state: string, by: string): string => {
  if (state === 'auto_approved') return `auto-approved: ${by}`
  return state === 'not_required' ? 'needed no approval' : state
}

const givenSection = ({ given }: Facts, all: boolean): Section | undefined => {
  const names = (list: readonly string[], noun: string): string | undefined => {
    if (list.length === 0) return undefined
    const most = all ? list.length : 20
    const more = list.length > most ? ` and ${list.length - most} more` : ''
    return `${list.length} ${noun}${list.length === 1 ? '' : 's'}: ${list.slice(0, most).join(', ')}${more}`
  }
  const place = [
    given.repository,
    given.root,
    given.branch && `branch ${given.branch}`,
    given.commit && `commit ${given.commit.slice(0, 12)}`,
    given.dirty === true && 'with uncommitted changes',
    given.dirty === false && 'clean',
  ]
  const limits = [
    given.approvalMode && `approval mode ${given.approvalMode}`,
    given.sandbox && `sandbox ${given.sandbox}`,
    given.network && `network ${given.network}`,
    given.policies.length > 0 && `policies ${given.policies.join(', ')}`,
  ]
  const lines = [
    place.filter(Boolean).join(' · '),
    limits.filter(Boolean).join(' · '),
    names(given.tools, 'tool'),
    names(given.mcpServers, 'MCP server'),
    names(given.skills, 'skill'),
  ].filter((line) => line !== undefined && line !== '')
  return lines.length === 0 ? undefined : { title: 'Given', lines: lines as string[] }
}

const handedOverSection = ({ delegated }: Facts): Section | undefined =>
  delegated.length === 0
    ? undefined
    : {
        title: 'Handed over',
        lines: delegated.map(
          ({ to, run, status }) =>
            `to ${to}${run ? `, run ${run}` : ', its run is not recorded'}${status ? ` – ${status}` : ''}`,
        ),
      }

const artifactSection = ({ artifacts, effects }: Facts, all: boolean): Section | undefined => {
  // A file that only repeats a line under "Changed" says nothing new.
  const changed = new Set(effects.changes.map(({ target }) => target))
  const lines = artifacts
    .filter(({ name, size, digest }) => !changed.has(name) || size !== undefined || digest !== undefined)
    .map(({ name, action, size, digest, step }) =>
      [
        name,
        action,
        size === undefined ? undefined : bytes(size),
        digest === undefined ? undefined : `${digest.slice(0, 19)}…`,
        step === undefined ? undefined : `from step ${step}`,
      ]
        .filter(Boolean)
        .join('  '),
    )
  if (lines.length === 0) return undefined
  return { title: 'Artifacts', lines: limited(lines, all, (more) => `and ${more} more (--all names them)`) }
}

const evidenceSection = ({ evidence, evaluation, verdict, lastGood }: Facts, all: boolean): Section | undefined => {
  const lines = evidence.map(({ kind, name, result, ref }) =>
    [`${kind.replaceAll('_', ' ')}: ${name ?? 'unnamed'}`, result ?? 'result not recorded', ref]
      .filter(Boolean)
      .join('  '),
  )
  if (evaluation) {
    const { pass, score, by, detail } = evaluation
    const judge = by === undefined ? 'judge not recorded' : `by ${by}`
    lines.push(
      `eval: ${pass ? 'passed' : 'not passed'}${score === undefined ? '' : `, ${score} of 100`}, ${judge}${detail ? `  "${excerpt(detail, 160)}"` : ''}`,
    )
  }
  for (const { relation, run } of verdict.relations) {
    if (relation === 'baseline' && lastGood === undefined) lines.push(`to be compared with run ${run}`)
  }
  if (lastGood) {
    const { run, criterion, differences } = lastGood
    const why = criterion === 'baseline' ? 'named as baseline' : `same ${criterion}`
    const many = differences === undefined ? '' : `: ${differences} ${differences === 1 ? 'difference' : 'differences'}`
    lines.push(`last good run ${run} (${why})${many} → agent-run diff ${verdict.id} --against last_good …`)
  }
  return lines.length === 0
    ? undefined
    : { title: 'Evidence', lines: limited(lines, all, (more) => `and ${more} more (--all shows them)`) }
}

const undoSection = ({ recovery, checkpoints, effects }: Facts): Section | undefined => {
  const lines = recovery.map(
    ({ action, state, how, owner }) => `${action}: ${state}${how ? ` – ${how}` : ''}${owner ? ` (${owner})` : ''}`,
  )
  for (const { when, kind, ref } of checkpoints) {
    lines.push(
      `checkpoint ${when} the run: ${[kind?.replaceAll('_', ' '), ref].filter(Boolean).join(' ') || 'not named'}`,
    )
  }
  // That a host was contacted cannot be undone either, and nobody would.
  const final = effects.changes.filter(
    ({ ran, reversible, kind }) => ran && reversible === 'none' && kind !== 'network',
  )
  if (final.length > 0) {
    const names = final.map(({ target, operation, kind }) => excerpt(target ?? operation ?? kind, 80))
    lines.push(`cannot be undone: ${names.join(', ')}`)
  }
  return lines.length === 0 ? undefined : { title: 'Undo', lines }
}

/** What a reader looks for and does not find. Absent is not the same as none. */
const notRecordedSection = (facts: Facts): Section | undefined => {
  const { verdict, effects, decisions, given, evidence, evaluation, consumption, recovery, checkpoints } = facts
  const missing: [boolean, string][] = [
    [verdict.outcome === undefined, 'outcome'],
    [effects.changes.length > 0 && decisions.calls.every(({ state }) => state === 'not recorded'), 'who allowed what'],
    [given.tools.length + given.mcpServers.length === 0, 'tools on offer'],
    [given.sandbox === undefined && given.network === undefined, 'sandbox and network'],
    [evidence.length === 0 && evaluation === undefined, 'evidence'],
    [typeof consumption.total.usd !== 'number' && consumption.other === undefined, 'price'],
    [recovery.length === 0 && checkpoints.length === 0, 'how to undo it'],
  ]
  const names = missing.filter(([isMissing]) => isMissing).map(([, name]) => name)
  return names.length === 0 ? undefined : { title: 'Not recorded', lines: [names.join(', ')] }
}
