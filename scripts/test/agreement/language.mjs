// A verifier in another language, spoken to by the protocol of conformance/harness.md.
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

/**
 * @typedef {object} Language
 * @property {string} name
 * @property {(op: string, input: object) => Promise<any>} ask the result of an operation; rejects if the language has no answer
 * @property {() => Promise<void>} stop
 */

/**
 * Starts a harness.
 * @param {string} name of the language
 * @param {string[]} command program and arguments
 * @param {import('node:child_process').SpawnOptions} options of its process
 * @returns {Language}
 */
export const startLanguage = (name, [file, ...args], options) => {
  const child = spawn(file, args, { ...options, stdio: ['pipe', 'pipe', 'pipe'] })
  const waiting = new Map()
  let next = 0
  let log = ''
  let isOver = false
  child.stderr.setEncoding('utf8').on('data', (text) => {
    log = (log + text).slice(-4_000)
  })
  const ended = new Promise((resolve) => child.on('close', resolve))
  const fail = (why) => {
    for (const { reject } of waiting.values()) reject(new Error(`${name}: ${why}\n${log}`))
    waiting.clear()
  }
  child.on('error', (error) => fail(error.message))
  child.stdin.on('error', (error) => fail(error.message))
  ended.then(() => {
    isOver = true
    fail('the harness ended')
  })
  createInterface({ input: child.stdout }).on('line', (line) => {
    const { id, result, error, unsupported } = JSON.parse(line)
    const { op, resolve, reject } = waiting.get(id)
    waiting.delete(id)
    if (error !== undefined) reject(new Error(`${name}: ${op}: ${error}\n${log}`))
    else if (unsupported) reject(new Error(`${name} has no ${op}`))
    else resolve(result)
  })
  return {
    name,
    ask: (op, input) =>
      new Promise((resolve, reject) => {
        if (isOver) throw new Error(`${name} is asked after its harness ended\n${log}`)
        const id = next++
        waiting.set(id, { op, resolve, reject })
        child.stdin.write(`${JSON.stringify({ id, op, input })}\n`)
      }),
    async stop() {
      child.stdin.end()
      await ended
    },
  }
}
