// Sizes that no machine holds: a file of 2 GB, a line of 600 MB. What is measured is memory; nothing may crash.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bin } from '../binary.ts'
import { peakOf, sayPeak } from '../peak-memory.ts'
import { finishedRun, folderWithKey, seal } from '../sealing/signed.ts'

/** Writes a file piece by piece. */
const writeFile = (path: string, pieces: Iterable<Buffer>): void => {
  const file = openSync(path, 'w')
  for (const piece of pieces) for (let at = 0; at < piece.length; ) at += writeSync(file, piece, at)
  closeSync(file)
}

/** A folder with a key and one sealed run as a line. */
const sealedLine = async (): Promise<{ cwd: string; line: Buffer }> => {
  const cwd = await folderWithKey({
    'run.jsonl': JSON.stringify(finishedRun({ tags: Array.from({ length: 2000 }, (_, i) => `tag-${i}`) })),
  })
  return { cwd, line: Buffer.from(await seal(cwd, 'run.jsonl')) }
}

const verify = async (
  cwd: string,
  file: string,
  ...args: string[]
): Promise<{ code: number; stdout: string; stderr: string; peak: number }> => {
  const program = [...sayPeak, bin, 'verify', file, '--trust', 'trust.json', ...args]
  const child = spawn(process.execPath, program, { cwd, env: {} })
  let [stdout, stderr] = ['', '']
  child.stdout.on('data', (chunk) => (stdout += chunk))
  child.stderr.on('data', (chunk) => (stderr += chunk))
  const [code] = (await once(child, 'close')) as [number]
  return { code, stdout, stderr, peak: peakOf(stderr) }
}

function* times(count: number, line: Buffer): Iterable<Buffer> {
  const many = Buffer.concat(Array.from({ length: 50 }, () => line))
  for (let i = 0; i < count; i += 50) yield many
}

describe('verify', () => {
  it('a file of 2 GB, in flat memory', async () => {
    const { cwd, line } = await sealedLine()
    const count = Math.ceil(2.2e9 / line.length / 50) * 50
    writeFile(join(cwd, 'small.jsonl'), times(count / 50, line))
    writeFile(join(cwd, 'large.jsonl'), times(count, line))
    expect(statSync(join(cwd, 'large.jsonl')).size).toBeGreaterThan(2 ** 31 - 1)
    const small = await verify(cwd, 'small.jsonl', '--failed', '--workers', '0')
    const large = await verify(cwd, 'large.jsonl', '--failed', '--workers', '0')
    expect(large).toMatchObject({ code: 0, stdout: '' })
    expect(large.stderr).toContain(`${count.toLocaleString('en')} records are as asked`)
    expect(large.peak / small.peak).toBeLessThan(1.5)
    expect(large.peak).toBeLessThan(200)
    const shared = await verify(cwd, 'large.jsonl', '--failed', '--workers', '2')
    expect(shared.stderr).toContain(`${count.toLocaleString('en')} records are as asked`)
  }, 1_200_000)

  it('a line of 600 MB is a finding, and the lines around it are verified', async () => {
    const { cwd, line } = await sealedLine()
    const piece = Buffer.alloc(1e6, 'x')
    writeFile(join(cwd, 'long.jsonl'), [
      line,
      Buffer.from('{"id": "'),
      ...Array.from({ length: 600 }, () => piece),
      Buffer.from('"}\n'),
      line,
    ])
    for (const workers of ['0', '2']) {
      const { code, stdout, peak } = await verify(cwd, 'long.jsonl', '--workers', workers, '--format', 'line')
      expect(code).toBe(1)
      expect(stdout.split('\n').map((row) => row.split(': ').slice(0, 2).join(': '))).toEqual([
        'long.jsonl:1:1: ok',
        'long.jsonl:2:1: error',
        'long.jsonl:3:1: ok',
        '',
      ])
      expect(stdout).toContain('this line is longer than 256 MiB')
      expect(peak).toBeLessThan(900)
    }
    // A line that fits is read, whatever is wrong with it.
    writeFile(join(cwd, 'fits.jsonl'), [
      line,
      Buffer.from('{"id": "'),
      ...Array.from({ length: 200 }, () => piece),
      Buffer.from('"}\n'),
      line,
    ])
    const fits = await verify(cwd, 'fits.jsonl', '--workers', '2', '--format', 'line')
    expect(fits.code).toBe(1)
    expect(fits.stdout).toContain('fits.jsonl:3:1: ok')
  })
})
