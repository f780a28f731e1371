import { visible, wrap } from '@agent-run/core/text'
import { Failure } from '../failure.ts'
import { explanationOf } from '../format/explanation.ts'
import { errorCodes } from '../generated/error-codes.ts'
import { sentences, verdictWords } from '../generated/explanations.ts'
import { nearestName } from '../terminal/nearest.ts'

const WIDTH = 86

/**
 * What a code of a finding, a sentence of the standard, or a word of a verdict means: a heading and a few short lines.
 * @throws {Failure} for what is none of them
 */
export function explain(word: string): string {
  const explained = explainedCode(word) ?? explainedSentence(word.toUpperCase()) ?? explainedWord(word.toLowerCase())
  if (explained !== undefined) return explained
  const near = nearestName(word, [...Object.keys(errorCodes), ...Object.keys(sentences), ...Object.keys(verdictWords)])
  const hint = near === undefined ? 'spec/errors.md lists them all' : `did you mean ${near}?`
  throw new Failure(`there is no code "${visible(word)}" (${hint})`)
}

const explainedCode = (code: string): string | undefined => {
  const explanation = explanationOf(code)
  if (explanation === undefined) return undefined
  const { severity, requirement, means, hint } = explanation
  const rows = `${code}  ${severity}\n  means       ${means}\n  what to do  ${hint}\n`
  if (requirement === undefined) return `${rows}  sentence    named by each finding\n`
  return `${rows}  sentence    ${requirement}${indented(ownEntry(sentences, requirement)?.text ?? '')}\n`
}

const explainedSentence = (id: string): string | undefined => {
  const sentence = ownEntry(sentences, id)
  if (sentence === undefined) return undefined
  const codes = Object.entries(errorCodes).flatMap(([code, { requirement }]) => (requirement === id ? [code] : []))
  const found = codes.length === 0 ? '' : `  codes       ${codes.join(' ')}\n`
  return `${id}  ${sentence.file}\n  says        ${wrap(sentence.text, WIDTH).join('\n              ')}\n${found}`
}

const explainedWord = (word: string): string | undefined => {
  const entry = ownEntry(verdictWords, word)
  return entry && `${word}  ${entry.sort}\n  means       ${entry.text}\n  more        ${entry.file}\n`
}

const indented = (text: string): string =>
  text === ''
    ? ''
    : wrap(text, WIDTH)
        .map((line) => `\n              ${line}`)
        .join('')

const ownEntry = <T>(entries: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(entries, name) ? entries[name] : undefined
