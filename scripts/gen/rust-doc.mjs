// Doc comments of generated Rust: descriptions of the schemas as rustdoc reads Markdown.
import { documented } from './member-doc.mjs'

/** Text between back quotes. */
export const inlineCode = (text) => `\`${text}\``

/** What the doc comment of a member says: its description, the form that its type cannot say, and an example. */
export const memberDoc = (property) => {
  const { examples: [example] = [], deprecated, ...rest } = property
  const text = documented(rest)
  const lines = [deprecated ? `Deprecated. ${text}` : text]
  if (example !== undefined) lines.push('', `Example: ${inlineCode(JSON.stringify(example))}`)
  return lines.join('\n')
}

/** The lines of a doc comment, indented. */
export const docComment = (text, indent = '') =>
  text
    .split('\n')
    .map((line) => `${indent}///${line === '' ? '' : ` ${plain(line)}`}\n`)
    .join('')

/** Outside back quotes brackets would be links and angle brackets tags; addresses are links only in angle brackets. */
const plain = (line) =>
  line
    .split(/(`[^`]*`)/)
    .map((part, at) =>
      at % 2 === 1 ? part : part.replace(/[[\]<>]/g, '\\$&').replace(/https?:\/\/[^\s)]*[^\s).,]/g, '<$&>'),
    )
    .join('')
