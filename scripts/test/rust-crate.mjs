// The Rust crate as a registry would get it.
import { execFileSync, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { goldenFile } from './packed.mjs'

/**
 * The environment in which the tests run cargo. What they build is built once and never debugged: without notes for that, and
 * for building again in part, it takes a third less. The same everywhere, so that what was built for one serves the others.
 */
export const cargoEnv = () => ({ ...process.env, CARGO_INCREMENTAL: '0', CARGO_PROFILE_DEV_DEBUG: '0' })

/** Files that the crate is published with. Cargo adds the state of the repository only where nothing is uncommitted. */
export const crateFiles = (root, cargo) => {
  const manifest = join(root, 'crates/agent-run-types/Cargo.toml')
  const args = ['package', '--list', '--offline', '--locked', '--allow-dirty', '--manifest-path', manifest]
  const listed = execFileSync(cargo, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  return listed
    .trimEnd()
    .split('\n')
    .filter((path) => path !== '.cargo_vcs_info.json')
}

/** Path of the list of files that the crate is meant to hold. */
export const crateGoldenFile = (root) => goldenFile(root, 'rust-crate')

/**
 * Builds the harness of the crate from what is in cargo's cache, and gives the path of the program.
 * @throws {Error} with what cargo said, if it does not build
 */
export const buildHarness = (root, cargo) => {
  const form = ['--offline', '--locked', '--features', 'verify', '--example', 'harness', '--message-format=json']
  const { status, stdout, stderr } = spawnSync(cargo, ['build', ...form], {
    cwd: join(root, 'crates/agent-run-types'),
    encoding: 'utf8',
    env: cargoEnv(),
    maxBuffer: 1 << 26,
  })
  if (status !== 0) throw new Error(stderr)
  return stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
    .find(({ target, executable }) => target?.name === 'harness' && executable).executable
}
