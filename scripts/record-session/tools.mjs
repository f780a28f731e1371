// The tools of the scripted agent. They do what they say: commands run, files are read and written, and
// results carry what really came out, in the shape in which Claude Code 2.1 records it.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { performance } from 'node:perf_hooks'
import { structuredPatch } from './patch.mjs'

/**
 * Tools that work in one folder.
 * @param {{cwd: string, env: Record<string, string>}} place
 * @returns {Record<string, (input: any) => Promise<{content: string, isError?: boolean, detail?: unknown}>>}
 */
export const createTools = ({ cwd, env }) => {
  let todos = []

  const files = async () => {
    const { stdout } = await run('git ls-files -co --exclude-standard', { cwd, env })
    return stdout.split('\n').filter((name) => name !== '' && existsSync(join(cwd, name)))
  }

  return {
    async Bash({ command }) {
      const { code, stdout, stderr } = await run(command, { cwd, env })
      const output = [stdout, stderr]
        .map((text) => text.trimEnd())
        .filter(Boolean)
        .join('\n')
      if (code !== 0) return failed(`Exit code ${code}${output && `\n${output}`}`)
      const detail = { stdout: stdout.trimEnd(), stderr: stderr.trimEnd(), interrupted: false, isImage: false }
      return { content: output, isError: false, detail: { ...detail, noOutputExpected: false } }
    },

    async Read({ file_path }) {
      if (!existsSync(file_path)) return toolError('File does not exist.')
      const content = readFileSync(file_path, 'utf8')
      const lines = content.split('\n')
      const numbered = lines.map((line, index) => `${String(index + 1).padStart(6)}→${line}`).join('\n')
      const size = { numLines: lines.length, startLine: 1, totalLines: lines.length }
      return { content: numbered, detail: { type: 'text', file: { filePath: file_path, content, ...size } } }
    },

    async Write({ file_path, content }) {
      const before = existsSync(file_path) ? readFileSync(file_path, 'utf8') : null
      mkdirSync(dirname(file_path), { recursive: true })
      writeFileSync(file_path, content)
      const detail = { filePath: file_path, content, originalFile: before }
      if (before === null) {
        return {
          content: `File created successfully at: ${file_path}`,
          detail: { type: 'create', ...detail, structuredPatch: [] },
        }
      }
      return {
        content: `The file ${file_path} has been updated successfully.`,
        detail: { type: 'update', ...detail, structuredPatch: structuredPatch(before, content) },
      }
    },

    async Edit({ file_path, old_string, new_string }) {
      const before = readFileSync(file_path, 'utf8')
      if (!before.includes(old_string)) {
        return toolError(`String to replace not found in file.\nString: ${old_string}`)
      }
      const after = before.replace(old_string, () => new_string)
      writeFileSync(file_path, after)
      return {
        content: `The file ${file_path} has been updated successfully.`,
        detail: {
          filePath: file_path,
          oldString: old_string,
          newString: new_string,
          originalFile: before,
          structuredPatch: structuredPatch(before, after),
          userModified: false,
          replaceAll: false,
        },
      }
    },

    async Grep({ pattern, path = cwd }) {
      const matcher = new RegExp(pattern)
      const below = relative(cwd, path)
      const hits = (await files())
        .filter((name) => name.startsWith(below))
        .flatMap((name) =>
          readFileSync(join(cwd, name), 'utf8')
            .split('\n')
            .flatMap((line, index) => (matcher.test(line) ? [`${name}:${index + 1}:${line}`] : [])),
        )
      const content = hits.join('\n') || 'No matches found'
      return { content, detail: { mode: 'content', numFiles: 0, filenames: [], content, numLines: hits.length } }
    },

    async Glob({ pattern }) {
      const start = performance.now()
      const source = pattern.split('**/').map((part) => part.replaceAll('.', '\\.').replaceAll('*', '[^/]*'))
      const matcher = new RegExp(`^${source.join('(?:.*/)?')}$`)
      const filenames = (await files()).filter((name) => matcher.test(name)).map((name) => join(cwd, name))
      const durationMs = Math.round(performance.now() - start)
      return {
        content: filenames.join('\n') || 'No files found',
        detail: { filenames, durationMs, numFiles: filenames.length, truncated: false },
      }
    },

    async TodoWrite({ todos: newTodos }) {
      const detail = { oldTodos: todos, newTodos }
      todos = newTodos
      return { content: 'Todos have been modified successfully.', detail }
    },
  }
}

/** Runs a command line in bash and waits for it. */
const run = (command, { cwd, env }) =>
  new Promise((resolve, reject) => {
    const child = spawn('bash', ['-c', command], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
    const output = { stdout: '', stderr: '' }
    for (const stream of ['stdout', 'stderr']) {
      child[stream].setEncoding('utf8').on('data', (text) => {
        output[stream] += text
      })
    }
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, ...output }))
  })

const failed = (message) => ({ content: message, isError: true, detail: `Error: ${message}` })
const toolError = (message) => ({
  content: `<tool_use_error>${message}</tool_use_error>`,
  isError: true,
  detail: `Error: ${message}`,
})
