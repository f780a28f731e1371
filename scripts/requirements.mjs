// The normative sentences of spec/: parsed here, used by the generator and by the checks.
import { createHash } from 'node:crypto'
import { blockQuotes, readText, specFiles, tableRows, withoutCode } from './markdown.mjs'

/** Key words of BCP 14 as this standard uses them, longer ones first. */
const KEYWORDS = ['MUST NOT', 'SHOULD NOT', 'MUST', 'SHOULD', 'MAY']
/** The words that would make a sentence look normative, wherever they stand. */
const LOUD = /\b(?:MUST|SHALL|SHOULD|MAY|REQUIRED|RECOMMENDED|OPTIONAL)\b/
const BOLD = /\*\*(?:must|shall|should|may|required|recommended|optional)(?: not)?\*\*/i
const ID = /\*\*\[(AR-[A-Z]+-\d{3})\]\*\*/g
const FILE_OF_RETIRED = 'spec/retired.md'

/** Digest by which a sentence is recognised: SHA-256 of its text with single spaces and without emphasis on the key word. */
export const sentenceDigest = (text) => `sha256:${createHash('sha256').update(text).digest('hex')}`

/**
 * Reads the sentences of every chapter.
 * @returns {{requirements: object[], retired: string[], problems: string[]}} requirements sorted by id; ids in `spec/retired.md`
 */
export const readRequirements = (root) => {
  const requirements = []
  const problems = []
  for (const file of specFiles(root)) {
    const markdown = readText(root, file)
    for (const quote of blockQuotes(markdown)) {
      const parsed = parseSentence(quote.text)
      if (parsed.problem) problems.push(`${file}:${quote.line}: ${parsed.problem}`)
      else requirements.push({ ...parsed.requirement, file })
    }
    problems.push(...strayKeywords(file, markdown))
  }
  requirements.sort((a, b) => (a.id < b.id ? -1 : 1))
  for (const [index, { id, digest, file }] of requirements.entries()) {
    if (requirements[index + 1]?.id === id) problems.push(`${file}: ${id} stands on two sentences`)
    const twin = requirements.find((other) => other.digest === digest && other.id < id)
    if (twin) problems.push(`${file}: ${id} says the same as ${twin.id}`)
  }
  const retired = tableRows(readText(root, FILE_OF_RETIRED)).map(({ cells }) => cells[0].replaceAll('`', ''))
  for (const id of retired) {
    if (requirements.some((requirement) => requirement.id === id)) problems.push(`${id} is retired and still in use`)
  }
  return { requirements, retired, problems }
}

const parseSentence = (quote) => {
  const ids = [...quote.matchAll(ID)].map((match) => match[1])
  if (ids.length !== 1) return { problem: `a block quote needs exactly one id, found ${ids.length}` }
  if (!quote.startsWith(`**[${ids[0]}]** `)) return { problem: `${ids[0]}: the id stands first` }
  const sentence = quote.replace(ID, '').replace(/\s+/g, ' ').trim()
  const bold = [...withoutCode(sentence).matchAll(/\*\*([^*]+)\*\*/g)].map((match) => match[1])
  const [keyword] = bold
  if (bold.length !== 1) return { problem: `${ids[0]}: exactly one bold key word, found ${bold.length}` }
  if (!KEYWORDS.includes(keyword)) return { problem: `${ids[0]}: the bold words are no key word of BCP 14` }
  const text = sentence.replace(`**${keyword}**`, keyword)
  if (LOUD.test(withoutCode(text).replace(keyword, ''))) return { problem: `${ids[0]}: a second key word` }
  if (!text.endsWith('.')) return { problem: `${ids[0]}: a sentence ends with a full stop` }
  return {
    requirement: { id: ids[0], keyword, level: keyword.replace(' NOT', ''), text, digest: sentenceDigest(text) },
  }
}

const strayKeywords = (file, markdown) =>
  withoutCode(markdown)
    .split('\n')
    .flatMap((line, index) =>
      !line.startsWith('>') && (LOUD.test(line) || BOLD.test(line))
        ? [`${file}:${index + 1}: a key word of BCP 14 outside a block quote with an id`]
        : [],
    )

/** What has happened to the ids of an earlier list that may not happen: vanished, renumbered, come back. */
export const idProblems = (earlier, { requirements, retired }) => {
  const now = new Map(requirements.map((requirement) => [requirement.id, requirement]))
  const problems = []
  for (const { id, digest } of earlier.requirements ?? []) {
    if (now.has(id) || retired.includes(id)) continue
    const other = requirements.find((requirement) => requirement.digest === digest)
    problems.push(
      other
        ? `${id} was renumbered to ${other.id}; ids are never reused or changed`
        : `${id} is gone; list it in ${FILE_OF_RETIRED} with the reason`,
    )
  }
  for (const id of earlier.retired ?? []) {
    if (!retired.includes(id)) problems.push(`${id} was retired and is no longer listed in ${FILE_OF_RETIRED}`)
  }
  return problems
}
