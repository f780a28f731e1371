// npm leaves a platform's package out of package-lock.json when the registry does not answer for it at that moment,
// and `npm ci` then refuses the whole lock file on every machine. This finds such gaps and closes them: such packages
// have exact versions and say in their name for which platform they are. Their integrity stays unknown.
//   node scripts/lockfile.mjs
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32']
const CPUS = ['arm64', 'arm', 'ia32', 'loong64', 'ppc64', 'riscv64', 's390x', 'x64']

/**
 * Optional dependencies that the lock file names and does not hold.
 * @param {{packages: Record<string, any>}} lock
 * @returns {{path: string, name: string, version: string, dev: boolean}[]} `path` is where the entry belongs
 */
export const gaps = ({ packages }) =>
  Object.entries(packages).flatMap(([path, { optionalDependencies = {}, dev = false }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !searchPath(path).some((folder) => `${folder}node_modules/${name}` in packages))
      .map(([name, version]) => ({ path: `${searchPath(path).at(-1)}node_modules/${name}`, name, version, dev })),
  )

/** The entry of a platform's package, as far as its name tells it. */
export const platformEntry = ({ name, version, dev }) => {
  const words = name.slice(name.indexOf('/') + 1).split('-')
  const os = SYSTEMS.find((each) => words.includes(each))
  const cpu = CPUS.find((each) => words.includes(each))
  if (os === undefined || cpu === undefined || !/^\d+\.\d+\.\d+/.test(version)) {
    throw new Error(`${name} ${version} is missing in package-lock.json and is no package of one platform`)
  }
  const libc = words.some((word) => word.startsWith('musl')) ? ['musl'] : undefined
  return { version, cpu: [cpu], ...(dev && { dev }), ...(libc && os === 'linux' && { libc }), optional: true, os: [os] }
}

/** Folders in which Node looks for a package that the one at `path` asks for: nearest first, the root (`''`) last. */
const searchPath = (path) => {
  if (path === '') return ['']
  const parent = path.includes('/node_modules/') ? path.slice(0, path.lastIndexOf('/node_modules/')) : ''
  return [`${path}/`, ...searchPath(parent)]
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const file = join(fileURLToPath(new URL('../', import.meta.url)), 'package-lock.json')
  const lock = JSON.parse(readFileSync(file, 'utf8'))
  const found = gaps(lock)
  for (const gap of found) lock.packages[gap.path] = platformEntry(gap)
  const byPath = ([a], [b]) => (a < b ? -1 : 1)
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(byPath))
  if (found.length > 0) writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
  console.log(found.length === 0 ? 'package-lock.json has no gaps' : `closed ${found.length} gaps in package-lock.json`)
}
