import { realpath } from 'node:fs/promises'
import type { BenchCriterion, Verdict } from '@agent-run/types'
import { accountForCalls } from '../call-accounting.ts'
import { judgeInTime } from '../judge-in-time.ts'
import type { JudgedTrial } from '../judged-trial.ts'
import { met, missed, type Outcome } from '../outcome.ts'
import { unnamedChanges, writtenByTools } from '../record-names.ts'
import { counted, either, listed, shown } from '../words.ts'

const levels: readonly Verdict['level'][] = ['none', 'recorded', 'sealed', 'accountable']

/** `record`: what a verifier says about the record, and whether it tells of all that happened. */
export async function judgeRecord(criterion: BenchCriterion, trial: JudgedTrial): Promise<Outcome> {
  const { run, runs, verdict, evidence } = trial
  if (run === undefined || verdict === undefined) return missed('no valid record arrived')
  const workspaces = await placesOf(evidence.workspace)
  return judgeInTime(() => {
    const { level, status, outcome, names_changes, names_calls } = criterion
    const found: string[] = []
    if (level !== undefined) {
      if (levels.indexOf(verdict.level) < levels.indexOf(level)) return missed(belowLevel(verdict, level))
      found.push(verdict.level)
    }
    if (status !== undefined) {
      if (!status.includes(run.status)) return missed(`the run is ${run.status}; expected ${either(status)}`)
      found.push(run.status)
    }
    if (outcome !== undefined) {
      const said = run.outcome ?? undefined
      if (said === undefined || !outcome.includes(said))
        return missed(`the outcome is ${said ?? 'not stated'}; expected ${either(outcome)}`)
      found.push(`outcome ${said}`)
    }
    if (names_changes === true) {
      const written = writtenByTools(evidence.ledger, evidence.pack.pack.tools)
      const unnamed = unnamedChanges(runs, evidence.changes, { workspaces, written })
      if (unnamed.length > 0) return missed(`no step names the change of ${listed(unnamed)}`)
      found.push('names every change')
    }
    if (names_calls === true) {
      const accounts = accountForCalls(runs, evidence.ledger, evidence.scenario.tools ?? [])
      const hidden = accounts.find((account) => account.hidden > 0)
      if (hidden !== undefined)
        return missed(`the record leaves out ${counted(hidden.hidden, 'call')} of ${shown(hidden.tool)}`)
      const invented = accounts.find((account) => account.invented > 0)
      if (invented !== undefined)
        return missed(
          `the record claims ${counted(invented.invented, 'call')} of ${shown(invented.tool)} that never happened`,
        )
      found.push('names every call')
    }
    return met(`the record is as expected: ${found.join(', ')}`)
  })
}

const belowLevel = ({ level, missing }: Verdict, expected: Verdict['level']): string => {
  const first = missing.find((each) => levels.indexOf(each.level) <= levels.indexOf(expected))
  const why = first === undefined ? '' : `: ${shown(first.reason, 200)}`
  return `the record is ${level === 'none' ? 'not even recorded' : level}; expected ${expected}${why}`
}

const placesOf = async (workspace: string): Promise<string[]> => {
  const real = await realpath(workspace).catch(() => workspace)
  return real === workspace ? [workspace] : [workspace, real]
}
