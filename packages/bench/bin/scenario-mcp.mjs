#!/usr/bin/env node
// The tools of a benchmark scenario as an MCP server (stdio). The bench copies this file into the trial and puts the
// endpoint in here. It passes calls on: what was called stands in the ledger of the bench, not here.
import { request } from 'node:http'
import { createInterface } from 'node:readline'

const nothing = undefined
const endpoint = nothing
const versions = ['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05']

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

class Refused extends Error {
  constructor(code, message) {
    super(message)
    this.code = code
  }
}

const listTools = async () => {
  const { tools } = await ask('GET', '/')
  return {
    tools: tools.map(({ name, description, input_schema, annotations }) => ({
      name,
      description,
      inputSchema: { type: 'object', ...input_schema },
      ...(annotations && { annotations }),
    })),
  }
}

const callTool = async ({ name, arguments: given = {} } = {}) => {
  if (typeof name !== 'string' || !/^[A-Za-z0-9_-]{1,64}$/.test(name))
    throw new Refused(-32602, 'expected the name of a tool')
  const { result, error, exit_code, refused } = await ask('POST', `/${name}`, JSON.stringify(given))
  if (refused === 'unknown_tool') throw new Refused(-32602, error)
  const text = error ?? (typeof result === 'string' ? result : JSON.stringify(result))
  return { content: [{ type: 'text', text }], ...(error !== undefined || exit_code !== 0 ? { isError: true } : {}) }
}

const methods = {
  initialize: ({ protocolVersion } = {}) => ({
    protocolVersion: versions.includes(protocolVersion) ? protocolVersion : versions[0],
    capabilities: { tools: {} },
    serverInfo: { name: 'agent-run-bench', version: '1.0.0' },
  }),
  ping: () => ({}),
  'tools/list': listTools,
  'tools/call': callTool,
}

const say = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`)

const answer = async (line) => {
  let message
  try {
    message = JSON.parse(line)
  } catch {
    return say({ id: null, error: { code: -32700, message: 'not JSON' } })
  }
  const { id, method, params } = message ?? {}
  // Notifications, and answers to questions that this server never asks.
  if (id === undefined || id === null || typeof method !== 'string') return
  try {
    if (!Object.hasOwn(methods, method)) throw new Refused(-32601, 'there is no such method')
    say({ id, result: await methods[method](params) })
  } catch (error) {
    const { code, message: words } =
      error instanceof Refused ? error : { code: -32603, message: 'the bench does not answer' }
    say({ id, error: { code, message: words } })
  }
}

createInterface({ input: process.stdin }).on('line', answer)
