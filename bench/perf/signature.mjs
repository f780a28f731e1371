// S1: strict verification of a signature beside bare node:crypto with a cached key, which accepts more than it should.
// S2: thousands of records under one batch statement beside a signature each.
import { strictEqual } from 'node:assert/strict'
import { createPublicKey, verify } from 'node:crypto'
import { createSigner, publicKeyOf, publicKeyToPem, verifyEd25519 } from '@agent-run/core'
import { hashes, verify as nobleVerify } from '@noble/ed25519'
import { sha512 } from '@noble/hashes/sha2.js'
import { digestText } from '../../packages/core/dist/hash/index.js'
import { createInclusionMemo, createProver, hashLeaf, treeRoot } from '../../packages/core/dist/tree/index.js'
import { random } from './corpus.mjs'
import { interleave, summarise } from './interleave.mjs'

hashes.sha512 = sha512

const MESSAGES = 100
/** At least 0.95 of the speed of bare verification. */
const bar = 1 / 0.95

const signed = (next) => {
  const signer = createSigner(Uint8Array.from({ length: 32 }, () => Math.floor(next() * 256)))
  const publicKey = publicKeyOf(signer.did)
  return Array.from({ length: MESSAGES }, () => {
    const message = Uint8Array.from({ length: 900 }, () => Math.floor(next() * 256))
    return { publicKey, message, signature: signer.sign(message), key: createPublicKey(publicKeyToPem(publicKey)) }
  })
}

/** Rows as the other measurements give them: time of strict verification over that of node:crypto */
export async function run({ rounds, log }) {
  log('S1: signatures')
  const next = random(8)
  const items = signed(next)
  const { key } = items[0]
  const ways = {
    bare: ({ message, signature }) => verify(null, message, key, signature),
    strict: ({ publicKey, message, signature }) => verifyEd25519(publicKey, message, signature),
    noble: ({ publicKey, message, signature }) => nobleVerify(signature, message, publicKey),
  }
  for (const item of items) {
    for (const way of Object.values(ways)) {
      strictEqual(way(item), true)
      strictEqual(way({ ...item, signature: item.signature.map((byte, i) => (i === 5 ? byte ^ 1 : byte)) }), false)
    }
  }
  const timed = Object.fromEntries(
    Object.entries(ways).map(([name, way]) => [
      name,
      () => {
        const start = performance.now()
        for (const item of items) way(item)
        return performance.now() - start
      },
    ]),
  )
  // noble is an order of magnitude slower; in every slice it would only keep the others waiting.
  const times = interleave({ bare: timed.bare, strict: timed.strict }, { rounds, slices: 10, next })
  const slow = interleave({ bare: timed.bare, noble: timed.noble }, { rounds: 9, slices: 1, next })
  const strict = summarise(times, (round) => round.strict / round.bare)
  const noble = summarise(slow, (round) => round.noble / round.bare)
  log('S2: a batch')
  const batch = batchTimes(items, rounds, next)
  return [
    batch,
    {
      id: 'S1',
      name: 'strict Ed25519 verification beside node:crypto with a cached key',
      ratio: strict.middle,
      bar,
      spread: strict.spread,
      peers: [{ name: 'noble', ratio: noble.middle }],
    },
  ]
}

const RECORDS = 4096

/** What it takes to know that every record is signed: one signature and the paths, beside as many signatures. */
const batchTimes = ([{ publicKey, message, signature }], rounds, next) => {
  const leaves = Array.from({ length: RECORDS }, () => {
    const hash = digestText(Uint8Array.from({ length: 32 }, () => Math.floor(next() * 256)))
    return new TextEncoder().encode(hash)
  })
  const hashes = leaves.map(hashLeaf)
  const prove = createProver(hashes)
  const paths = hashes.map((_, index) => prove(index).map(digestText))
  const root = treeRoot(hashes)
  const ways = {
    single: () => {
      for (let i = 0; i < RECORDS; i++) strictEqual(verifyEd25519(publicKey, message, signature), true)
    },
    batch: () => {
      strictEqual(verifyEd25519(publicKey, message, signature), true)
      const memo = createInclusionMemo(RECORDS, root)
      for (const [index, leaf] of leaves.entries())
        strictEqual(memo.includes(hashLeaf(leaf), index, paths[index]), true)
    },
  }
  const timed = Object.fromEntries(
    Object.entries(ways).map(([name, way]) => [
      name,
      () => {
        const start = performance.now()
        way()
        return performance.now() - start
      },
    ]),
  )
  const { middle, spread } = summarise(
    interleave(timed, { rounds, slices: 1, next }),
    (round) => round.batch / round.single,
  )
  return {
    id: 'S2',
    name: `${RECORDS} records under one batch statement beside a signature each`,
    ratio: middle,
    bar: 0.03,
    spread,
  }
}
