// spec/**/*.md → conformance/requirements.json
import { readText } from '../markdown.mjs'
import { idProblems, readRequirements } from '../requirements.mjs'

const FILE = 'conformance/requirements.json'

/** Every normative sentence with its digest. Refuses to forget an id that the committed list has. */
export const requirements = (root) => {
  const read = readRequirements(root)
  const earlier = JSON.parse(readText(root, FILE) || '{}')
  const problems = [...read.problems, ...idProblems(earlier, read)]
  if (problems.length > 0) throw new Error(`the normative sentences have faults:\n  ${problems.join('\n  ')}`)
  const list = {
    generated: 'From spec/ by "npm run gen". Do not edit.',
    requirements: read.requirements,
    retired: read.retired,
  }
  return { [FILE]: `${JSON.stringify(list, null, 2)}\n` }
}
