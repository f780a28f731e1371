/** A word of a command line after quotes are removed. `literal` is false where the shell would put something else in its place. */
export interface ShellWord {
  readonly text: string
  readonly literal: boolean
}

/** A redirection to or from a file. Here-documents and copies of file descriptors are left out. */
interface ShellRedirect {
  readonly operator: string
  readonly target: ShellWord
}

/** One simple command, in the order in which it stands. */
export interface ShellCommand {
  readonly type: 'command'
  readonly words: readonly ShellWord[]
  readonly redirects: readonly ShellRedirect[]
  /** Started with `&`. */
  readonly background: boolean
}

/** A command, or the beginning or end of a subshell (where a change of folder stays inside). */
export type ShellItem = ShellCommand | { readonly type: 'enter' } | { readonly type: 'leave' }

/** Limits against hostile input: what lies beyond is not read. */
const limits = { length: 65_536, items: 512, depth: 12 }

/** Words that begin or end a compound command and are no command themselves. */
const keywords = new Set([
  'if',
  'then',
  'else',
  'elif',
  'fi',
  'while',
  'until',
  'do',
  'done',
  'esac',
  '{',
  '}',
  '!',
  'coproc',
])

/**
 * Reads a POSIX or Bash command line into simple commands: quotes, escapes, lists, pipelines, subshells, command and
 * process substitutions (their commands count: the shell runs them), redirections, here-documents (skipped), compound
 * commands (their parts). It reads; it never runs, expands or looks anything up. It never throws: of a line that no
 * shell would accept it makes what it can.
 *
 * @param source at most the first 65,536 UTF-16 code units are read
 */
export function readShell(source: string): ShellItem[] {
  const items: ShellItem[] = []
  new Reader(source.slice(0, limits.length), items, 0).list(undefined)
  return items
}

class Reader {
  readonly #source: string
  readonly #items: ShellItem[]
  readonly #depth: number
  #at = 0
  /** How many `case … esac` are open. */
  #cases = 0
  #words: ShellWord[] = []
  #redirects: ShellRedirect[] = []
  #hereDocuments: { delimiter: string; tabs: boolean }[] = []

  constructor(source: string, items: ShellItem[], depth: number) {
    this.#source = source
    this.#items = items
    this.#depth = depth
  }

  /** Reads commands until `close` (a parenthesis) or the end. */
  list(close: ')' | undefined): void {
    while (this.#at < this.#source.length && this.#items.length < limits.items) {
      const character = this.#source.charAt(this.#at)
      if (character === ' ' || character === '\t' || character === '\r') this.#at++
      else if (character === '\n') this.#newLine()
      else if (this.#peek(2) === '\\\n') this.#at += 2
      else if (character === '#') this.#skipTo('\n')
      else if (character === ')') {
        this.#at++
        if (close) break
      } else if (character === '(') this.#parenthesis()
      else if (this.#peek(2) === ';;') this.#branch()
      else if (character === ';') this.#end(false, 1)
      else if (character === '|') this.#end(false, /^\|[|&]/.test(this.#peek(2)) ? 2 : 1)
      else if (character === '&' && this.#peek(2) === '&>') this.#redirect()
      else if (character === '&') this.#end(this.#peek(2) !== '&&', this.#peek(2) === '&&' ? 2 : 1)
      else if ((character === '<' || character === '>') && this.#source.charAt(this.#at + 1) !== '(') {
        if (this.#inTest()) this.#at++
        else this.#redirect()
      } else this.#commandWord()
    }
    this.#end(false, 0)
  }

  #peek(length: number): string {
    return this.#source.substr(this.#at, length)
  }

  #inTest(): boolean {
    return this.#words[0]?.text === '[[' && this.#words.at(-1)?.text !== ']]'
  }

  #skipTo(text: string): void {
    const end = this.#source.indexOf(text, this.#at)
    this.#at = end < 0 ? this.#source.length : end
  }

  #end(background: boolean, length: number): void {
    this.#at += length
    if (this.#words.length > 0 || this.#redirects.length > 0) {
      this.#items.push({ type: 'command', words: this.#words, redirects: this.#redirects, background })
      this.#words = []
      this.#redirects = []
    }
  }

