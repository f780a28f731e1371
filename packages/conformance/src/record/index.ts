export { checks, foldJournal, judgeJournal, judgeRecord } from './judge.ts'
export type { CheckInfo, Fault, Judgement, Level } from './judgement.ts'
