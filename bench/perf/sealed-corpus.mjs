// Files of typical runs, sealed and signed: made anew for every measurement, never committed.
import { closeSync, openSync, writeSync } from 'node:fs'
import { createSigner, sealBatch, sealRun } from '@agent-run/core'
import { corpus } from './corpus.mjs'

const AT = '2026-11-20T09:30:00Z'

/** The key of the corpus: nobody's, and the same on every machine. */
const signer = createSigner(new Uint8Array(32).fill(7))

/** A trust file that names the key. */
export const trust = {
  agent_run_trust: '1.0',
  keys: [{ key: signer.did, identity: 'ci@example.org', roles: ['recorder'] }],
}

/**
 * Writes typical runs, about 40 KB each, one a line, each with a signature of its own.
 * @param {string} path of the file, which is replaced
 * @param {number} runs how many
 */
export const writeSigned = async (path, runs) => {
  const file = openSync(path, 'w')
  for (let i = 1; i <= runs; i++) writeLine(file, await sealRun(corpus.typical(i), { signer, at: AT }))
  closeSync(file)
}

/**
 * Writes the same runs under one batch statement: it stands first, and after each run its proof.
 * @param {string} path of the file, which is replaced
 * @param {number} runs how many
 */
export const writeBatch = async (path, runs) => {
  const sealed = (i) => sealRun(corpus.typical(i), { at: AT, signedBy: signer.did })
  const runsSealed = []
  for (let i = 1; i <= runs; i++) runsSealed.push(await sealed(i))
  const { statement, proofs } = await sealBatch(runsSealed, signer, AT)
  const file = openSync(path, 'w')
  writeLine(file, statement)
  for (const [index, run] of runsSealed.entries()) {
    writeLine(file, run)
    writeLine(file, proofs[index])
  }
  closeSync(file)
}

const writeLine = (file, value) => {
  const bytes = Buffer.from(`${JSON.stringify(value)}\n`)
  for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at)
}
