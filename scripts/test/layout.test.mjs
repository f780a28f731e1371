import { expect, it } from 'vitest'
import { check, notes } from '../check/layout.mjs'
import { temporaryFolder } from './temporary-folder.mjs'

const manifest = (name, dependencies = {}) => ({ name, dependencies })

/** Checks a small repository of five packages in which some files are planted. */
const problemsOf = (files) =>
  check(
    temporaryFolder({
      'packages/types/package.json': manifest('@agent-run/types'),
      'packages/core/package.json': manifest('@agent-run/core', { '@noble/hashes': '2' }),
      'packages/sdk/package.json': manifest('@agent-run/sdk', { '@agent-run/core': '1' }),
      'packages/cli/package.json': manifest('agent-run', { '@agent-run/sdk': '1', commander: '14' }),
      'packages/bench/package.json': manifest('@agent-run/bench', { '@agent-run/core': '1', ajv: '8' }),
      ...files,
    }),
  )

it('accepts what keeps to the map', () => {
  expect(
    problemsOf({
      'packages/core/src/hash/sha256-node.ts': "import { hash } from 'node:crypto'\nexport { hash }\n",
      'packages/core/src/hash/sha256-portable.ts':
        "import { sha256 } from '@noble/hashes/sha2.js'\nexport { sha256 }\n",
      'packages/core/src/step.ts':
        "// process.exit and Buffer.from are words here\nimport { a } from './a.ts'\nexport const process = a\n",
      'packages/sdk/src/index.ts': "export * from '@agent-run/core/validate'\n",
      'packages/sdk/src/adapters/a/convert.ts':
        "import { a } from '../../conversion/a.ts'\nimport { b } from './b.ts'\nexport { a, b }\n",
      'packages/cli/src/commands/a.ts': "const { x } = await import('../recording/x.ts')\nexport { x }\n",
      'packages/bench/src/judge/a.ts':
        "import { x } from '../schema/x.ts'\nimport { y } from '../trial.ts'\nexport { x, y }\n",
      'crates/agent-run-types/src/lib.rs': '',
      'packages/cli/src/main.ts': "import fs from 'node:fs'\nprocess.exitCode = fs.existsSync('x') ? 0 : 1\n",
    }),
  ).toEqual([])
})

it.each([
  [
    'a dependency against the direction',
    'packages/core/package.json',
    manifest('@agent-run/core', { '@agent-run/sdk': '1' }),
    'may not depend on @agent-run/sdk',
  ],
  ['an unknown package', 'packages/extra/package.json', manifest('extra'), 'has no place in the map'],
  [
    'an import that is not declared',
    'packages/sdk/src/a.ts',
    "import { x } from 'commander'\nexport { x }\n",
    'imports commander',
  ],
  [
    'a dynamic import that is not declared',
    'packages/sdk/src/a.ts',
    "await import('commander')\n",
    'imports commander',
  ],
  [
    '@noble outside the hash',
    'packages/core/src/a.ts',
    "export { sha256 } from '@noble/hashes/sha2.js'\n",
    '@noble has no place',
  ],
  ['ajv at run time', 'packages/core/src/a.ts', "import Ajv from 'ajv'\nexport { Ajv }\n", 'ajv has no place'],
  ['a file of Node in the sdk', 'packages/sdk/src/a.ts', "import 'node:fs'\n", 'a module of Node'],
  ['the same without its prefix', 'packages/sdk/src/a.ts', "import 'fs'\n", 'a module of Node'],
  ['process in core', 'packages/core/src/a.ts', 'export const a = process.env\n', 'process has no place'],
  ['Buffer in core', 'packages/core/src/a.ts', "export const a = Buffer.from('')\n", 'Buffer has no place'],
  ['code from strings', 'packages/core/src/a.ts', "export const a = new Function('x')\n", 'eval or new Function'],
  [
    'text that knows records',
    'packages/core/src/text/a.ts',
    "import { x } from '../seal/x.ts'\nexport { x }\n",
    'knows nothing of records',
  ],
  [
    'a verifier that shows',
    'packages/core/src/verify/a.ts',
    "import { x } from '../text/x.ts'\nexport { x }\n",
    'shows nothing',
  ],
  [
    'an adapter that uses another one',
    'packages/sdk/src/adapters/b/a.ts',
    "import { x } from '../a/x.ts'\nexport { x }\n",
    'uses packages/sdk/src/adapters/a/x.ts',
  ],
  [
    'the conversion that knows a format',
    'packages/sdk/src/conversion/a.ts',
    "import { x } from '../adapters/a/x.ts'\nexport { x }\n",
    'knows none of them',
  ],
  [
    'an adapter that records',
    'packages/sdk/src/adapters/b/a.ts',
    "import { x } from '../../recorder/x.ts'\nexport { x }\n",
    'records and sends nothing',
  ],
  [
    'a command that uses another one',
    'packages/cli/src/proxying/a.ts',
    "const { x } = await import('../recording/x.ts')\nexport { x }\n",
    'no other command',
  ],
  [
    'reading that knows a command',
    'packages/cli/src/input/a.ts',
    "import { x } from '../sealing/x.ts'\nexport { x }\n",
    'know nothing of what is done',
  ],
  [
    'a judge that knows who runs',
    'packages/bench/src/judge/criteria/a.ts',
    "import { x } from '../../run/x.ts'\nexport { x }\n",
    'not who has gathered it',
  ],
  [
    'a tool that knows the judge',
    'packages/bench/src/tools/a.ts',
    "import { x } from '../judge/x.ts'\nexport { x }\n",
    'know neither judge nor report',
  ],
  [
    'a process that knows the trial',
    'packages/bench/src/process/a.ts',
    "import { x } from '../run/x.ts'\nexport { x }\n",
    'know nothing of benchmarks',
  ],
  [
    'a comparison that judges',
    'packages/bench/src/compare/a.ts',
    "import { x } from '../judge/x.ts'\nexport { x }\n",
    'nothing is run or judged',
  ],
  ['ajv outside of the schemas', 'packages/bench/src/judge/a.ts', "import Ajv from 'ajv'\nexport { Ajv }\n", 'ajv has'],
  ['a file that says nothing', 'packages/core/src/utils.ts', 'export {}\n', 'says nothing'],
  ['a folder that says nothing', 'packages/core/src/common/a.ts', 'export {}\n', 'says nothing'],
  ['a name that is not kebab-case', 'packages/core/src/someFile.ts', 'export {}\n', 'kebab-case'],
])('finds %s', (_, path, content, message) => {
  const problems = problemsOf({ [path]: content })
  expect(problems).toContainEqual(expect.stringContaining(message))
})

it('leaves out what cargo has built', () => {
  expect(problemsOf({ 'crates/agent-run-types/target/doc/lib.rs.html': '' })).toEqual([])
})

it('notes a long file and leaves generated ones alone', () => {
  const long = 'export {}\n'.repeat(401)
  const root = temporaryFolder({ 'packages/core/src/long.ts': long, 'packages/core/src/generated/long.ts': long })
  expect(notes(root)).toEqual(['packages/core/src/long.ts has 401 lines, more than 400'])
})
