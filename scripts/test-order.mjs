// The order in which vitest begins test files: what takes longest first, so that no core waits for one last file. Vitest knows
// that only from an earlier run, which a fresh clone never had.
import { relative } from 'node:path'
import { BaseSequencer } from 'vitest/node'

/** Beginnings of paths, from long to short by what their tests start: compilers, many programs, few, none. */
const ORDER = [
  'scripts/test/rust.test.',
  'scripts/test/python.test.',
  'packages/conformance/',
  'packages/cli/',
  'packages/bench/',
  // Here stand those that use what the tests of the crate have built by then.
  'scripts/',
  'packages/server/',
  'packages/sdk/',
]

/** Sorts test files by that order, and alike ones as vitest does. */
export class LongestFirst extends BaseSequencer {
  async sort(files) {
    const rank = ({ moduleId, project }) => {
      const path = relative(project.config.root, moduleId)
      const index = ORDER.findIndex((beginning) => path.startsWith(beginning))
      return index < 0 ? ORDER.length : index
    }
    return (await super.sort(files)).sort((one, other) => rank(one) - rank(other))
  }
}
