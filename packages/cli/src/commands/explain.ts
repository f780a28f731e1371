import { Command } from 'commander'

/** `agent-run explain`. */
export function explainCommand(): Command {
  return new Command('explain')
    .summary('say what a code, a sentence or a word of a verdict means')
    .description(
      'What the code of a finding means and what to do, what a sentence of the standard says, or what a check, a result or a level of a verdict is.',
    )
    .argument('<code>', 'code, for example schema.enum; id of a sentence; check; level')
    .addHelpText(
      'after',
      `
Examples
  $ agent-run explain schema.enum
  $ agent-run explain AR-SEAL-004
  $ agent-run explain accountable`,
    )
    .action(async (code: string) => {
      const { explain } = await import('../explain/explain.ts')
      process.stdout.write(explain(code))
    })
}
