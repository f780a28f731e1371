import { describe, expect, it } from 'vitest'
import { joinCommand, splitCommand } from '../../src/verifier/command-line.ts'

describe('a command', () => {
  it.each<[string, readonly string[]]>([
    ['python3 harness.py', ['python3', 'harness.py']],
    ['  a\t b  ', ['a', 'b']],
    [`node "my harness.mjs" 'it''s' ""`, ['node', 'my harness.mjs', 'its', '']],
    ['a\\ b "c\\"d\\\\" \'e\\f\' "g\\h"', ['a b', 'c"d\\', 'e\\f', 'g\\h']],
    ['$HOME/* | cat', ['$HOME/*', '|', 'cat']],
  ])('%s', (text, words) => {
    expect(splitCommand(text)).toEqual(words)
  })

  it.each([
    ['', 'the command is empty'],
    ['  ', 'the command is empty'],
    ["''", 'the command is empty'],
    ['a "b', 'the command has a " that is not closed'],
    ["a 'b", "the command has a ' that is not closed"],
    ['a \\', 'the command ends with a backslash'],
  ])('%s is none', (text, message) => {
    expect(() => splitCommand(text)).toThrow(new SyntaxError(message))
  })

  it('is shown so that a shell understands it', () => {
    expect(joinCommand(['node', './a b', "it's", '$x', '-v=1'])).toBe(`node './a b' 'it'\\''s' '$x' -v=1`)
  })
})
