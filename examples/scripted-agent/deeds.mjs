// What the scripted agent does to its workspace, with the names that agents have for it.
import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

const file = (kind, target) => ({ kind, target_kind: 'file', target, basis: 'observed' })

/** Does one move in the workspace and records it. */
export const doInWorkspace = (run, move, workspace) => {
  const at = (path) => join(workspace, path)
  const { read, write, replace, remove, rename, run: command } = move
  if (read !== undefined)
    return run.toolCall({ tool_name: 'Read', arguments: { file_path: read }, side_effects: [file('read', read)] }, () =>
      readFileSync(at(read), 'utf8'),
    )
  if (write !== undefined)
    return run.toolCall(
      { tool_name: 'Write', arguments: { file_path: write, content: move.text }, side_effects: [file('write', write)] },
      ({ content }) => {
        mkdirSync(dirname(at(write)), { recursive: true })
        writeFileSync(at(write), content)
      },
    )
  if (replace !== undefined)
    return run.toolCall(
      {
        tool_name: 'Edit',
        arguments: { file_path: replace, old_string: move.from, new_string: move.to },
        side_effects: [file('write', replace)],
      },
      ({ old_string: from, new_string: to }) => {
        const text = readFileSync(at(replace), 'utf8')
        if (!text.includes(from)) throw new Error(`${replace} does not hold the text that is to be replaced`)
        writeFileSync(at(replace), move.all ? text.replaceAll(from, () => to) : text.replace(from, () => to))
      },
    )
  if (remove !== undefined)
    return run.toolCall(
      { tool_name: 'Remove', arguments: { file_path: remove }, side_effects: [file('delete', remove)] },
      () => rmSync(at(remove)),
    )
  if (rename !== undefined)
    return run.toolCall(
      {
        tool_name: 'Move',
        arguments: { source: rename, destination: move.to },
        side_effects: [file('delete', rename), file('write', move.to)],
      },
      () => renameSync(at(rename), at(move.to)),
    )
  if (command !== undefined) return runCommand(run, command, move.writes ?? [], workspace)
  throw new Error(`no such move: ${Object.keys(move).join(', ')}`)
}

/** Runs a program in the workspace. That it fails is no fault of the agent: tests do. */
const runCommand = (run, command, writes, cwd) =>
  run
    .toolCall(
      {
        tool_name: 'Bash',
        arguments: { command: command.join(' ') },
        side_effects: [
          { kind: 'exec', target_kind: 'command', target: command.join(' '), basis: 'observed' },
          ...writes.map((path) => file('write', path)),
        ],
      },
      async () => (await promisify(execFile)(command[0], command.slice(1), { cwd })).stdout,
    )
    .catch((error) => {
      if (typeof error.code !== 'number') throw error
    })
