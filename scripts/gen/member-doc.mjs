// What an editor shows of a member: its description, the form that its type cannot say, and an example.

/** The doc comment of a property: the text between the comment's marks. */
export const documented = (property) => {
  const { description } = property
  const form = formOf(property)
  const sentences = form && !description.includes(form.replace(/\.$/, '')) ? `${description} ${form}` : description
  const [example] = property.examples ?? []
  const lines = example === undefined ? [sentences] : [sentences, '', `@example ${JSON.stringify(example)}`]
  // An example can hold what would end the comment.
  return lines.join('\n').replaceAll('*/', '*\\/')
}

/** The form of a value in words; nothing where its type says it all. */
const formOf = (property) => {
  const { type, items, pattern, enum: values } = property
  if (values) return undefined
  const types = [type].flat()
  if (types.includes('array')) {
    const form = formOf(items)
    return form && `Each: ${form}`
  }
  const form = pattern ? patternForm(pattern) : types.includes('string') ? textForm(property) : numberForm(property)
  return form && `${form}.`
}

/** The few patterns that the schemas use; no words for those whose members' descriptions always say the form. */
const PATTERNS = [
  [/^\^\[0-9\]\{4\}-/, 'RFC 3339 time with `Z` or an offset, `YYYY-MM-DDThh:mm:ssZ`'],
  [/^\^sha256:/, '`sha256:` and 64 lower-case hexadecimal digits'],
  [/^\^did:key:/],
  [/^\^\[A-Za-z0-9\+\/\]\{85\}/],
  [/^\^\[0-9a-f\]\{(\d+)\}\$$/, (digits) => `${digits} lower-case hexadecimal digits`],
  [/^\^\[0-9a-f\]\{(\d+),(\d+)\}\$$/, (least, most) => `${least} to ${most} lower-case hexadecimal digits`],
  [/^\^1\\\./, '`1.` and the minor version'],
  [/^\^\[a-z\]\[a-z0-9_\]\*/],
  [/^\^\[a-z0-9\]\+\(-\[a-z0-9\]\+\)\*\$$/, 'lower-case words with hyphens between them'],
  [/^\^\[A-Za-z0-9\]\[A-Za-z0-9_-\]\{0,63\}\$$/, 'letters, digits, `_` and `-`, at most 64'],
  [/^\^\[0-9\]\+\\\.\[0-9\]\+\\\.\[0-9\]\+/, 'a semantic version'],
]

const patternForm = (pattern) => {
  for (const [shape, words] of PATTERNS) {
    const match = shape.exec(pattern)
    if (match) return typeof words === 'function' ? words(...match.slice(1)) : words
  }
  throw new Error(`the types have no words for the pattern ${pattern}`)
}

const textForm = ({ minLength }) => (minLength === 1 ? 'Not empty' : undefined)

const numberForm = ({ type, minimum, maximum }) => {
  const isInteger = [type].flat().includes('integer')
  const bounds = [minimum !== undefined && `at least ${minimum}`, maximum !== undefined && `at most ${maximum}`]
  const words = [isInteger && 'integer', ...bounds].filter(Boolean).join(', ')
  return words === '' ? undefined : `${words[0].toUpperCase()}${words.slice(1)}`
}
