// schemas/*.json and spec/registry.md → the types of the Rust crate, and the data that its validator embeds.
import { readText } from '../markdown.mjs'
import { readRegistry } from '../registry.mjs'
import { readSchemas } from '../schemas.mjs'
import { inlineCode } from './rust-doc.mjs'
import { structSource } from './rust-struct.mjs'
import { standardData } from './standard-data.mjs'

const FOLDER = 'crates/agent-run-types/src/generated'
const banner = (sources) => `// Generated from ${sources} by "npm run gen". Do not edit.\n\n`

/** @returns {Record<string, string>} path from the root → content of the generated files */
export const rust = (root) => {
  const schemas = readSchemas(root)
  const vocabularies = readRegistry(readText(root, 'spec/registry.md')).map((vocabulary) => ({
    ...vocabulary,
    type: pascal(vocabulary.name),
  }))
  const named = (file) => schemas.get(file).title
  const openTypes = new Map(vocabularies.flatMap(({ type, places }) => places.map((place) => [place, type])))
  const member = (place) => place.replace(/^(.*)#\/properties\//, (_, file) => `${named(file)}::`)
  const found = [...schemas].map(([file, schema]) => structSource(schema.title, file, schema, { named, openTypes }))
  const structs = found.flatMap((each) => each.structs)
  const enums = found.flatMap((each) => each.enums)
  refuseDoubles([...structs, ...enums, ...vocabularies].map(({ type }) => type))
  return {
    [`${FOLDER}/mod.rs`]: `${banner('schemas/ and spec/registry.md')}mod closed;\nmod objects;\nmod open;\n\npub use closed::*;\npub use objects::*;\npub use open::*;\n`,
    [`${FOLDER}/objects.rs`]: `${banner('schemas/')}${OBJECTS_HEAD}${structs.map(({ source }) => source).join('')}`,
    [`${FOLDER}/closed.rs`]: `${banner('schemas/')}use crate::vocabulary::closed_vocabulary;\n${enums.map(closedSource).join('')}`,
    [`${FOLDER}/open.rs`]: `${banner('spec/registry.md')}use crate::vocabulary::open_vocabulary;\n${vocabularies.map((each) => openSource({ ...each, places: each.places.map(member) })).join('')}`,
    [`${FOLDER}/standard.json`]: `${JSON.stringify(standardData(root))}\n`,
  }
}

const OBJECTS_HEAD = `use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{closed::*, open::*};
use crate::number;
use crate::presence::{nullable, present};
use crate::Nullable;
`

/** \`side_effect.kind\` → \`SideEffectKind\`. */
export const pascal = (name) =>
  name
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('')

/** A value of a vocabulary as a variant; one that begins with a digit gets a letter before it. */
const variant = (value) => {
  const name = pascal(value)
  return /^[0-9]/.test(name) ? `V${name}` : name
}

const closedSource = ({ type, place, values }) => `
closed_vocabulary! {
    /// Values of ${inlineCode(place)}.
    ${type} {
${values.map((value) => `        ${variant(value)} = ${JSON.stringify(value)},\n`).join('')}    }
}
`

const openSource = ({ type, places, values, meanings }) => `
open_vocabulary! {
    /// Values of ${places.map(inlineCode).join(' and ')}: those registered, or any other.
    ${type} {
${values
  // The registered value \`other\` is what the variant \`Other\` holds.
  .filter((value) => value !== 'other')
  .map((value) => `        /// ${sentence(meanings[value])}\n        ${variant(value)} = ${JSON.stringify(value)},\n`)
  .join('')}    }
}
`

/** A meaning as the registry's table has it, as a sentence. */
const sentence = (meaning) => `${meaning.slice(0, 1).toUpperCase()}${meaning.slice(1)}.`

const refuseDoubles = (names) => {
  const double = names.find((name, at) => names.indexOf(name) !== at)
  if (double !== undefined) throw new Error(`two Rust types would be named ${double}`)
}
