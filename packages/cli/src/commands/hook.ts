import { isatty } from 'node:tty'
import { Command, Option } from 'commander'
import { keyOption, passphraseOption } from './key-options.ts'
import { once } from './option-values.ts'

const examples = `
Examples
  $ agent-run hook claude-code install --dry-run              show what would be written
  $ agent-run hook claude-code install --key ~/agent-run.key  observe the sessions of this user, seal what they do
  $ agent-run hook claude-code install --scope project        observe those of this project
  $ agent-run hook claude-code uninstall
  $ agent-run hook claude-code --finish                       make records of what is over and has none yet
  $ agent-run hook claude-code --finish session.jsonl --directory runs

Claude Code calls "agent-run hook claude-code" with each event on standard input. It appends a line without payloads to
<directory>/claude-code/<session>.hooks.jsonl and answers nothing, so that Claude Code goes on as if it were not there;
a fault is a line in <directory>/claude-code/hook.log. When a turn or the session is over, a process of its own makes
records of what is over, sealed with --key. What was asked, approved and refused is observed then, not concluded.

With --policy it also answers: a rule of the file allows a tool call, refuses it, or has a person asked.

Exit code
  0  done; also whatever goes wrong when Claude Code calls it
  2  the job could not be done; a call was judged and Claude Code could not be told`

const settings = `
Examples
  $ agent-run hook claude-code install
  $ agent-run hook claude-code install --scope local --directory "$PWD/.agent-run" --key ~/agent-run.key
  $ agent-run hook claude-code uninstall --scope local

The change is shown before it is made. Everything else in the file stays as it is, to the byte; uninstall takes out
exactly what install put in. A file with comments is no JSON: it is not touched.

Exit code
  0  done, or nothing to do
  2  not done`

/** `agent-run hook`. */
export function hookCommand(): Command {
  const claudeCode = new Command('claude-code')
    .summary('make records of live sessions of Claude Code')
    .description('Answers a hook of Claude Code (event as JSON on standard input), and makes records of what is over.')
    .option('--finish [session]', 'make records of a session, by its id or transcript; of all that are known if none')
    .addOption(new Option('--after <event>', 'event that started this process').hideHelp())
    .addOption(new Option('--sees-requests', 'permission requests are among the events').hideHelp())
    .addHelpText('after', examples)
    .action(async (_options, self: Command) => {
      const { finish, after, ...call } = self.optsWithGlobals()
      if (finish === undefined) {
        // Nobody types an event.
        if (isatty(0)) self.help()
        const { answerHook } = await import('../hooking/answer-hook.ts')
        return answerHook(call)
      }
      const { finishAfter, finishByHand } = await import('../hooking/run-finish.ts')
      if (after !== undefined && typeof finish === 'string') return finishAfter(finish, after, call)
      process.exitCode = await finishByHand(finish, call)
    })
  withCall(claudeCode)
  claudeCode.addCommand(installCommand())
  claudeCode.addCommand(uninstallCommand())
  return new Command('hook')
    .summary('observe live sessions of an agent through its hooks')
    .description('Observes live sessions of an agent through its hooks, and makes sealed records of them.')
    .addHelpText('after', '\nExamples\n  $ agent-run hook claude-code install\n  $ agent-run hook claude-code --help')
    .addCommand(claudeCode)
}

/** Options of the call that Claude Code makes. */
const withCall = (command: Command): Command =>
  command
    .option('--directory <dir>', "where logs and records go (else .agent-run in the project's folder)", once)
    .addOption(keyOption('key to seal the records with'))
    .addOption(passphraseOption())
    .option('--policy <file>', 'policy that decides about tool calls', once)

const withScope = (command: Command): Command =>
  command
    .addOption(
      new Option('--scope <scope>', 'whose settings: ~/.claude, .claude in this folder, or its settings.local.json')
        .choices(['user', 'project', 'local'])
        .default('user'),
    )
    .option('--dry-run', 'show the change and write nothing')
    .option('-y, --yes', 'write without asking')

const installCommand = (): Command =>
  withCall(
    withScope(
      new Command('install')
        .summary('add the hook to the settings of Claude Code')
        .description('Adds the hook to a settings file of Claude Code.'),
    ),
  )
    .option('--claude-version <version>', 'version of Claude Code to write for (else that of the program claude)', once)
    .addHelpText('after', settings)
    .action(async (_options, self: Command) => {
      const { runInstall } = await import('../hooking/settings/run-install.ts')
      process.exitCode = await runInstall(self.optsWithGlobals())
    })

const uninstallCommand = (): Command =>
  withScope(
    new Command('uninstall')
      .summary('take the hook out of the settings of Claude Code')
      .description('Takes the hook out of a settings file of Claude Code.'),
  )
    .addHelpText('after', settings)
    .action(async (_options, self: Command) => {
      const { runUninstall } = await import('../hooking/settings/run-uninstall.ts')
      process.exitCode = await runUninstall(self.optsWithGlobals())
    })
