import { type ChildProcess, spawn } from 'node:child_process'
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { bin, folderWith } from '../binary.ts'
import { smallRun } from '../records.ts'

const running = new Set<ChildProcess>()
afterEach(() => {
  for (const child of running) child.kill('SIGKILL')
  running.clear()
})

/** A program that watches, and what it has written so far. */
const watching = (cwd: string, ...args: string[]) => {
  const child = spawn(process.execPath, [bin, ...args, '--watch'], { cwd, env: { PATH: process.env['PATH'] ?? '' } })
  running.add(child)
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (text) => {
    stdout += text
  })
  child.stderr.on('data', (text) => {
    stderr += text
  })
  let isOver = false
  // Not "exit": what it has said may come later.
  const ended = new Promise<number | null>((done) => child.once('close', done))
  void ended.then(() => (isOver = true))
  return {
    /** Waits until this has been written. */
    until: async (text: string): Promise<void> => {
      while (!stdout.includes(text) && !stderr.includes(text)) {
        if (isOver) throw new Error(`ended before "${text}": ${stdout}${stderr}`)
        await new Promise((done) => setTimeout(done, 20))
      }
    },
    stdout: () => stdout,
    stderr: () => stderr,
    end: (): Promise<number | null> => {
      child.kill('SIGINT')
      return ended
    },
  }
}

const run = (id: string): string => JSON.stringify(smallRun({ id }))

describe('query --watch', () => {
  it('writes what is added as a line each, whatever happens to the files, until Ctrl-C', async () => {
    const cwd = folderWith({ 'runs/one.json': run('run-one') })
    const watch = watching(cwd, 'query', 'runs', '--format', 'ndjson')
    await watch.until('run-one')
    writeFileSync(join(cwd, 'runs', 'two.json'), run('run-two'))
    await watch.until('run-two')
    // Half of it, then the rest.
    const [head, tail] = [run('run-three').slice(0, 50), `${run('run-three').slice(50)}\n`]
    writeFileSync(join(cwd, 'runs', 'lines.jsonl'), head)
    await watch.until('1 invalid record was left out')
    appendFileSync(join(cwd, 'runs', 'lines.jsonl'), tail)
    await watch.until('run-three')
    mkdirSync(join(cwd, 'runs', 'deep', 'er'), { recursive: true })
    writeFileSync(join(cwd, 'runs', 'deep', 'er', 'four.json'), run('run-four'))
    await watch.until('run-four')
    rmSync(join(cwd, 'runs'), { recursive: true })
    await watch.until('no such file or directory')
    mkdirSync(join(cwd, 'runs'))
    writeFileSync(join(cwd, 'runs', 'five.json'), run('run-five'))
    await watch.until('run-five')
    expect(await watch.end()).toBe(0)
    const ids = watch
      .stdout()
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { id: string }).id)
    expect(ids).toEqual(['run-one', 'run-two', 'run-three', 'run-four', 'run-five'])
    expect(watch.stdout()).not.toContain('\u001b')
  })

  it('is refused where nothing can be watched', async () => {
    const cwd = folderWith()
    const watch = watching(cwd, 'query', '-')
    await expect(watch.until('never')).rejects.toThrow('standard input can be read once; --watch needs files')
  })
})

describe('show --watch', () => {
  it('shows the newest run again when there is another', async () => {
    const cwd = folderWith({ 'one.json': run('run-one') })
    const watch = watching(cwd, 'show', 'latest', '.')
    await watch.until('run run-one')
    writeFileSync(
      join(cwd, 'two.json'),
      JSON.stringify(
        smallRun({ id: 'run-two', started_at: '2026-11-21T00:00:00Z', ended_at: null, status: 'running' }),
      ),
    )
    await watch.until('run run-two')
    expect(await watch.end()).toBe(0)
  })
})
