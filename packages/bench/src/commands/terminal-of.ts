import { wantsColour } from '@agent-run/core/text'
import type { TerminalOptions } from '../report/terminal.ts'

/** How to write to standard output: its columns, and whether colours are wanted. */
export const terminalOf = (color: boolean | undefined): TerminalOptions => ({
  color: wantsColour({ option: color, env: process.env, isTerminal: process.stdout.isTTY === true }),
  width: process.stdout.columns || Number(process.env.COLUMNS) || 100,
})
