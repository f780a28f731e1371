export { compareReports } from './compare/index.ts'
export { Failure } from './failure.ts'
export { judge } from './judge/index.ts'
export { type CheckedPack, checkPack, readPack } from './pack/index.ts'
export { readReport, reportOf, writeReports } from './report/index.ts'
export { type BenchListener, type BenchOptions, runBench } from './run/run-bench.ts'
export type {
  BenchKey,
  BenchRun,
  Judgement,
  JudgeOptions,
  LoadedPack,
  TrialEvidence,
} from './trial.ts'
