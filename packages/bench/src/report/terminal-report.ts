import { folderName } from '../terminal/folder-name.ts'
import type { BenchRun } from '../trial.ts'
import { reportOf } from './build-report.ts'
import { proofOf } from './proof.ts'
import { renderTerminal, type TerminalOptions } from './terminal.ts'

/**
 * What a bench run prints at its end. Its reports have to be written: the commands that check them are named after
 * doing what they do.
 */
export const terminalReport = (run: BenchRun, options: TerminalOptions): string => {
  const folder = folderName(run.out)
  const proof = proofOf(folder)
  return renderTerminal(reportOf(run), proof === undefined ? { folder } : { folder, proof }, options)
}
