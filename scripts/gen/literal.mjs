/** A JSON value as JavaScript source. */
export const literal = (value) => {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`
  if (value !== null && typeof value === 'object') {
    const members = Object.entries(value).map(([name, member]) => `${nameLiteral(name)}: ${literal(member)}`)
    return `{ ${members.join(', ')} }`
  }
  if (typeof value !== 'string') return JSON.stringify(value)
  return `'${JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}

/** A member name as JavaScript source, quoted where it has to be. */
export const nameLiteral = (name) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : literal(name))
