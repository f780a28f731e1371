// Normative sentences stand in block quotes with one id and one key word, and ids are append-only.
import { readText } from '../markdown.mjs'
import { idProblems, readRequirements } from '../requirements.mjs'

/** Faults in the sentences of spec/, and differences from `conformance/requirements.json` that may not be. */
export const check = (root) => {
  const read = readRequirements(root)
  const committed = readText(root, 'conformance/requirements.json')
  if (committed === '') return [...read.problems, 'conformance/requirements.json does not exist; run "npm run gen"']
  const list = JSON.parse(committed)
  const problems = [...read.problems, ...idProblems(list, read)]
  if (JSON.stringify(list.requirements) !== JSON.stringify(read.requirements)) {
    problems.push('conformance/requirements.json is not what spec/ says; run "npm run gen"')
  }
  return problems
}
