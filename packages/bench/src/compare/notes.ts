import { lineOf } from '@agent-run/core/text'
import type { BenchNote, BenchReport } from '@agent-run/types'
import { byScenario } from '../report/totals.ts'

/** What makes two bench runs hard to compare, or should be known of them; a sentence each, what matters most first. */
export const notesOf = (before: BenchReport, after: BenchReport): BenchNote[] => [
  ...packNotes(before, after),
  ...sideNotes(before, after),
  ...incomplete(before, 'earlier'),
  ...incomplete(after, 'later'),
  ...changed(
    'runtime.command',
    'the runtime was started another way',
    lineOf(before.runtime.command),
    lineOf(after.runtime.command),
  ),
  ...changed('agents', 'other agents or models answered', agentsOf(before), agentsOf(after)),
  ...changed('repeats', 'the number of repeats differs', String(before.repeats), String(after.repeats)),
  ...changed('seed', 'the seeds differ, so each trial was given another one', before.seed, after.seed),
  ...changed('software', 'another version judged', softwareOf(before), softwareOf(after)),
  ...changed('machine', 'times are of different machines or settings', machineOf(before), machineOf(after)),
]

const packNotes = ({ pack: before }: BenchReport, { pack: after }: BenchReport): BenchNote[] => {
  if (before.id !== after.id)
    return [
      {
        code: 'pack.id',
        message: `these are different packs: ${before.id} then, ${after.id} now; scenarios are compared by name`,
      },
    ]
  if (before.digest === after.digest) return []
  const versions =
    before.version === after.version
      ? `both call themselves ${before.version}, and their content differs`
      : `${before.version} then, ${after.version} now`
  return [{ code: 'pack.digest', message: `the pack was changed in between: ${versions}` }]
}

const sideNotes = (before: BenchReport, after: BenchReport): BenchNote[] => {
  const [one, other] = [byScenario(before.trials), byScenario(after.trials)]
  const lost = [...one.keys()].filter((scenario) => !other.has(scenario))
  const gained = [...other.keys()].filter((scenario) => !one.has(scenario))
  return [
    ...(lost.length === 0
      ? []
      : [{ code: 'scenario.only_before', message: `only the earlier run has: ${lost.join(', ')}` }]),
    ...(gained.length === 0
      ? []
      : [{ code: 'scenario.only_after', message: `only the later run has: ${gained.join(', ')}` }]),
  ]
}

const incomplete = ({ trials, trials_planned }: BenchReport, side: string): BenchNote[] =>
  trials.length >= trials_planned
    ? []
    : [
        {
          code: 'trials.incomplete',
          message: `the ${side} run was stopped after ${trials.length} of ${trials_planned} trials`,
        },
      ]

const changed = (code: string, what: string, before: string, after: string): BenchNote[] =>
  before === after
    ? []
    : [{ code, message: `${what}: ${before === '' ? 'none' : before} then, ${after === '' ? 'none' : after} now` }]

const agentsOf = ({ trials }: BenchReport): string =>
  [
    ...new Set(
      trials.flatMap(({ agent_id, model }) =>
        agent_id === undefined ? [] : [model === undefined ? agent_id : `${agent_id} (${model})`],
      ),
    ),
  ]
    .toSorted()
    .join(', ')

const softwareOf = ({ software: { name, version } }: BenchReport): string => `${name} ${version}`

const machineOf = ({ software: { platform = '', architecture = '', processors = 0, jobs = 1 } }: BenchReport): string =>
  `${platform} ${architecture}, ${processors} processors, ${jobs} at a time`
