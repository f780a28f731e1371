/** Last words of names whose value is a secret, and what it is called then. */
const lastWords: Readonly<Record<string, string>> = {
  ...{ password: 'password', passwd: 'password', passphrase: 'password', passcode: 'password', pwd: 'password' },
  ...{ secret: 'secret', secrets: 'secret', token: 'token', apikey: 'api_key', authtoken: 'token' },
  ...{ accesstoken: 'token', refreshtoken: 'token', idtoken: 'token', sessiontoken: 'token' },
  ...{ authorization: 'authorization', cookie: 'cookie', cookies: 'cookie', privatekey: 'private_key' },
  ...{ credential: 'credentials', credentials: 'credentials', clientsecret: 'secret', secretkey: 'secret' },
}

/** Words before `key` that make it a secret. */
const keyWords: Readonly<Record<string, string>> = {
  ...{ api: 'api_key', private: 'private_key', secret: 'secret', access: 'secret', signing: 'private_key' },
  ...{ encryption: 'private_key' },
}

/** Longest name that is looked at. */
const longest = 200

const words = (name: string): string[] =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')

/**
 * What sort of secret a member, header, variable or option of this name holds; `undefined` if none by its name. Written in
 * any case, with any separators: `password`, `DB_PASSWORD`, `clientSecret`, `X-Api-Key`, `Set-Cookie`.
 */
export function secretKind(name: string): string | undefined {
  if (name.length > longest) return undefined
  const parts = words(name)
  const last = parts.at(-1) ?? ''
  if (Object.hasOwn(lastWords, last)) return lastWords[last]
  const before = parts.at(-2) ?? ''
  return last === 'key' && Object.hasOwn(keyWords, before) ? keyWords[before] : undefined
}

/** The same for an option of a command that takes its value as the next argument: `--password`, `-token`. */
export const secretOption = (argument: string): string | undefined =>
  /^--?[A-Za-z][\w-]*$/.test(argument) && !/-(?:stdin|file|prompt)$/.test(argument) ? secretKind(argument) : undefined

/** Headers that are secrets, in lists of names and values. */
const secretHeader = /^(?:proxy-)?authorization$|^(?:set-)?cookie$|^x-api-key$|^x-auth-token$/i

/** The kind of the secret at a place in a list, by what stands before it. */
export function secretItem(list: readonly unknown[], index: number): string | undefined {
  const before = index === 0 ? undefined : list[index - 1]
  const item = list[index]
  if (typeof before !== 'string' || typeof item !== 'string') return undefined
  const option = item.startsWith('-') ? undefined : secretOption(before)
  if (option !== undefined) return option
  // A pair of a name and a value, or the flat list of such pairs that HTTP servers give.
  const isPair = list.length === 2 || (list.length % 2 === 0 && secretHeader.test(before))
  return index % 2 === 1 && isPair && secretKind(item) === undefined ? secretKind(before) : undefined
}

/** Names of JSON's types: a schema says of a password that it is a text, and that is none. */
const typeName = /^(?:string|number|integer|boolean|object|array|null)$/

/** A working folder is called PWD, too. */
const isFolder = (name: string, value: string): boolean =>
  /^(?:OLD)?PWD$/.test(name) && /^(?:[/~]|[A-Za-z]:[\\/])/.test(value)

/**
 * What stands in the place of a value that is a secret by the name it has; the value itself where it cannot be one.
 * @param name of the member that holds it
 */
export function hideByName(kind: string, name: string, value: string | number | bigint): string | number | bigint {
  if (typeof value !== 'string') return kind === 'password' || kind === 'secret' ? `[redacted:${kind}]` : value
  if (value === '' || /^\[redacted:\w{1,40}\]$/.test(value) || isFolder(name, value)) return value
  if (name === 'type' && typeName.test(value)) return value
  return `[redacted:${kind}]`
}
