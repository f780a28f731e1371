import type { Command } from 'commander'
import { bashScript } from './bash.ts'
import { fishScript } from './fish.ts'
import { outlineOf } from './outline.ts'
import { zshScript } from './zsh.ts'

/** The completion script of a shell, made from the commands themselves. */
export function completionScript(shell: string, program: Command): string {
  const outlines = outlineOf(program)
  if (shell === 'bash') return bashScript(outlines)
  return shell === 'zsh' ? zshScript(outlines) : fishScript(outlines)
}
