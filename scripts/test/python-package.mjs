// The Python package as an index would get it.
import { execFileSync } from 'node:child_process'
import { cpSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { goldenFile } from './packed.mjs'

const caches = new Set(['__pycache__', '.mypy_cache', '.pytest_cache', '.ruff_cache', 'dist'])

const listing = `
import sys, tarfile, zipfile
path = sys.argv[1]
names = zipfile.ZipFile(path).namelist() if path.endswith('.whl') else [m.name for m in tarfile.open(path) if m.isfile()]
print('\\n'.join(sorted(names)))
`

/**
 * Builds wheel and source distribution, without the network and from a copy.
 * @param {string} python a Python with `build` and `hatchling`
 * @param {string} folder an empty one
 * @returns {{kind: 'wheel' | 'sdist', path: string, files: string[]}[]}
 */
export const buildPython = (root, python, folder) => {
  const [source, output] = [join(folder, 'source'), join(folder, 'dist')]
  cpSync(join(root, 'python'), source, { recursive: true, filter: (path) => !caches.has(basename(path)) })
  execFileSync(python, ['-m', 'build', '--no-isolation', '--outdir', output, source], { stdio: 'pipe' })
  return readdirSync(output).map((name) => {
    const path = join(output, name)
    const names = execFileSync(python, ['-c', listing, path], { encoding: 'utf8' }).trimEnd()
    // A new version is no other list.
    const files = names.replace(/^agent_run-\d+\.\d+\.\d+/gm, 'agent_run-VERSION').split('\n')
    return { kind: name.endsWith('.whl') ? 'wheel' : 'sdist', path, files }
  })
}

/** Path of the list of files that wheel or source distribution are meant to hold. */
export const pythonGoldenFile = (root, kind) => goldenFile(root, `python-${kind}`)
