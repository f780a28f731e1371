// npm runs this after an installation. Where the tools to build with were not installed – pre-commit and others install this
// repository for the hooks that it describes, without them – there is nothing to be built.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

if (existsSync('node_modules/typescript')) {
  const { status } = spawnSync('npm', ['run', 'build', '--silent'], {
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  process.exitCode = status ?? 1
}
