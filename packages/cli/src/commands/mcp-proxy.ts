import { Command, Option } from 'commander'
import { type ProxyOptions, waysToAsk } from '../proxying/options.ts'
import { keyOption, passphraseOption } from './key-options.ts'
import { once, parseDuration } from './option-values.ts'
import { commandOf } from './rest-of-line.ts'
import { serverOptions } from './server-options.ts'

const examples = `
Examples
  $ agent-run mcp-proxy -- npx -y @modelcontextprotocol/server-filesystem .
  $ agent-run mcp-proxy --policy policy.json --check
  $ agent-run mcp-proxy --policy policy.json --key agent-run.key -- npx -y @modelcontextprotocol/server-filesystem .
  $ agent-run mcp-proxy --policy policy.json --server http://127.0.0.1:3000 --ask server -- github-mcp-server stdio
  $ claude mcp add files -- npx agent-run mcp-proxy --policy policy.json -- npx -y @modelcontextprotocol/server-filesystem .

Put it before the command of an MCP server in the settings of your client. What client and server say to each other
passes through as it is; tool calls are judged by the policy first, and one that is refused never reaches the server.
Every call is recorded: arguments, result, the tool's definition in force, what it touched, who allowed it.
Without --policy everything is let through, and recorded.

A policy says allow, ask or deny, by server, tool and argument; the strictest rule counts (spec/adapters/mcp.md):
  {"policy": "files", "default": "ask", "rules": [{"id": "look", "tools": ["read_*", "list_*"], "decision": "allow"}]}
Where it says ask, a person is asked by a form of the client, if the client shows any, else through the server of
--server (agent-run approve answers). Where nobody can be asked the call is refused. --ask chooses:
  auto, client (forms only), server, terminal (the one this was started from), nobody

Exit code
  that of the server; 0 where the client ended the session and the server had to be told twice;
  2 if nothing was started because something here was wrong`

/** `agent-run mcp-proxy`. */
export function mcpProxyCommand(): Command {
  const command = new Command('mcp-proxy')
    .summary('record an MCP server, and decide which calls reach it')
    .description(
      'Stands between an MCP client and a server (stdio): records every tool call, and lets a policy decide.',
    )
    .usage('[options] -- <server command> [arguments...]')
    .argument('[command...]', 'the command that starts the server, behind two dashes')
    .option('--policy <file>', 'which calls are allowed, asked about, denied', once)
    .option('--check', 'check the policy and start nothing')
    .addOption(new Option('--ask <how>', 'how a person is asked').choices([...waysToAsk]).default('auto'))
    .addOption(
      new Option('--ask-timeout <time>', 'how long an answer is waited for: 90s, 10m, 2h')
        .argParser(parseDuration)
        .default(parseDuration('10m'), '10m'),
    )
    .option('--approver <who>', 'who answers at the client or terminal, for the record', once)
    .option('--trust <file>', 'with --server: whose decisions count', once)
    .option('--name <name>', 'what the server is called in the record and in rules (else by its command)', once)
    .option('--agent <id>', 'agent_id of the run (else the name of the client)', once)
    .option('--session <id>', 'session_id of the run (else CLAUDE_CODE_SESSION_ID, else a new one)', once)
    .option('--task <id>', 'task_id of the run', once)
    .option('--turn <id>', 'turn_id of the run', once)
    .option('--directory <dir>', 'where journal and record go', '.agent-run')
    .addOption(keyOption('key to seal the record with'))
    .addOption(passphraseOption())
  return serverOptions(command)
    .option('-q, --quiet', 'say nothing but what goes wrong')
    .addHelpText('after', examples)
    .action(async (_words: string[], _options, self: Command) => {
      const { checkPolicy, runProxy } = await import('../proxying/run-proxy.ts')
      const options = self.optsWithGlobals<ProxyOptions>()
      if (options.check) {
        process.exitCode = checkPolicy(options)
        return
      }
      const code = await runProxy(commandOf(self, 'agent-run mcp-proxy -- my-mcp-server'), options)
      // Standard input of a client that is still there must not keep us.
      process.exit(code)
    })
}
