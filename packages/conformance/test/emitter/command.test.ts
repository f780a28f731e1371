import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runCommand } from '../../src/emitter/command.ts'
import { emptyFolder, runOutOfTime } from '../command.ts'

const node = (program: string): readonly string[] => [process.execPath, '-e', program]
const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    // A zombie that nobody waits for is no process that works.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))
  } catch {
    return false
  }
}

describe('a command', () => {
  it('is told its variables, and its exit code is told', async () => {
    const ending = await runCommand(
      node('process.exit(process.env.WHAT === "this" ? 64 : 1)'),
      { WHAT: 'this' },
      30_000,
    )
    expect(ending).toMatchObject({ exit: 64, signal: null, timedOut: false, tail: '' })
  })

  it('that cannot be started is told as such', async () => {
    expect((await runCommand(['/no/such/program'], {}, 30_000)).failure).toBe('ENOENT')
  })

  it('that dies of a signal is told as such', async () => {
    expect(await runCommand(node('process.kill(process.pid, "SIGKILL")'), {}, 30_000)).toMatchObject({
      exit: null,
      signal: 'SIGKILL',
      timedOut: false,
    })
  })

  it('that hangs and ignores SIGTERM is ended', async () => {
    const file = join(emptyFolder(), 'deaf')
    const program =
      'process.on("SIGTERM", () => {}); setInterval(() => {}, 1000); require("fs").writeFileSync(process.env.FILE, "")'
    const start = () => runCommand(node(program), { FILE: file }, 500)
    expect(await runOutOfTime(start, file)).toMatchObject({ signal: 'SIGKILL', timedOut: true })
  })

  it('that writes without end is read, and only the end is kept', async () => {
    const program =
      'const l = "x".repeat(1 << 16); for (let n = 0; n < 2000; n++) process.stdout.write(l); console.error("the end")'
    const { exit, tail } = await runCommand(node(program), {}, 60_000)
    expect(exit).toBe(0)
    expect(tail.length).toBeLessThan(20_000)
    expect(tail).toContain('the end')
  })

  it.skipIf(process.platform !== 'linux')('does not leave children behind, also if they hold its output', async () => {
    const file = join(emptyFolder(), 'pid')
    writeFileSync(file, '')
    const child = `require("child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "inherit" })`
    const program = `const c = ${child}; require("fs").writeFileSync(process.env.FILE, String(c.pid)); process.exit(0)`
    expect((await runCommand(node(program), { FILE: file }, 30_000)).exit).toBe(0)
    const pid = Number(readFileSync(file, 'utf8'))
    expect(pid).toBeGreaterThan(0)
    // The test ends in time if it stays.
    while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 20))
  })
})
