// Puts an agent that is installed here to a benchmark: starts it with the prompt and the tools of the task, and makes a
// record of the session that it leaves behind. Further arguments go to the agent.
//   agent-run bench run bench/packs/tool-discipline --env ANTHROPIC_API_KEY --runtime "node examples/bench/agent.mjs claude"
//   agent-run bench run bench/packs/file-editing --env CODEX_API_KEY --runtime "node examples/bench/agent.mjs codex -m gpt-5"
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const { AGENT_RUN_TASK, AGENT_RUN_OUTPUT, TMPDIR } = process.env
const { prompt, mcp_servers = {}, workspace } = JSON.parse(readFileSync(AGENT_RUN_TASK, 'utf8'))
const [name, ...more] = process.argv.slice(2)

/** How each agent is started, and where it writes its sessions. It may edit files and run commands: the trial is its sandbox. */
const agents = {
  claude: () => {
    const config = join(TMPDIR, 'mcp.json')
    writeFileSync(config, JSON.stringify({ mcpServers: mcp_servers }))
    const tools = Object.keys(mcp_servers).map((server) => `mcp__${server}`)
    const allowed = ['Read', 'Edit', 'Write', 'Glob', 'Grep', 'Bash', ...tools].join(',')
    const args = ['-p', '--mcp-config', config, '--strict-mcp-config', '--allowedTools', allowed, ...more]
    // Otherwise the first request is sent before the tools are there.
    return { args, sessions: '.claude/projects', env: { MCP_CONNECTION_NONBLOCKING: 'false' } }
  },
  codex: () => {
    const servers = Object.entries(mcp_servers).flatMap(([server, { command, args }]) => [
      ...['-c', `mcp_servers.${server}.command=${JSON.stringify(command)}`],
      ...['-c', `mcp_servers.${server}.args=${JSON.stringify(args)}`],
      // Otherwise the first request is sent before the tools are there.
      ...['-c', `mcp_servers.${server}.required=true`],
      // Nobody is there to be asked by Codex: whom a task wants asked is one of its tools.
      ...['-c', `mcp_servers.${server}.default_tools_approval_mode="approve"`],
    ])
    const args = ['exec', '--skip-git-repo-check', '--sandbox', 'workspace-write', ...servers, ...more, '-']
    return { args, sessions: '.codex/sessions' }
  },
}
if (!Object.hasOwn(agents, name)) {
  console.error(`expected one of ${Object.keys(agents).join(', ')}`)
  process.exit(2)
}

const start = async (command, args, { input, env } = {}) => {
  const child = spawn(command, args, {
    cwd: workspace,
    env: { ...process.env, ...env },
    stdio: ['pipe', 'inherit', 'inherit'],
  })
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  const [code] = await once(child, 'close')
  return code ?? 1
}
const { args, sessions, env } = agents[name]()
process.exitCode = await start(name, args, { input: prompt, env })

// HOME is fresh in every trial, so what lies there is of this one.
const agentRun = fileURLToPath(new URL('../../packages/cli/bin/agent-run.mjs', import.meta.url))
const options = ['-q', '--prices', '--output-dir', AGENT_RUN_OUTPUT]
await start(process.execPath, [agentRun, 'convert', join(homedir(), sessions), ...options])
