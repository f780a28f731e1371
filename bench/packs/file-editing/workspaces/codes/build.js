// Writes src/codes.js. With --check it only compares.
import { readFileSync, writeFileSync } from 'node:fs'

const codes = JSON.parse(readFileSync('codes.json', 'utf8'))
const lines = Object.entries(codes).map(([code, text]) => `export const ${code} = ${JSON.stringify(text)}`)
const source = ['// Generated from codes.json by "node build.js". Do not edit.', ...lines, ''].join('\n')

if (!process.argv.includes('--check')) writeFileSync('src/codes.js', source)
else if (readFileSync('src/codes.js', 'utf8') !== source) {
  console.error('src/codes.js is not what build.js makes of codes.json')
  process.exitCode = 1
}
