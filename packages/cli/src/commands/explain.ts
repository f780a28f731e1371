import { Command } from 'commander'

/** `agent-run explain`. */
export function explainCommand(): Command {
  return new Command('explain')
    .summary('say what the code of a finding means, and what to do')
    .description('What the code of a finding means, how much it matters, the sentence behind it and what to do.')
    .argument('<code>', 'code of a finding, for example schema.enum')
    .addHelpText(
      'after',
      `
Examples
  $ agent-run explain schema.enum
  $ agent-run explain time.order`,
    )
    .action(async (code: string) => {
      const { explain } = await import('../explain/explain.ts')
      process.stdout.write(explain(code))
    })
}
