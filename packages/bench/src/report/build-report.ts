import { arch, availableParallelism, platform } from 'node:os'
import type { BenchReport } from '@agent-run/types'
import type { BenchRun } from '../trial.ts'
import { version } from '../version.ts'
import { scenarioResults, totalsOf } from './totals.ts'

/** The report of a bench run, as far as it got. */
export const reportOf = (run: BenchRun): BenchReport => {
  const { pack, trials } = run
  const titles = new Map(pack.pack.scenarios.map(({ id, title }) => [id, title]))
  return {
    report: '1',
    id: run.id,
    pack: { id: pack.pack.id, title: pack.pack.title, version: pack.pack.version, digest: pack.digest },
    runtime: {
      command: [...run.command],
      ...(run.environment.length === 0 ? {} : { environment: [...run.environment] }),
    },
    seed: run.seed,
    repeats: run.repeats,
    ...(run.only === undefined ? {} : { only: [...run.only] }),
    software: {
      name: 'agent-run bench',
      version,
      node_version: process.versions.node,
      platform: platform(),
      architecture: arch(),
      processors: availableParallelism(),
      jobs: run.jobs,
    },
    signed_by: run.signer.did,
    ...(run.baseline === undefined ? {} : { baseline: run.baseline }),
    started_at: run.startedAt,
    ended_at: run.endedAt,
    duration_ms: run.durationMs,
    trials_planned: run.planned,
    trials: [...trials],
    scenarios: scenarioResults(trials, titles),
    totals: totalsOf(trials),
  }
}
