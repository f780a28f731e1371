// schemas/*.json and spec/ → python/agent_run/generated/: the types of the objects, and the data that validation needs.
import { readText } from '../markdown.mjs'
import { readRegistry } from '../registry.mjs'
import { readSchemas } from '../schemas.mjs'
import { documented } from './member-doc.mjs'
import { standardData } from './standard-data.mjs'

const FOLDER = 'python/agent_run/generated'
const BANNER = '# Generated from schemas/ and spec/ by "npm run gen". Do not edit.\n'

export const python = (root) => ({
  [`${FOLDER}/__init__.py`]: `${BANNER}"""What is generated from the standard."""\n`,
  [`${FOLDER}/standard.json`]: `${JSON.stringify(standardData(root), undefined, 1)}\n`,
  [`${FOLDER}/types.py`]: typesSource(readSchemas(root), readRegistry(readText(root, 'spec/registry.md'))),
})

/**
 * One `TypedDict` for each object, in the order of the schemas, with its required members in a base class: Python 3.9
 * has no other way to say which ones are required.
 */
export const typesSource = (schemas, registry) => {
  const context = { schemas, vocabularies: vocabularyNames(registry), classes: [] }
  for (const [file, schema] of schemas) addObject(context, schema.title, file, schema)
  const classes = context.classes.map(({ name, source }) => ({ name, source }))
  const names = [...registry.map(({ name }) => className(name)), ...classes.map(({ name }) => name)]
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice) throw new Error(`two types are called ${twice}`)
  return `${BANNER}"""The objects of the standard, one ${code('TypedDict')} for each schema.

A member that is not required may be absent; ${code('None')} is a value of its own, where the type admits it. Objects are
open: what no schema names is carried along, and a ${code('TypedDict')} only says what is known.
"""

from __future__ import annotations

from typing import Any, Dict, List, Literal, Optional, TypedDict, Union

__all__ = [
${[...names]
  .sort()
  .map((name) => `    ${quoted(name)},\n`)
  .join('')}]

${registry.map(vocabularySource).join('\n')}
${classes.map(({ source }) => source).join('\n')}`
}

const vocabularyNames = (registry) =>
  new Map(registry.flatMap(({ name, places }) => places.map((place) => [place, className(name)])))

const vocabularySource = ({ name, values }) => {
  const members = values.map((value) => `        ${quoted(value)},\n`).join('')
  return `${className(name)} = Union[\n    Literal[\n${members}    ],\n    str,\n]\n${docstring(`Open vocabulary ${code(name)}: a registered value, or any other.`, '')}`
}

/** Adds the class of an object, after those of the objects that are written inside it. */
const addObject = (context, name, file, schema) => {
  const members = Object.entries(schema.properties).map(([member, property]) => ({
    member,
    isRequired: schema.required?.includes(member) ?? false,
    type: typeOf(context, name, file, member, property),
    doc: documented(property),
  }))
  const required = members.filter(({ isRequired }) => isRequired)
  const optional = members.filter(({ isRequired }) => !isRequired)
  context.classes.push({ name, source: classSource(name, schema.description, required, optional) })
}

const classSource = (name, description, required, optional) => {
  const bases = [
    keywordSource(`_${name}Keywords`, required, ''),
    keywordSource(`_${name}Options`, optional, ', total=False'),
  ]
    .filter(({ source }) => source !== '')
    .concat(requiredSource(name, required, optional))
  const isBased = bases.some((base) => base.name === `_${name}Required`)
  const own = [...(isBased ? [] : required), ...optional].filter((member) => !isKeyword(member))
  const total = own.some(({ isRequired }) => !isRequired) ? ', total=False' : ''
  const names = bases.length > 0 ? bases.map((base) => base.name).join(', ') : 'TypedDict'
  const body = own.length > 0 ? `\n${own.map(memberSource).join('')}` : ''
  const sources = bases.map(({ source }) => source).join('')
  return `${sources}\n\nclass ${name}(${names}${total}):\n${docstring(description, '    ')}${body}`
}

/** The members that are key words of Python, which cannot be the name of a member in a class. */
const keywordSource = (name, members, total) => {
  const items = members.filter(isKeyword).map(({ member, type }) => `${quoted(member)}: ${type}`)
  return { name, source: items.length > 0 ? `\n\n${name} = TypedDict("${name}", {${items.join(', ')}}${total})\n` : '' }
}

/** The base class of the required members, where there are others. */
const requiredSource = (name, required, optional) => {
  const named = required.filter((member) => !isKeyword(member))
  if (named.length === 0 || (optional.length === 0 && named.length === required.length)) return []
  return [
    { name: `_${name}Required`, source: `\n\nclass _${name}Required(TypedDict):\n${named.map(memberSource).join('')}` },
  ]
}

const memberSource = ({ member, type, doc }) => `    ${member}: ${type}\n${docstring(doc, '    ')}`

const typeOf = (context, owner, file, member, property) => {
  const vocabulary = context.vocabularies.get(`${file}#/properties/${member}`)
  if (vocabulary) return nullable(property, vocabulary)
  if (property.properties) {
    const name = `${owner}${className(member)}`
    addObject(context, name, `${file}#/properties/${member}`, property)
    return nullable(property, name)
  }
  return plainType(context, property)
}

const plainType = (context, schema) => {
  const reference = schema.$ref ?? schema.allOf?.[0].$ref
  if (reference) return context.schemas.get(reference).title
  if (schema.const !== undefined) return `Literal[${literal(schema.const)}]`
  if (schema.enum) {
    const values = schema.enum.filter((value) => value !== null)
    const type = `Literal[${values.map(literal).join(', ')}]`
    return values.length < schema.enum.length ? `Optional[${type}]` : nullable(schema, type)
  }
  const types = [schema.type ?? []].flat().filter((type) => type !== 'null')
  if (types.length === 0) return 'Any'
  const words = types.map((type) => scalar(context, type, schema))
  return nullable(schema, words.length === 1 ? words[0] : `Union[${words.join(', ')}]`)
}

const scalar = (context, type, schema) => {
  if (type === 'array') return `List[${schema.items ? plainType(context, schema.items) : 'Any'}]`
  const word = { string: 'str', boolean: 'bool', integer: 'int', number: 'float', object: 'Dict[str, Any]' }[type]
  if (word === undefined) throw new Error(`no type of Python for ${type}`)
  return word
}

const nullable = (schema, type) => ([schema.type].flat().includes('null') ? `Optional[${type}]` : type)

const literal = (value) => {
  if (typeof value === 'string') return quoted(value)
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  return String(value)
}

/** The only escapes of JSON that Python reads otherwise are those that no schema has. */
const quoted = (text) => JSON.stringify(text)

const code = (text) => `\`\`${text}\`\``

const docstring = (text, indent) => {
  const words = text.replace(/\n@example (.*)$/, '\nExample: ``$1``')
  const safe = words.replaceAll('\\', '\\\\').replaceAll('"""', '\\"\\"\\"').replace(/"$/, '\\"')
  const lines = safe.split('\n').map((line) => (line === '' ? '' : `${indent}${line}`))
  return `${indent}"""${lines.join('\n').slice(indent.length)}"""\n`
}

const className = (name) =>
  name
    .split(/[._-]/)
    .map((word) => word[0].toUpperCase() + word.slice(1))
    .join('')

const KEYWORDS = new Set(
  'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield'.split(
    ' ',
  ),
)

const isKeyword = ({ member }) => KEYWORDS.has(member)
