// Somebody's project, as the examples in examples/ci expect it.
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { temporaryFolder } from './temporary-folder.mjs'

export const root = fileURLToPath(new URL('../../', import.meta.url))

/** Our programs by the names under which npm installs them. */
export const programs = {
  'agent-run': join(root, 'packages/cli/bin/agent-run.mjs'),
  'agent-run-conformance': join(root, 'packages/conformance/bin/agent-run-conformance.mjs'),
}

const example = (path) => readFileSync(join(root, 'examples', path), 'utf8')

/** A record that is good, and the same with a status that does not exist. */
export const good = example('records/minimal.json')
export const wrong = good.replace('"completed"', '"sucess"')
export const sealed = example('records/sealed.json')

/** Starts the reference server with an empty store; says where it listens, and with which process it ends. */
const startServer = `#!/bin/sh
bin='${join(root, 'packages/server/bin/agent-run-server.mjs')}'
node "$bin" serve --port 0 --store sqlite:runs.db --ready-file ready.json --log-level silent &
until [ -f ready.json ]; do sleep 0.1; done
node -p 'const { url, key } = JSON.parse(fs.readFileSync("ready.json", "utf8")); "url=" + url + "\\nkey=" + key' > draft.env
mv draft.env server.env
`

/** What cannot be tested without further keys. */
const baseline = ['AR-HTTP-007', 'AR-HTTP-008', 'AR-HTTP-014', 'AR-HTTP-028', 'AR-HTTP-063']

/** Path → content. */
const files = {
  'runs/a.json': good,
  'runs/b.jsonl': `${JSON.stringify(JSON.parse(good))}\n`,
  'examples/deep/c.run.json': good,
  'sealed/d.json': sealed,
  'agent.mjs': `import '${join(root, 'examples/prove/recorded.mjs')}'\n`,
  'harness.mjs': `import '${join(root, 'examples/verifier/node/harness.mjs')}'\n`,
  'conformance-baseline.txt': baseline.map((id) => `${id}  # one key only\n`).join(''),
  'start-server.sh': startServer,
}

/**
 * Lays the project out in a temporary folder.
 * @param {Record<string, string>} [changed] files that are different
 * @returns {{workspace: string, temp: string, bin: string, root: string, env: object, stop: () => void}} a job for workflow.mjs
 */
export const layOut = (changed = {}) => {
  const workspace = temporaryFolder({ ...files, ...changed })
  chmodSync(join(workspace, 'start-server.sh'), 0o755)
  const temp = temporaryFolder()
  const bin = join(temp, 'bin')
  mkdirSync(bin)
  for (const [name, path] of Object.entries(programs)) symlinkSync(path, join(bin, name))
  const stop = () => process.kill(JSON.parse(readFileSync(join(workspace, 'ready.json'), 'utf8')).pid)
  return { workspace, temp, bin, root, env: {}, stop }
}

/** Puts an `npx` into a folder that takes the packages of this repository from here, in this version and no other. */
export const writeNpx = (folder) => {
  const { version } = JSON.parse(readFileSync(join(root, 'packages/cli/package.json'), 'utf8'))
  const lines = [
    '#!/bin/sh',
    '[ "$1" = --yes ] || exit 64',
    'wanted="$2"; shift 2',
    'case "$wanted" in',
    `  agent-run@${version}) exec node '${programs['agent-run']}' "$@" ;;`,
    `  @agent-run/conformance@${version}) exec node '${programs['agent-run-conformance']}' "$@" ;;`,
    'esac',
    'echo "$wanted is not what this repository would publish" >&2; exit 64',
  ]
  writeFileSync(join(folder, 'npx'), `${lines.join('\n')}\n`)
  chmodSync(join(folder, 'npx'), 0o755)
}
