// Expressions of GitHub Actions: names, strings, == != && || ! ( ) and the functions that look at the outcome so far.

const TOKEN = /\s*(?:('(?:[^']|'')*')|([A-Za-z_][\w-]*(?:\.[A-Za-z_][\w-]*)*)|(==|!=|&&|\|\||[!()]))/y

const FUNCTIONS = {
  success: ({ outcome }) => outcome === 'success',
  failure: ({ outcome }) => outcome === 'failure',
  cancelled: () => false,
  always: () => true,
}

const read = (text) => {
  const tokens = []
  TOKEN.lastIndex = 0
  const end = text.trimEnd().length
  while (TOKEN.lastIndex < end) {
    const at = TOKEN.lastIndex
    const match = TOKEN.exec(text)
    if (match === null) throw new SyntaxError(`not an expression, at "${text.slice(at, at + 20)}"`)
    tokens.push({ string: match[1], name: match[2], sign: match[3] })
  }
  return tokens
}

/** What a name stands for; a name that leads nowhere is the empty string, as on GitHub. */
const lookUp = (name, context) => name.split('.').reduce((value, part) => value?.[part], context) ?? ''

/**
 * The value of an expression, with or without `${{ }}` around it.
 * @param {object} context `inputs`, `steps`, `secrets` … and `outcome`, how the steps before came out
 */
export const evaluate = (text, context) => {
  const tokens = read(text.replace(/^\s*\$\{\{([\s\S]*)\}\}\s*$/, '$1'))
  const take = (sign) => tokens[0]?.sign === sign && tokens.shift() !== undefined
  const primary = () => {
    if (take('!')) return !primary()
    if (take('(')) {
      const value = or()
      if (!take(')')) throw new SyntaxError('a parenthesis is not closed')
      return value
    }
    const { string, name } = tokens.shift() ?? {}
    if (string !== undefined) return string.slice(1, -1).replaceAll("''", "'")
    if (name === undefined) throw new SyntaxError('a value is missing')
    if (!take('(')) return lookUp(name, context)
    if (!take(')') || !Object.hasOwn(FUNCTIONS, name)) throw new SyntaxError(`${name}() is not known`)
    return FUNCTIONS[name](context)
  }
  const equality = () => {
    const left = primary()
    if (take('==')) return left === primary()
    if (take('!=')) return left !== primary()
    return left
  }
  // Both sides are always read, so that the tokens are used up.
  const chain = (next, sign, join) => () => {
    let value = next()
    while (take(sign)) value = join(value, next())
    return value
  }
  const or = chain(
    chain(equality, '&&', (left, right) => left && right),
    '||',
    (left, right) => left || right,
  )
  const value = or()
  if (tokens.length > 0) throw new SyntaxError('something follows the expression')
  return value
}

/** A text with every `${{ … }}` in it replaced by its value. */
export const expand = (text, context) =>
  text.replace(/\$\{\{([\s\S]*?)\}\}/g, (_, inside) => String(evaluate(inside, context)))
