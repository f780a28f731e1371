import { digest, type JsonValue, locate, nearest, type Position, positionAt, readJson } from '@agent-run/core'
import type { ArgumentTest, Decision, PolicyFile, PolicyRule, Scalar } from './policy-file.ts'

/** Something wrong with a policy file: where it is, what was found and what was expected. */
export interface PolicyProblem {
  readonly code: string
  /** JSON Pointer (RFC 6901); empty for the whole file. */
  readonly path: string
  readonly message: string
  /** A member name or value that was probably meant. */
  readonly suggestion?: string
  readonly position?: Position
}

/** A policy, or everything that is wrong with its file. */
export type PolicyReading =
  | { readonly ok: true; readonly policy: PolicyFile }
  | { readonly ok: false; readonly problems: readonly PolicyProblem[] }

/** Largest file, in bytes. */
const largest = 1_048_576
const mostRules = 2000
const longestPattern = 512
/** A hundred days: nobody waits longer for an answer. */
const longestWait = 100 * 24 * 60 * 60

const decisions = ['allow', 'ask', 'deny'] as const
const fileMembers = ['policy', 'version', 'description', 'default', 'unlisted_tools', 'changed_tools', 'rules'] as const
const ruleMembers = [
  ...(['id', 'decision', 'servers', 'tools', 'arguments', 'reason', 'risk', 'required_role'] as const),
  'expires_in_seconds' as const,
]

/**
 * Reads a policy file strictly: JSON as records are read (one member of a name, no byte order mark …), every member known,
 * every rule with an id of its own. A policy that is read half would allow what its author forbade, so anything that is
 * not understood makes it unusable.
 *
 * @param bytes the file, UTF-8
 */
export function readPolicy(bytes: Uint8Array): PolicyReading {
  if (bytes.length > largest) return refuse(`found ${bytes.length} bytes; expected at most ${largest}`)
  const read = readJson(bytes)
  if (!read.ok) {
    const { code, path, message, position } = read.finding
    return { ok: false, problems: [{ code, path, message, ...(position === undefined ? {} : { position }) }] }
  }
  const problems: PolicyProblem[] = []
  const policy = new Reader(problems).file(read.value, digest(bytes))
  if (policy !== undefined && problems.length === 0) return { ok: true, policy }
  const places = locate(
    read.text,
    problems.map(({ path }) => path),
  )
  const placed = problems.map((problem) => {
    const place = places.get(problem.path)
    const offset = (problem.code === 'policy.unknown_member' ? place?.key : undefined)?.start ?? place?.value.start
    return offset === undefined ? problem : { ...problem, position: positionAt(read.text, offset) }
  })
  return { ok: false, problems: placed }
}

const refuse = (message: string): PolicyReading => ({
  ok: false,
  problems: [{ code: 'policy.invalid', path: '', message }],
})

type Members = Readonly<Record<string, JsonValue>>

/** Reads parts of a policy, and notes what is wrong with them. */
class Reader {
  readonly #problems: PolicyProblem[]

  constructor(problems: PolicyProblem[]) {
    this.#problems = problems
  }

  file(value: JsonValue, fileDigest: string): PolicyFile | undefined {
    const members = this.#members(value, '', fileMembers, 'a policy')
    if (members === undefined) return undefined
    this.#text(members, '', 'description')
    const version = this.#text(members, '', 'version')
    return {
      id: this.#text(members, '', 'policy', 'a name for the policy, which the record shows') ?? '',
      ...(version === undefined ? {} : { version }),
      digest: fileDigest,
      default: this.#decision(members, '', 'default', true) ?? 'deny',
      unlisted_tools: this.#decision(members, '', 'unlisted_tools') ?? 'deny',
      changed_tools: this.#decision(members, '', 'changed_tools') ?? 'allow',
      rules: this.#rules(members['rules']),
    }
  }

