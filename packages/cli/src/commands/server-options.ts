import type { Command } from 'commander'
import { once } from './option-values.ts'

/** Adds the options to a command. The key is never an argument: those can be read by everybody on the machine. */
export function serverOptions(command: Command): Command {
  return command
    .option('--server <url>', 'the server (else AGENT_RUN_SERVER_URL)', once)
    .option('--server-key <file>', 'file whose first line is the key for it (else AGENT_RUN_KEY)', once)
}
