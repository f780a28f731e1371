// E4: what strict reading costs beside JSON.parse. Run alone with `node bench/perf/duplicate-names.mjs`.
import { deepStrictEqual } from 'node:assert/strict'
import { pathToFileURL } from 'node:url'
import { readJson } from '@agent-run/core'
import { findFault } from '../../packages/core/dist/read/fault.js'
import { corpus, random } from './corpus.mjs'

export const id = 'E4'
export const title = 'strict reading (duplicate names, surrogates, range, depth) beside JSON.parse'
export const bar = 0.3

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const encoder = new TextEncoder()

/** Documents of one size; a slice reads each of them `repeat` times in one way, a round has `slices` of every way. */
const sizes = [
  { size: 'typical', documents: 20, repeat: 1, slices: 20 },
  { size: 'small', documents: 20, repeat: 8, slices: 20 },
  { size: 'large', documents: 4, repeat: 1, slices: 5 },
]

/** The ways to read a document. Each strict way is compared with the plain way that takes the same input. */
const ways = {
  'JSON.parse of text': ({ text }) => JSON.parse(text),
  'JSON.parse of bytes': ({ bytes }) => JSON.parse(decoder.decode(bytes)),
  'readJson of bytes': ({ bytes }) => readJson(bytes).value,
  'readJson of text': ({ text }) => readJson(text).value,
  'character by character': ({ text }) => {
    const value = JSON.parse(text)
    return findFault(text, 128) === undefined ? value : undefined
  },
}

function makeDocuments(size, count) {
  return Array.from({ length: count }, (_, i) => {
    const json = encoder.encode(JSON.stringify(corpus[size](i + 1)))
    // Lines of a file begin anywhere in a buffer, so most bytes are not aligned.
    const bytes = new Uint8Array(json.length + (i % 4)).subarray(i % 4)
    bytes.set(json)
    // Decoded and not as JSON.stringify left it: that is how a text comes out of a file.
    return { bytes, text: decoder.decode(bytes) }
  })
}

/** Every way must give the same value, and the strict ones must see a repeated name, or a time means nothing. */
function checkResults(documents) {
  for (const document of documents) {
    const expected = JSON.parse(document.text)
    for (const way of Object.values(ways)) deepStrictEqual(way(document), expected)
    const repeated = document.text.replace('"provenance":{', '"provenance":{"nonce":"",')
    deepStrictEqual(readJson(repeated).finding?.code, 'json.duplicate_name')
    deepStrictEqual(readJson(encoder.encode(repeated)).finding?.code, 'json.duplicate_name')
  }
}

/**
 * Times of all ways, round by round. What the strict checks add is a difference of two times, so the ways take turns in
 * slices of a few milliseconds, in an order drawn anew each time: whatever else the machine does hits all of them.
 */
function measure(documents, { repeat, slices }, rounds, next) {
  const names = Object.keys(ways)
  const round = () => {
    const times = Object.fromEntries(names.map((name) => [name, 0]))
    for (let slice = 0; slice < slices; slice++) {
      const order = names.map((name) => ({ name, at: next() })).sort((a, b) => a.at - b.at)
      for (const { name } of order) {
        const way = ways[name]
        const start = performance.now()
        for (let i = 0; i < repeat; i++) for (const document of documents) way(document)
        times[name] += performance.now() - start
      }
    }
    return times
  }
  round() // warms up
  return Array.from({ length: rounds }, round)
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1]

function summarise(times, extra) {
  const ratios = times.map(extra)
  return { ratio: median(ratios), spread: [Math.min(...ratios), Math.max(...ratios)] }
}

const overBytes = (t) => (t['readJson of bytes'] - t['JSON.parse of bytes']) / t['JSON.parse of text']
const overText = (t) => (t['readJson of text'] - t['JSON.parse of text']) / t['JSON.parse of text']
const overExact = (t) => (t['character by character'] - t['JSON.parse of text']) / t['JSON.parse of text']

/**
 * Ratios of E4: what the strict checks add, as a share of JSON.parse. The bar is for bytes of the typical size, which
 * is how records arrive; rows without a bar are for information.
 * @param {{rounds?: number, log?: (line: string) => void}} options
 * @returns {Promise<{id: string, name: string, ratio: number, bar?: number, spread: [number, number], peers?: {name: string, ratio: number}[]}[]>}
 */
export async function run({ rounds = 15, log = () => {} } = {}) {
  const next = random(4)
  return sizes.flatMap(({ size, documents: count, ...shape }) => {
    log(`E4: ${size}`)
    const documents = makeDocuments(size, count)
    checkResults(documents)
    const times = measure(documents, shape, Math.max(rounds, 9), next)
    const bytes = { id, name: `strict extras over JSON.parse, bytes, ${size}`, ...summarise(times, overBytes) }
    const text = { id, name: `strict extras over JSON.parse, text, ${size}`, ...summarise(times, overText) }
    const peers = [{ name: 'character by character', ratio: summarise(times, overExact).ratio }]
    return [size === 'typical' ? { ...bytes, bar, peers } : bytes, text]
  })
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const { name, ratio, bar: limit, spread, peers = [] } of await run()) {
    const [low, high] = spread.map((each) => each.toFixed(3))
    console.log(`${name}: ${ratio.toFixed(3)} (${low} to ${high})${limit === undefined ? '' : `, bar ${limit}`}`)
    for (const peer of peers) console.log(`  ${peer.name}: ${peer.ratio.toFixed(3)}`)
  }
}
