// C1, C2: the canonical form and its SHA-256 beside JSON.stringify and the same SHA-256.
import { strictEqual } from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { canonicalize, digest } from '@agent-run/core'
import canonicalizePeer from 'canonicalize'
import { canonicalize as jsonCanonicalize } from 'json-canonicalize'
import { corpus, random } from './corpus.mjs'
import { interleave, summarise } from './interleave.mjs'

const bars = { C1: process.versions.node.startsWith('20.') ? 1.4 : 1.65, C2: 1.2 }
const DOCUMENTS = 20

const sha256 = (text) => `sha256:${createHash('sha256').update(text).digest('hex')}`

const ways = {
  plain: (value) => sha256(JSON.stringify(value)),
  ours: (value) => digest(canonicalize(value)),
  canonicalize: (value) => sha256(canonicalizePeer(value)),
  'json-canonicalize': (value) => sha256(jsonCanonicalize(value)),
}

/** The same value with the members of every object in an order drawn anew, as strangers' records have them. */
const shuffled = (value, next) => {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, next))
  if (typeof value !== 'object' || value === null) return value
  const members = Object.entries(value)
    .map(([name, member]) => ({ name, member, at: next() }))
    .sort((a, b) => a.at - b.at)
  return Object.fromEntries(members.map(({ name, member }) => [name, shuffled(member, next)]))
}

/** One writer uses one order: an order for every shape, the same in all its records. */
const oneOrder = (next) => {
  const ranks = new Map()
  const rank = (name) => {
    if (!ranks.has(name)) ranks.set(name, next())
    return ranks.get(name)
  }
  const arrange = (value) => {
    if (Array.isArray(value)) return value.map(arrange)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value)
        .sort(([a], [b]) => rank(a) - rank(b))
        .map(([name, member]) => [name, arrange(member)]),
    )
  }
  return arrange
}

const inputs = (next) => {
  const runs = Array.from({ length: DOCUMENTS }, (_, i) => corpus.typical(i + 1))
  // As they come out of a parser, which makes other objects than a program does.
  const parsed = (list) => list.map((run) => JSON.parse(JSON.stringify(run)))
  return {
    'as a writer orders them': parsed(runs.map(oneOrder(next))),
    sorted: runs.map((run) => JSON.parse(canonicalize(run))),
    'another order in every object': parsed(runs.map((run) => shuffled(run, next))),
  }
}

/** Rows as the other measurements give them: ratios to JSON.stringify + SHA-256 */
export async function run({ rounds, log }) {
  const next = random(7)
  const kinds = { 'as a writer orders them': 'C1', sorted: 'C2' }
  return Object.entries(inputs(next)).map(([order, documents]) => {
    log(`C: ${order}`)
    for (const document of documents) {
      const expected = sha256(canonicalizePeer(document))
      for (const name of ['ours', 'json-canonicalize']) strictEqual(ways[name](document), expected)
    }
    const timed = Object.fromEntries(
      Object.entries(ways).map(([name, way]) => [
        name,
        () => {
          const start = performance.now()
          for (const document of documents) way(document)
          return performance.now() - start
        },
      ]),
    )
    const times = interleave(timed, { rounds, slices: 20, next })
    const of = (name) => summarise(times, (round) => round[name] / round.plain)
    const ours = of('ours')
    const id = kinds[order] ?? ''
    return {
      id,
      name: `canonical form and SHA-256 beside stringify and SHA-256, members ${order}`,
      ratio: ours.middle,
      spread: ours.spread,
      ...(id === '' ? {} : { bar: bars[id] }),
      peers: ['canonicalize', 'json-canonicalize'].map((name) => ({ name, ratio: of(name).middle })),
    }
  })
}
