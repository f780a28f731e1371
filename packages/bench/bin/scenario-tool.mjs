#!/usr/bin/env node
// A tool of a benchmark scenario as a command. The bench copies this file into the trial and puts the endpoint in here.
import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { basename } from 'node:path'

const nothing = undefined
const endpoint = nothing
const name = basename(process.argv[1])

const ask = (method, path, body) =>
  new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${endpoint.key}`, 'content-type': 'application/json' }
    const asking = request(endpoint.url + path, { method, headers }, (response) => {
      const chunks = []
      response.on('data', (chunk) => chunks.push(chunk))
      response.on('end', () => resolve(JSON.parse(Buffer.concat(chunks).toString())))
      response.on('error', reject)
    })
    asking.on('error', reject)
    asking.end(body)
  })

const fail = (message, code = 2) => {
  process.stderr.write(`${name}: ${message}\n`)
  process.exit(code)
}

const describe = ({ description, input_schema: { properties = {}, required = [] } }) =>
  [
    `${name} – ${description}`,
    '',
    `Usage: ${name} '{"argument": …}'   ${name} - < arguments.json   ${name} --argument value`,
    '',
    ...Object.entries(properties).map(([argument, { type = 'string', description: words = '' }]) =>
      `  --${argument} <${type}>${required.includes(argument) ? ' (required)' : ''}  ${words}`.trimEnd(),
    ),
  ].join('\n')

/** `--name value` by the types that the tool's schema gives: a text where it gives none, and JSON for all but texts. */
const readOptions = (words, { input_schema: { properties = {} } }) => {
  const given = {}
  for (let at = 0; at < words.length; at++) {
    const [, option, joined] = /^--([^=]+)(?:=(.*))?$/s.exec(words[at]) ?? []
    if (option === undefined) fail(`expected --name value, found an argument without a name; ${name} --help says more`)
    const { type = 'string' } = Object.hasOwn(properties, option) ? properties[option] : {}
    const isNext = joined === undefined && at + 1 < words.length && !words[at + 1].startsWith('--')
    if (type === 'boolean' && joined === undefined && !/^(true|false)$/.test(words[at + 1] ?? '')) {
      given[option] = true
      continue
    }
    if (joined === undefined && !isNext) fail(`--${option} needs a value`)
    const text = joined ?? words[++at]
    try {
      Object.defineProperty(given, option, { value: type === 'string' ? text : JSON.parse(text), enumerable: true })
    } catch {
      fail(`--${option} expects ${type}, written as JSON`)
    }
  }
  return JSON.stringify(given)
}

const words = process.argv.slice(2)
try {
  const [first = ''] = words
  let body = '{}'
  if (first === '-') body = readFileSync(0)
  else if (first.startsWith('--')) {
    const { tools } = await ask('GET', '/')
    const tool = tools.find((one) => one.name === name)
    if (first === '--help') {
      process.stdout.write(`${describe(tool)}\n`)
      process.exit(0)
    }
    body = readOptions(words, tool)
  } else if (words.length > 0) body = words.join(' ')
  const { result, error, exit_code = 1 } = await ask('POST', `/${name}`, body)
  if (error !== undefined) process.stderr.write(`${name}: ${error}\n`)
  else process.stdout.write(`${typeof result === 'string' ? result : JSON.stringify(result, undefined, 2)}\n`)
  process.exitCode = exit_code
} catch {
  fail('the bench does not answer; is the trial over?')
}
