// Puts the benchmark packs into @agent-run/bench, which publishes them beside the program that runs them.
import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../', import.meta.url))
const target = join(root, 'packages/bench/packs')
rmSync(target, { recursive: true, force: true })
cpSync(join(root, 'bench/packs'), target, { recursive: true })
