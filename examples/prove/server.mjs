// A server after its first evening: it keeps JSON and gives it back. It listens on a free port, runs the command behind it with
// the address and the key in the environment, and ends with it:
//   node examples/prove/server.mjs npx agent-run-conformance server
import { spawn } from 'node:child_process'
import { createServer } from 'node:http'

const key = 'not-a-secret'
const runs = new Map()

const answer = (response, status, value) => {
  response.writeHead(status, { 'content-type': 'application/json', 'x-agent-run-protocol': '1.0.0' })
  response.end(JSON.stringify(value))
}

const readJson = async (request) => {
  let text = ''
  for await (const chunk of request) text += chunk
  return JSON.parse(text)
}

const serve = async (request, response) => {
  const { pathname } = new URL(request.url, 'http://localhost')
  if (pathname === '/.well-known/agent-run') {
    const server = { name: 'first-evening', version: '0.1' }
    const limits = { body_octets: 1e6, batch_octets: 1e6, batch_lines: 1000, line_octets: 1e6, page: 200 }
    return answer(response, 200, {
      protocol: ['1.0.0'],
      spec_versions: ['1.0'],
      capabilities: ['core'],
      limits,
      server,
    })
  }
  if (request.headers['x-api-key'] !== key) return answer(response, 401, { code: 'key.refused' })
  const [, , , what, id] = pathname.split('/')
  if (what !== 'runs') return answer(response, 404, { code: 'http.not_found' })
  if (request.method === 'POST') {
    const run = await readJson(request)
    runs.set(run.id, run)
    return answer(response, 201, { id: run.id })
  }
  if (id === undefined) return answer(response, 200, { runs: [...runs.values()] })
  return runs.has(id) ? answer(response, 200, runs.get(id)) : answer(response, 404, { code: 'run.unknown' })
}

const server = createServer((request, response) => {
  serve(request, response).catch(() => answer(response, 500, { code: 'server.fault' }))
}).listen(0, '127.0.0.1', () => {
  const env = { ...process.env, AGENT_RUN_SERVER_URL: `http://127.0.0.1:${server.address().port}`, AGENT_RUN_KEY: key }
  const [program, ...words] = process.argv.slice(2)
  spawn(program, words, { env, stdio: 'inherit' }).on('exit', (code) => process.exit(code ?? 1))
})
