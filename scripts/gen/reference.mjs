// schemas/*.json, with what versioning.md, privacy.md and registry.md say about members → spec/reference.md
import { anchors, readText, section, tableRows } from '../markdown.mjs'
import { readRegistry } from '../registry.mjs'
import { readSchemas } from '../schemas.mjs'

const FIRST = [
  'agent-run',
  'step',
  'cost',
  'provenance',
  'eval',
  'approval',
  'policy-decision',
  'side-effect',
  'artifact',
]

export const reference = (root) => {
  const schemas = readSchemas(root)
  const context = {
    schemas,
    old: memberTable(root, 'spec/versioning.md', 'Members of 0.1', schemas),
    hidden: memberTable(root, 'spec/privacy.md', 'Private members', schemas),
    vocabularies: vocabularyLinks(readText(root, 'spec/registry.md')),
  }
  const rank = (name) => FIRST.indexOf(name) + 1 || FIRST.length + 1
  const names = [...schemas.keys()]
    .map((file) => file.replace('.json', ''))
    .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
  const contents = names.map((name) => `[${schemas.get(`${name}.json`).title}](#${slug(schemas, name)})`).join(' · ')
  return {
    'spec/reference.md': `<!-- Generated from schemas/ by "npm run gen". Do not edit. -->

# Reference

Every object and member of the wire format. A member marked *0.1* exists since 0.1, the others since 1.0. A member marked *private* can be [erased](privacy.md). Unless it says so, a member doesn't admit \`null\`.

${contents}

${names.map((name) => objectSection(name, context)).join('\n')}`,
  }
}

/** A table "object file → members" in a chapter, checked against the schemas. */
const memberTable = (root, file, title, schemas) => {
  const table = new Map()
  for (const { cells } of tableRows(section(readText(root, file), title))) {
    const [object, members] = cells.map((cell) => [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1]))
    for (const member of members) {
      if (!schemas.get(object[0])?.properties[member]) throw new Error(`${file}: ${object[0]} has no member ${member}`)
    }
    table.set(object[0], new Set(members))
  }
  return table
}

/** Schema place of an open vocabulary → link to its section. */
const vocabularyLinks = (registry) => {
  const known = anchors(registry)
  return new Map(
    readRegistry(registry).flatMap(({ name, places }) => {
      const anchor = name.toLowerCase().replace('.', '')
      if (!known.has(anchor)) throw new Error(`spec/registry.md has no anchor for ${name}`)
      return places.map((place) => [place, `[${name}](registry.md#${anchor})`])
    }),
  )
}

const slug = (schemas, name) => schemas.get(`${name}.json`).title.toLowerCase()

const objectSection = (name, context) => {
  const file = `${name}.json`
  const schema = context.schemas.get(file)
  const rows = memberRows(file, schema, context)
  return `## ${schema.title}

${schema.description} Schema: [\`${file}\`](../schemas/${file}).

| member | type | required | meaning | |
|---|---|---|---|---|
${rows.join('\n')}
`
}

const memberRows = (file, schema, context, prefix = '') =>
  Object.entries(schema.properties).flatMap(([member, property]) => {
    const own = prefix === ''
    const isPrivate = own && context.hidden.get(file)?.has(member) === true
    if (isPrivate !== /\bPrivate[.:]/.test(property.description)) {
      throw new Error(`spec/privacy.md and the description in schemas/${file} disagree whether ${member} is private`)
    }
    const marks = [
      own && context.old.get(file)?.has(member) && '0.1',
      isPrivate && 'private',
      property.deprecated && 'deprecated',
    ].filter(Boolean)
    const cells = [
      `\`${prefix}${member}\``,
      typeOf(property, context, `${file}#/properties/${member}`),
      schema.required?.includes(member) ? 'yes' : '',
      property.description,
      marks.map((mark) => `*${mark}*`).join(' '),
    ]
    const row = `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
    return property.properties ? [row, ...memberRows(file, property, context, `${prefix}${member}.`)] : [row]
  })

const typeOf = (property, context, place) => {
  const target = property.$ref ?? property.allOf?.[0].$ref
  if (target) {
    const { title } = context.schemas.get(target)
    return `[${title}](#${title.toLowerCase()})`
  }
  const types = [property.type].flat()
  const nullable = types.includes('null') ? ' or `null`' : ''
  const [type = 'any JSON value'] = types
  if (property.enum) return property.enum.map((value) => `\`${value}\``).join(' ')
  if (type === 'array') return `list of ${typeOf(property.items, context, place)}${nullable}`
  if (context.vocabularies.has(place)) return `open: ${context.vocabularies.get(place)}`
  if (property.pattern) return `${shapeOf(property.pattern, place)}${nullable}`
  return `${type}${boundsOf(property)}${nullable}`
}

/** The few patterns the schemas use, in words. */
const SHAPES = [
  [/^\^\[0-9\]\{4\}-/, '[time](bytes.md#times)'],
  [/^\^sha256:/, '[digest](bytes.md#digests)'],
  [/^\^did:key:/, 'Ed25519 `did:key`'],
  [/^\^\[A-Za-z0-9\+\/\]\{85\}/, 'signature, base64'],
  [
    /^\^\[0-9a-f\]\{[0-9,]+\}\$$/,
    (pattern) => `${/\{(.+)\}/.exec(pattern)[1].replace(',', ' to ')} lower-case hexadecimal digits`,
  ],
  [/^\^1\\\./, 'version `1.` and a number'],
  [/^\^\[a-z0-9\]\+\(-\[a-z0-9\]\+\)\*\$$/, 'lower-case words with hyphens'],
  [/^\^\[A-Za-z0-9\]\[A-Za-z0-9_-\]\{0,63\}\$$/, 'letters, digits, `_`, `-`, at most 64'],
  [/^\^\[0-9\]\+\\\.\[0-9\]\+\\\.\[0-9\]\+/, 'semantic version'],
]
const shapeOf = (pattern, place) => {
  const shape = SHAPES.find(([form]) => form.test(pattern))?.[1]
  if (!shape) throw new Error(`${place} has a pattern the reference has no words for: ${pattern}`)
  return typeof shape === 'function' ? shape(pattern) : shape
}

const boundsOf = ({ minimum, maximum, minLength }) => {
  if (minimum !== undefined && maximum !== undefined) return ` from ${minimum} to ${maximum}`
  if (minimum !== undefined) return ` ≥ ${minimum}`
  return minLength === 1 ? ', not empty' : ''
}
