import { Command, Option } from 'commander'
import { keyOption, passphraseOption } from './key-options.ts'
import { collect, once, parseCount, parseDuration, parseSize } from './option-values.ts'
import { commandOf } from './rest-of-line.ts'
import { serverOptions } from './server-options.ts'

const examples = `
Examples
  $ agent-run record -- npm test
  $ agent-run record --key agent-run.key --timeout 10m -- ./deploy.sh staging
  $ agent-run record --agent release-bot --output-preview -- make dist
  $ agent-run record -q -- my-agent "fix the build"          nothing is printed but what my-agent prints

The command gets the terminal, the standard streams and the signals as if it had been started without us, and its
exit code is ours. Recorded are: the command line, how it ended, the files that it created, changed or deleted with
their digests before and after (as git lists them, else by a look at every file below this folder), commits, the
state to go back to, and the names of the environment's variables. Secrets of known shapes are replaced. What the
command prints is not looked at, unless you say --output-preview: its output then is a pipe and no terminal.

The journal is written as the command runs. Where this process is killed, it holds what was known by then.
Inside the command AGENT_RUN_PARENT_RUN_ID names the run: a run recorded there says that it is part of this one.

Exit code
  that of the command; 124 if the time was up, 126 if it cannot be executed, 127 if there is none of that name;
  128 and the number of the signal that ended it; 2 if it was not started because something here was wrong`

/** `agent-run record`. */
export function recordCommand(): Command {
  const command = new Command('record')
    .summary('run a command and record what it did')
    .description('Runs a command and records it as a run: how it ended, which files it changed, how to go back.')
    .usage('[options] -- <command> [arguments...]')
    .argument('[command...]', 'the command to run, behind two dashes')
    .option('--agent <id>', 'agent_id of the run (else the name of the program)', once)
    .option('--session <id>', 'session_id of the run', once)
    .option('--task <id>', 'task_id of the run', once)
    .addOption(new Option('--tag <tag>', 'tag of the run (may be repeated)').argParser(collect).default([], 'none'))
    .option('--timeout <time>', 'stop the command after this long: 90s, 10m, 2h', parseDuration)
    .option('--directory <dir>', 'where journal and record go', '.agent-run')
    .addOption(keyOption('key to seal the record with'))
    .addOption(passphraseOption())
    .option('--output-preview', 'keep the last lines of what the command prints')
    .option('--no-files', 'do not look at files')
    .option('--no-checkpoint', 'make no commit to go back to')
    .option('--max-files <number>', 'most files to look at (200,000 that git knows, or 20,000 others)', parseCount)
    .addOption(
      new Option('--max-bytes <bytes>', 'most bytes to read for digests (K, M, G for powers of 1024)')
        .argParser(parseSize)
        .default(parseSize('200M'), '200M'),
    )
  return serverOptions(command)
    .option('-q, --quiet', 'no summary')
    .addHelpText('after', examples)
    .action(async (_words: string[], _options, self: Command) => {
      const { runRecord } = await import('../recording/run-record.ts')
      const { code, signal } = await runRecord(commandOf(self), self.optsWithGlobals())
      // What the command left open, a connection to a server for example, must not keep us.
      if (signal === undefined) process.exit(code)
      process.removeAllListeners(signal)
      process.kill(process.pid, signal)
    })
}