  /** The end of a branch of `case`; what follows is the pattern of the next one. */
  #branch(): void {
    this.#end(false, 2)
    if (this.#cases > 0) this.#pattern()
  }

  /** Passes over the pattern of a branch, `a|b)`. */
  #pattern(): void {
    while (/\s/.test(this.#source.charAt(this.#at))) this.#at++
    if (/^esac\b/.test(this.#peek(5))) return
    this.#skipTo(')')
    this.#at++
  }

  #newLine(): void {
    this.#end(false, 1)
    for (const { delimiter, tabs } of this.#hereDocuments.splice(0)) {
      while (this.#at < this.#source.length) {
        const start = this.#at
        this.#skipTo('\n')
        const line = this.#source.slice(start, this.#at)
        this.#at++
        if ((tabs ? line.replace(/^\t+/, '') : line) === delimiter) break
      }
    }
  }

  #parenthesis(): void {
    if (this.#peek(2) === '((') {
      this.#skipTo('))')
      this.#at += 2
    } else if (this.#words.length > 0) {
      // The definition of a function, `name () …`: no command.
      this.#at++
      this.#words = []
    } else {
      this.#at++
      this.#nested()
    }
  }

  /** Reads a subshell whose opening is behind us. */
  #nested(): void {
    if (this.#depth >= limits.depth || this.#items.length >= limits.items) {
      this.#at = this.#source.length
      return
    }
    this.#items.push({ type: 'enter' })
    const inner = new Reader(this.#source, this.#items, this.#depth + 1)
    inner.#at = this.#at
    inner.list(')')
    this.#at = inner.#at
    this.#items.push({ type: 'leave' })
  }

  #redirect(): void {
    const operator = /^(?:&>>?|>>|>\||>&|<<<|<<-?|<&|<>|>|<)/.exec(this.#peek(3))?.[0] ?? '>'
    this.#at += operator.length
    while (/[ \t]/.test(this.#source.charAt(this.#at))) this.#at++
    const target = this.#word()
    if (operator === '<<' || operator === '<<-') {
      this.#hereDocuments.push({ delimiter: target.text, tabs: operator === '<<-' })
    } else if (operator !== '<<<' && target.text !== '' && !(operator.endsWith('&') && /^[0-9-]+$/.test(target.text))) {
      this.#redirects.push({ operator, target })
    }
  }

  #commandWord(): void {
    const start = this.#at
    const word = this.#word()
    // Nothing was read: a character that has no meaning here.
    if (this.#at === start) this.#at++
    else if (/^[0-9]+$/.test(this.#source.slice(start, this.#at)) && /[<>]/.test(this.#source.charAt(this.#at))) {
      // The number of a file descriptor in front of a redirection.
    } else if (this.#words.length === 0 && word.literal && keywords.has(word.text)) {
      if (word.text === 'esac') this.#cases--
    } else if (this.#words.length === 0 && /^(?:for|select|case|function)$/.test(word.text)) {
      this.#header(word.text)
    } else this.#words.push(word)
  }

  /** Passes over `for x in …`, `case … in` and `function name`. */
  #header(keyword: string): void {
    for (let words = 0; this.#at < this.#source.length && words < limits.items; ) {
      const character = this.#source.charAt(this.#at)
      if (character === ' ' || character === '\t') this.#at++
      else if (character === '\n' || character === ';') return
      else {
        const start = this.#at
        const word = this.#word()
        words++
        if (this.#at === start) this.#at++
        if (keyword === 'case' && word.text === 'in') {
          this.#cases++
          this.#pattern()
          return
        }
        if (keyword === 'function') return
      }
    }
  }

  /** Reads one word; the text is what remains when quotes are removed and nothing is expanded. */
  #word(): ShellWord {
    let text = ''
    let literal = true
    while (this.#at < this.#source.length) {
      const character = this.#source.charAt(this.#at)
      if (/[\s;&|)]/.test(character)) break
      if (character === '<' || character === '>') {
        if (this.#source.charAt(this.#at + 1) !== '(' || text !== '') {
          if (!this.#inTest()) break
          text += character
          this.#at++
          continue
        }
        this.#at += 2
        this.#nested()
        literal = false
        continue
      }
      if (character === '(') {
        // `name=( … )` is an array; a parenthesis elsewhere ends the word.
        if (!/^[A-Za-z_][A-Za-z0-9_]*\+?=$/.test(text)) break
        this.#skipTo(')')
        this.#at++
        literal = false
      } else if (character === "'") text += this.#singleQuoted(this.#at + 1)
      else if (character === '"') {
        const quoted = this.#doubleQuoted()
        text += quoted.text
        literal &&= quoted.literal
      } else if (character === '\\') {
        if (this.#source.charAt(this.#at + 1) !== '\n') text += this.#source.charAt(this.#at + 1)
        this.#at += 2
      } else if (character === '$' || character === '`') {
        const expansion = this.#expansion()
        text += expansion.text
        literal &&= expansion.literal
      } else {
        text += character
        this.#at++
      }
    }
    return { text, literal }
  }

  #singleQuoted(start: number): string {
    const end = this.#source.indexOf("'", start)
    const stop = end < 0 ? this.#source.length : end
    this.#at = stop + 1
    return this.#source.slice(start, stop)
  }

  #doubleQuoted(): ShellWord {
    let text = ''
    let literal = true
    this.#at++
    while (this.#at < this.#source.length) {
      const character = this.#source.charAt(this.#at)
      if (character === '"') {
        this.#at++
        break
      }
      if (character === '\\') {
        const next = this.#source.charAt(this.#at + 1)
        if (next !== '\n') text += /["\\$`]/.test(next) ? next : `\\${next}`
        this.#at += 2
      } else if (character === '$' || character === '`') {
        const expansion = this.#expansion(true)
        text += expansion.text
        literal &&= expansion.literal
      } else {
        text += character
        this.#at++
      }
    }
    return { text, literal }
  }

  /** Reads what begins with `$` or a backtick. The text is as written, shortened for commands. */
  #expansion(quoted = false): ShellWord {
    const start = this.#at
    if (this.#peek(1) === '`') {
      let end = start + 1
      while (end < this.#source.length && this.#source.charAt(end) !== '`')
        end += this.#source.charAt(end) === '\\' ? 2 : 1
      this.#at = end + 1
      this.#substitution(this.#source.slice(start + 1, end).replace(/\\([`\\$])/g, '$1'))
      return { text: '$(…)', literal: false }
    }
    if (this.#peek(3) === '$((') {
      this.#skipTo('))')
      this.#at += 2
      return { text: '$((…))', literal: false }
    }
    if (this.#peek(2) === '$(') {
      this.#at += 2
      this.#nested()
      return { text: '$(…)', literal: false }
    }
    if (this.#peek(2) === "$'" && !quoted) {
      this.#at += 2
      let text = ''
      while (this.#at < this.#source.length && this.#source.charAt(this.#at) !== "'") {
        if (this.#source.charAt(this.#at) === '\\') this.#at++
        text += this.#source.charAt(this.#at)
        this.#at++
      }
      this.#at++
      return { text, literal: false }
    }
    if (this.#peek(2) === '${') {
      this.#skipTo('}')
      this.#at++
    } else this.#at += /^\$(?:[A-Za-z_][A-Za-z0-9_]*|[0-9@*#?$!-])?/.exec(this.#peek(256))?.[0].length ?? 1
    const text = this.#source.slice(start, this.#at)
    return { text, literal: text === '$' }
  }

  #substitution(source: string): void {
    if (this.#depth >= limits.depth || this.#items.length >= limits.items) return
    this.#items.push({ type: 'enter' })
    new Reader(source, this.#items, this.#depth + 1).list(undefined)
    this.#items.push({ type: 'leave' })
  }
}
