// A registry that has the packages of this repository as they would be published; all others it fetches from the usual one.
import { execFileSync, spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { basename } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { packAll } from './packed.mjs'

const serve = async (root, folder) => {
  const elsewhere = execFileSync('npm', ['config', 'get', 'registry'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  }).trim()
  const packed = packAll(root, folder)
  const tarballs = new Map(packed.map((each) => [`/${basename(each.tarball)}`, readFileSync(each.tarball)]))
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://registry').pathname)
    const tarball = tarballs.get(path)
    const found = packed.find(({ name }) => path === `/${name}`)
    if (tarball) response.end(tarball)
    else if (found) response.setHeader('content-type', 'application/json').end(JSON.stringify(packument(found)))
    else pass(request, response).catch(() => response.writeHead(502).end())
  })
  // Fetched here and not redirected to: npm may be run with an environment in which it could not reach the usual one.
  const pass = async ({ url, headers }, response) => {
    const answer = await fetch(new URL(url.slice(1), elsewhere), { headers: { accept: headers.accept ?? '*/*' } })
    const type = answer.headers.get('content-type') ?? 'application/octet-stream'
    const octets = Buffer.from(await answer.arrayBuffer())
    const own = `http://127.0.0.1:${server.address().port}/`
    response.writeHead(answer.status, { 'content-type': type })
    response.end(/json/.test(type) ? octets.toString('utf8').replaceAll(elsewhere, own) : octets)
  }
  const packument = ({ name, manifest, tarball }) => {
    const address = `http://127.0.0.1:${server.address().port}/${basename(tarball)}`
    const integrity = `sha512-${createHash('sha512').update(readFileSync(tarball)).digest('base64')}`
    const version = { ...manifest, dist: { tarball: address, integrity } }
    return { name, 'dist-tags': { latest: manifest.version }, versions: { [manifest.version]: version } }
  }
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${server.address().port}/`
}

/**
 * Starts one on a free port of this machine, in a process of its own: whoever waits for npm could not answer it.
 * @param {string} root of the repository, built
 * @param {string} folder for the packed packages
 * @returns {Promise<{url: string, stop: () => void}>}
 */
export const startRegistry = async (root, folder) => {
  const words = [fileURLToPath(import.meta.url), root, folder]
  const child = spawn(process.execPath, words, { stdio: ['ignore', 'pipe', 'inherit'] })
  for await (const url of createInterface({ input: child.stdout })) return { url, stop: () => child.kill() }
  throw new Error('the registry did not start')
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  console.log(await serve(process.argv[2], process.argv[3]))