  #rules(value: JsonValue | undefined): PolicyRule[] {
    if (value === undefined) return []
    if (!Array.isArray(value)) return this.#wrong('/rules', `found ${found(value)}; expected a list of rules`) ?? []
    if (value.length > mostRules) this.#wrong('/rules', `found ${value.length} rules; expected at most ${mostRules}`)
    const seen = new Map<string, number>()
    return value.slice(0, mostRules).flatMap((each, index) => {
      const path = `/rules/${index}`
      const rule = this.#rule(each, path)
      if (rule === undefined) return []
      const before = seen.get(rule.id)
      if (before !== undefined && rule.id !== '')
        this.#problems.push({
          code: 'policy.duplicate_rule',
          path: `${path}/id`,
          message: `rule ${before} has this id already; expected one of its own`,
        })
      seen.set(rule.id, index)
      return [rule]
    })
  }

  #rule(value: JsonValue, path: string): PolicyRule | undefined {
    const members = this.#members(value, path, ruleMembers, 'a rule')
    if (members === undefined) return undefined
    const decision = this.#decision(members, path, 'decision', true) ?? 'deny'
    const optional = {
      servers: this.#patterns(members['servers'], `${path}/servers`),
      tools: this.#patterns(members['tools'], `${path}/tools`),
      arguments: this.#arguments(members['arguments'], `${path}/arguments`),
      reason: this.#text(members, path, 'reason'),
      ...this.#terms(members, path, decision),
    }
    if (['servers', 'tools', 'arguments'].every((name) => !Object.hasOwn(members, name)))
      this.#wrong(path, 'it has no condition; expected servers, tools or arguments, or say it with "default"')
    return {
      id: this.#text(members, path, 'id', 'a name for the rule, which the record shows') ?? '',
      decision,
      ...Object.fromEntries(Object.entries(optional).filter(([, given]) => given !== undefined)),
    }
  }

  #terms(members: Members, path: string, decision: Decision): Partial<PolicyRule> {
    const terms = {
      risk: this.#risk(members, path),
      required_role: this.#text(members, path, 'required_role'),
      expires_in_seconds: this.#seconds(members['expires_in_seconds'], `${path}/expires_in_seconds`),
    }
    for (const name of Object.keys(terms))
      if (decision !== 'ask' && Object.hasOwn(members, name))
        this.#wrong(`${path}/${name}`, `it goes with the decision ask; this rule says ${decision}`)
    return Object.fromEntries(Object.entries(terms).filter(([, given]) => given !== undefined))
  }

  #risk(members: Members, path: string): string | undefined {
    const value = this.#text(members, path, 'risk')
    if (value === undefined || /^[a-z][a-z0-9_]*(?::[a-z0-9][a-z0-9_.-]*)?$/.test(value)) return value
    return this.#wrong(`${path}/risk`, 'found a text; expected low, medium, high, critical or vendor:name')
  }

  #seconds(value: JsonValue | undefined, path: string): number | undefined {
    if (value === undefined) return undefined
    if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= longestWait) return value
    return this.#wrong(path, `found ${found(value)}; expected whole seconds, from 1 to ${longestWait}`)
  }

  #patterns(value: JsonValue | undefined, path: string): string[] | undefined {
    if (value === undefined) return undefined
    const list = typeof value === 'string' ? [value] : value
    if (Array.isArray(list) && list.length > 0 && list.every(isPattern)) return list
    return this.#wrong(
      path,
      `found ${found(value)}; expected a name or a pattern such as "read_*", or a list of them, each of at most ${longestPattern} characters`,
    )
  }

  #arguments(value: JsonValue | undefined, path: string): PolicyRule['arguments'] {
    if (value === undefined) return undefined
    if (!isMembers(value) || Object.keys(value).length === 0)
      return this.#wrong(path, `found ${found(value)}; expected an object of argument names`)
    const tests = Object.entries(value).map(([name, test]): [string, ArgumentTest] => [
      name,
      this.#test(test, `${path}/${pointerToken(name)}`),
    ])
    // Unlike assignment this makes a member of the name __proto__ what it is in JSON.
    return Object.fromEntries(tests)
  }

  #test(value: JsonValue, path: string): ArgumentTest {
    if (isMembers(value)) {
      const members = this.#members(value, path, ['within'], 'a test')
      const within = members && this.#patterns(members['within'], `${path}/within`)
      if (members !== undefined && !Object.hasOwn(members, 'within'))
        this.#wrong(path, 'found no "within"; expected {"within": "folder"}, a value, or a list of values')
      // A rule that is about no path at all would refuse nothing.
      if (within?.some((folder) => /[*?]|^[~$]/.test(folder)))
        this.#wrong(
          `${path}/within`,
          'found a pattern or a home folder; expected folders by their path, from the root or relative to where the run is',
        )
      return { within: within ?? [] }
    }
    const list = Array.isArray(value) ? value : [value]
    const isSound =
      list.length > 0 && list.every((each) => isScalar(each) && (typeof each !== 'string' || isPattern(each)))
    if (isSound) return { anyOf: list as Scalar[] }
    this.#wrong(path, `found ${found(value)}; expected a value, a list of values, or {"within": "folder"}`)
    return { anyOf: [] }
  }

  #decision(members: Members, path: string, name: string, isNeeded = false): Decision | undefined {
    const value = Object.hasOwn(members, name) ? members[name] : undefined
    if (value === undefined) {
      if (isNeeded) this.#wrong(path, `"${name}" is missing; expected "allow", "ask" or "deny"`)
      return undefined
    }
    const known = decisions.find((decision) => decision === value)
    if (known !== undefined) return known
    const meant = typeof value === 'string' ? (synonyms[value.toLowerCase()] ?? nearest(value, decisions)) : undefined
    return this.#wrong(`${path}/${name}`, `found ${found(value)}; expected "allow", "ask" or "deny"`, meant)
  }

  #text(members: Members, path: string, name: string, need?: string): string | undefined {
    const value = Object.hasOwn(members, name) ? members[name] : undefined
    if (value === undefined)
      return need === undefined ? undefined : this.#wrong(path, `"${name}" is missing; expected ${need}`)
    if (typeof value === 'string' && value !== '' && value.length <= 2000) return value
    return this.#wrong(`${path}/${name}`, `found ${found(value)}; expected a text of 1 to 2,000 characters`)
  }

  #members(value: JsonValue, path: string, known: readonly string[], what: string): Members | undefined {
    if (!isMembers(value)) return this.#wrong(path, `found ${found(value)}; expected ${what}, an object`)
    for (const name of Object.keys(value)) {
      if (known.includes(name)) continue
      const meant = nearest(name, known)
      this.#problems.push({
        code: 'policy.unknown_member',
        path: `${path}/${pointerToken(name)}`,
        message: `${what} has no such member; expected ${known.join(', ')}`,
        ...(meant === undefined ? {} : { suggestion: meant }),
      })
    }
    return value
  }

  #wrong(path: string, message: string, suggestion?: string): undefined {
    this.#problems.push({ code: 'policy.invalid', path, message, ...(suggestion === undefined ? {} : { suggestion }) })
  }
}

/** What other tools call the same. */
const synonyms: Readonly<Record<string, Decision>> = {
  ...{ block: 'deny', forbid: 'deny', refuse: 'deny', reject: 'deny', no: 'deny' },
  ...{ permit: 'allow', accept: 'allow', approve: 'allow', yes: 'allow' },
  ...{ prompt: 'ask', confirm: 'ask', require_approval: 'ask' },
}

const isMembers = (value: JsonValue | undefined): value is { [name: string]: JsonValue } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isPattern = (value: JsonValue): value is string =>
  typeof value === 'string' && value !== '' && value.length <= longestPattern

const isScalar = (value: JsonValue): value is Scalar => typeof value !== 'object' || value === null

const pointerToken = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1')

/** What stands there, without quoting it. */
const found = (value: JsonValue): string => {
  if (value === null) return 'null'
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  if (typeof value === 'object') return Object.keys(value).length === 0 ? 'an empty object' : 'an object'
  if (typeof value === 'string') return value === '' ? 'an empty text' : 'a text'
  return typeof value === 'number' ? 'a number' : 'a boolean'
}
