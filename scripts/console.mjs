// Console sessions as they stand in Markdown: lines beginning with "$ " are commands, the lines after one its output.
import { spawnSync } from 'node:child_process'

/**
 * Reads a session.
 * @returns {{command: string, expected: string[], exit: number}[]} an output line `exit N` states the exit code, otherwise it is 0
 */
export const readSession = (content) => {
  const session = []
  let continued = false
  for (const line of content.trimEnd().split('\n')) {
    if (continued) session.at(-1).command += `\n${line}`
    else if (line.startsWith('$ ')) session.push({ command: line.slice(2), expected: [], exit: 0 })
    else if (session.length === 0) throw new Error('a session begins with "$ " and a command')
    else if (/^exit \d+$/.test(line)) session.at(-1).exit = Number(line.slice(5))
    else session.at(-1).expected.push(line)
    continued = (continued || line.startsWith('$ ')) && line.endsWith('\\')
  }
  return session
}

/**
 * Whether an output is what a session shows. A line `…` stands for any number of lines, `…` in a line for any text;
 * white space at the end of lines doesn't count. No expected lines: anything goes.
 */
export const matches = (expected, output) => {
  if (expected.length === 0) return true
  const literal = (text) =>
    text
      .trimEnd()
      .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      .replaceAll('…', '.*')
  const pattern = expected.map((line) => (line.trim() === '…' ? '(?:.*\n)*' : `${literal(line)}\n`)).join('')
  const lines = output.split('\n').map((line) => line.trimEnd())
  return new RegExp(`^${pattern}$`).test(`${lines.join('\n').trimEnd()}\n`)
}

/**
 * Runs a command in a folder as a script would see it: no terminal, no colour, no network through npm.
 * @param {Record<string, string>} [environment] variables besides those
 * @returns {{output: string, exit: number | null}} what it wrote to both streams, in order
 */
export const run = (command, folder, path, environment = {}) => {
  const { stdout, status } = spawnSync('sh', ['-c', `exec 2>&1\n${command}`], {
    cwd: folder,
    encoding: 'utf8',
    timeout: 120_000,
    env: {
      PATH: path,
      HOME: folder,
      LANG: 'C.UTF-8',
      NO_COLOR: '1',
      TERM: 'dumb',
      npm_config_offline: 'true',
      npm_config_yes: 'false',
      npm_config_update_notifier: 'false',
      ...environment,
    },
  })
  return { output: stdout, exit: status }
}
