import { Argument, Command } from 'commander'

/** `agent-run completion`. */
export function completionCommand(): Command {
  return new Command('completion')
    .summary('print a completion script for your shell')
    .description('Prints a script that completes commands, options and their values.')
    .addArgument(new Argument('<shell>', 'your shell').choices(['bash', 'zsh', 'fish']))
    .addHelpText(
      'after',
      `
Examples
  bash  $ agent-run completion bash >> ~/.bashrc
  zsh   $ agent-run completion zsh > "\${fpath[1]}/_agent-run"
  fish  $ agent-run completion fish > ~/.config/fish/completions/agent-run.fish`,
    )
    .action(async (shell: string, _options, command: Command) => {
      const { completionScript } = await import('../completion/script.ts')
      process.stdout.write(completionScript(shell, command.parent as Command))
    })
}
