import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkJournal, createSigner, foldJournal, readJournal, validate, verify } from '@agent-run/core'
import { expect } from 'vitest'
import { reopenRecorder } from '../../src/index.ts'

const agent = fileURLToPath(new URL('kill-agent.mjs', import.meta.url))
const signer = createSigner(new Uint8Array(32).fill(7))

/** Numbers in [0, 1) that a seed gives again. */
const random = (seed: number): (() => number) => {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 4_294_967_296
  }
}

/** Runs the agent; resolves to what it said, whether it ended or was killed. */
const runAgent = (folder: string, bytes: number, killAfter?: number): Promise<string[]> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [agent, folder, String(bytes)], { stdio: ['ignore', 'pipe', 'pipe'] })
    let said = ''
    let errors = ''
    let timer: ReturnType<typeof setTimeout> | undefined
    child.stdout.on('data', (data: Buffer) => {
      said += data
      if (killAfter !== undefined) timer ??= setTimeout(() => child.kill('SIGKILL'), killAfter)
    })
    child.stderr.on('data', (data: Buffer) => {
      errors += data
    })
    child.on('error', reject)
    child.on('close', (code, signal) => {
      clearTimeout(timer)
      if (code !== 0 && signal !== 'SIGKILL') reject(new Error(`the agent failed: ${errors}`))
      else resolve(said.trim().split('\n'))
    })
  })

/**
 * Kills an agent at so many points drawn from a seed, half of them in the middle of a write, half at any time, and looks at
 * what is left each time.
 * @returns how many of the journals were resumed, ended as interrupted, or never began
 */
export async function killAndLook(points: number, seed: number): Promise<Record<string, number>> {
  const next = random(seed)
  const whole = mkdtempSync(join(tmpdir(), 'agent-run-kill-'))
  const outcomes: Record<string, number> = { resumed: 0, interrupted: 0, ended: 0, 'never began': 0 }
  try {
    expect((await runAgent(join(whole, 'whole'), 0)).at(-1)).toBe('ended')
    const size = statSync(join(whole, 'whole/r.journal')).size
    for (let point = 0; point < points; point++) {
      const folder = join(whole, String(point))
      const bytes = point % 2 === 0 ? 1 + Math.floor(next() * size) : 0
      const delay = bytes === 0 ? next() * 40 : undefined
      const resumes = next() < 0.5
      const outcome = await runAgent(folder, bytes, delay)
        .then((said) => look(folder, said, resumes))
        .catch((cause: unknown) => {
          const when = delay === undefined ? `after ${bytes} bytes` : `after ${delay} ms`
          throw new Error(`seed ${seed}, point ${point}, killed ${when}, resumes: ${resumes}: ${cause}`, { cause })
        })
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
    }
  } finally {
    rmSync(whole, { recursive: true, force: true })
  }
  return outcomes
}

async function look(folder: string, said: readonly string[], resumes: boolean): Promise<string> {
  const path = join(folder, 'r.journal')
  const acknowledged = said.filter((line) => line.startsWith('ack ')).map((line) => line.slice(4))
  expect(said.filter((line) => line.startsWith('fault'))).toEqual([])
  const bytes = existsSync(path) ? readFileSync(path) : new Uint8Array()
  const journal = readJournal(bytes)
  const { run: folded, sealed } = foldJournal(journal)
  if (folded === undefined) {
    expect(acknowledged).toEqual([])
    return 'never began'
  }
  expect(journal.findings).toEqual([])
  expect(validate(folded).findings).toEqual([])
  const finished = new Set(folded.steps.filter(({ status }) => status === 'succeeded').map(({ id }) => id))
  expect(acknowledged.filter((id) => !finished.has(id))).toEqual([])
  if (sealed !== undefined) {
    expect(() => reopenRecorder(path, { signer })).toThrow(expect.objectContaining({ code: 'recorder.sealed' }))
    return 'ended'
  }
  expect(['interrupted', 'completed']).toContain(folded.status)

  const { recorder, interrupted, discarded } = reopenRecorder(path, { signer })
  expect(discarded).toBe(journal.torn)
  if (resumes) await recorder.toolCall({ tool_name: 'Bash', arguments: { n: 1 } }, () => 'goes on')
  const record = await recorder.end(resumes ? {} : { status: 'interrupted' })
  expect(validate(record).findings).toEqual([])
  const stopped = record.steps.filter(({ status }) => status === 'interrupted').map(({ id }) => id)
  expect(stopped).toEqual(interrupted)
  expect(acknowledged.filter((id) => !record.steps.some((step) => step.id === id))).toEqual([])
  const again = readJournal(readFileSync(path))
  expect(again.findings).toEqual([])
  expect(checkJournal(again, record)).toMatchObject({ result: 'pass' })
  expect(verify(record, { journal: again })).toMatchObject({ ok: true, level: 'sealed' })
  return resumes ? 'resumed' : 'interrupted'
}
