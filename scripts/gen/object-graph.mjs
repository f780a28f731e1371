// Which object holds which: what several generated tables are made from.

/** Kind of the object or objects that a member holds. */
export const targetOf = (object, member, schema) => {
  const reference = schema.$ref ?? schema.allOf?.[0]?.$ref
  if (reference) return { name: reference.replace('.json', ''), list: false }
  if (schema.items?.$ref) return { name: schema.items.$ref.replace('.json', ''), list: true }
  if (schema.properties) return { name: `${object.name}.${member}`, list: false }
  return undefined
}

/** The objects that some schemas describe or hold, in the order of a walk; one written in place is named `parent.member`. */
export const objectsFrom = (schemas, files) => {
  const found = new Map()
  const visit = (name, file, schema) => {
    if (found.has(name)) return
    const object = { name, file, schema }
    found.set(name, object)
    for (const [member, property] of Object.entries(schema.properties)) {
      const target = targetOf(object, member, property)
      if (!target) continue
      if (property.properties) visit(target.name, undefined, property)
      else visit(target.name, `${target.name}.json`, schemas.get(`${target.name}.json`))
    }
  }
  for (const file of files) visit(file.replace('.json', ''), file, schemas.get(file))
  return [...found.values()]
}
