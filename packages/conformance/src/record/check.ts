import type { CheckInfo, Fault } from './judgement.ts'

/** A place at fault: JSON Pointer, and what was expected and found there. */
export interface Place {
  readonly path: string
  readonly message: string
  /** Code in spec/errors.md, where that is not the one of the check. */
  readonly code?: string
}

/** What one comparison came to; undefined for right. */
export type Compared = Place | undefined

/** A check, and how it is made. It yields once for every comparison, so that one that compared nothing shows. */
export interface Check<View> extends CheckInfo {
  readonly compare: (view: View) => Iterable<Compared>
  /** Not asked of a record without `spec_version`, which could not know it. */
  readonly since?: '1.0'
}

/** How many faults of a record are listed. */
const LISTED = 100

/** Gathers what checks find. */
export class Findings {
  readonly compared: Set<string> = new Set()
  readonly looked: Set<string> = new Set()
  readonly faults: Fault[] = []
  omitted = 0
  readonly #listed = new Set<string>()

  /** A comparison that came out right. */
  look({ code, requirement }: CheckInfo): void {
    this.compared.add(code)
    this.looked.add(requirement)
  }

  /** A comparison that did not. */
  report(check: CheckInfo, { path, message, code }: Place, severity: Fault['severity'] = check.severity): void {
    this.look(check)
    const known = this.#listed.has(check.code)
    this.#listed.add(check.code)
    if (known && this.faults.length >= LISTED) this.omitted++
    else {
      const named = { check: check.code, code: code ?? check.code, requirement: check.requirement }
      this.faults.push({ ...named, severity, path: printable(path), message })
    }
  }

  /** Makes checks. @returns whether none of them found anything */
  make<View>(checks: readonly Check<View>[], view: View, legacy: boolean = false): boolean {
    let right = true
    for (const check of checks) {
      if (legacy && check.since !== undefined) continue
      for (const place of check.compare(view)) {
        if (place === undefined) this.look(check)
        else {
          right = false
          this.report(check, place, legacy ? 'warning' : check.severity)
        }
      }
    }
    return right
  }
}

/** Names in a path are the subject's: escaped where a terminal would obey them or a reader be misled, and cut. */
const printable = (path: string): string => {
  const text = path.length > 300 ? `${path.slice(0, 300)}…` : path
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (each) => `\\u{${each.codePointAt(0)?.toString(16)}}`)
}

type Comparing<View> = Check<View>['compare']
type Maker = <View>(
  code: string,
  requirement: string,
  capability: CheckInfo['capability'],
  summary: string,
  compare: Comparing<View>,
  since?: '1.0',
) => Check<View>

const maker =
  (severity: CheckInfo['severity']): Maker =>
  (code, requirement, capability, summary, compare, since) => ({
    code,
    requirement,
    capability,
    summary,
    severity,
    compare,
    ...(since === undefined ? {} : { since }),
  })

/** A check of a sentence with MUST. */
export const must: Maker = maker('error')

/** A check of a sentence with SHOULD. */
export const should: Maker = maker('warning')

/** A place at fault. */
export const at = (path: string, expected: string, found: string): Place => ({
  path,
  message: `expected ${expected}, found ${found}`,
})
