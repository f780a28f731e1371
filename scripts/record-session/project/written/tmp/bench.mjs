import { readFileSync } from 'node:fs'
import { parse } from '../src/parse.js'

const text = readFileSync(new URL('./big.ini', import.meta.url), 'utf8')
const start = process.hrtime.bigint()
const sections = Object.keys(parse(text)).length
const milliseconds = Number(process.hrtime.bigint() - start) / 1e6
console.log(`${sections} sections, ${text.length} characters, ${milliseconds.toFixed(1)} ms`)
