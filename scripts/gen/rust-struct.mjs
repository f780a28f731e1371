// One object of the schemas as a Rust struct, with the structs and closed vocabularies inside it.
import { docComment, memberDoc } from './rust-doc.mjs'

// Names that Rust keeps for itself and that members have.
const KEYWORDS = new Set(['as', 'in', 'match', 'mod', 'move', 'ref', 'type', 'use', 'where'])
// Clippy finds a function of more arguments hard to read, and so do people.
const MOST_ARGUMENTS = 7

/**
 * @param {string} type name of the struct
 * @param {string} [file] schema file; none for an object that is written inside another one
 * @returns {{structs: {type: string, source: string}[], enums: {type: string, place: string, values: string[]}[]}}
 */
export const structSource = (type, file, schema, context) => {
  const structs = []
  const enums = []
  const members = Object.entries(schema.properties).map(([name, property]) => {
    const inner = `${type}${pascalMember(name)}`
    const open = context.openTypes.get(`${file}#/properties/${name}`)
    const { base, structOf, enumOf } = baseType(property, inner, open, context)
    if (structOf) {
      const nested = structSource(inner, undefined, property, context)
      structs.push(...nested.structs)
      enums.push(...nested.enums)
    }
    if (enumOf) enums.push({ type: base.replace(/^Vec<(.*)>$/, '$1'), place: `${type}::${name}`, values: enumOf })
    return memberOf(name, property, base, (schema.required ?? []).includes(name))
  })
  const source = `
${docComment(schema.description)}#[derive(Clone, Debug, ${members.some((member) => member.required) ? '' : 'Default, '}PartialEq, Serialize, Deserialize)]
pub struct ${type} {
${members.map(fieldSource).join('')}    /// Members that this version of the standard does not name. They are kept and written again.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}
${newSource(type, members)}`
  return { structs: [{ type, source }, ...structs], enums }
}

const pascalMember = (name) => name.replace(/(^|_)([a-z0-9])/g, (_, __, letter) => letter.toUpperCase())

/** The type of a value that is there and not null. */
const baseType = (property, inner, open, { named }) => {
  const reference = property.$ref ?? property.allOf?.[0]?.$ref
  if (reference) return { base: named(reference) }
  if (open) return { base: open }
  const [type] = [property.type].flat().filter((each) => each !== 'null')
  if (type === undefined) return { base: 'Value' }
  if (type === 'array') {
    const { base, enumOf } = baseType(property.items, inner.replace(/s$/, ''), undefined, { named })
    return { base: `Vec<${base}>`, enumOf }
  }
  if (property.enum) return { base: inner, enumOf: property.enum.filter((value) => value !== null) }
  if (property.properties) return { base: inner, structOf: true }
  if (type === 'integer') return { base: property.minimum >= 0 ? 'u64' : 'i64' }
  return { base: { string: 'String', boolean: 'bool', number: 'f64', object: 'Map<String, Value>' }[type] }
}

/** How a member is typed and read: required or not, and whether it may be null. */
const memberOf = (name, property, base, required) => {
  const isNullable = property.type === undefined ? base === 'Value' : [property.type].flat().includes('null')
  const isNumber = ['u64', 'i64', 'f64'].includes(base)
  const field = KEYWORDS.has(name) ? `r#${name}` : name
  const member = { name, field, required, base, doc: memberDoc(property) }
  if (required && isNullable) {
    return {
      ...member,
      type: `Option<${base}>`,
      serde: [isNumber ? 'with = "number::nullable"' : 'deserialize_with = "nullable"'],
    }
  }
  if (required) return { ...member, type: base, serde: isNumber ? ['with = "number::required"'] : [] }
  if (isNullable) {
    const serde = [
      'default',
      ...(isNumber ? ['with = "number::any"'] : []),
      'skip_serializing_if = "Nullable::is_absent"',
    ]
    return { ...member, type: `Nullable<${base}>`, serde }
  }
  const read = isNumber ? 'with = "number::present"' : 'deserialize_with = "present"'
  return { ...member, type: `Option<${base}>`, serde: ['default', read, 'skip_serializing_if = "Option::is_none"'] }
}

const fieldSource = ({ field, type, serde, doc }) =>
  `${docComment(doc, '    ')}${serde.length > 0 ? `    #[serde(${serde.join(', ')})]\n` : ''}    pub ${field}: ${type},\n`

/** An object with required members is made of these; the rest is absent. */
const newSource = (type, members) => {
  const required = members.filter((member) => member.required)
  if (required.length === 0 || required.length > MOST_ARGUMENTS) return ''
  const isText = (member) => member.type === 'String'
  const parameters = required.map((member) => `${member.field}: ${isText(member) ? 'impl Into<String>' : member.type}`)
  const fields = members.map((member) => {
    if (!member.required) return `            ${member.field}: Default::default(),\n`
    return `            ${member.field}${isText(member) ? `: ${member.field}.into()` : ''},\n`
  })
  return `
impl ${type} {
    /// One that has the members that are required, and no others.
    pub fn new(${parameters.join(', ')}) -> Self {
        Self {
${fields.join('')}            unknown: Map::new(),
        }
    }
}
`
}
