// What the types for Python are made of, shown with made-up schemas.
import { expect, it } from 'vitest'
import { typesSource } from '../gen/python.mjs'

const text = (description, more = {}) => ({ type: 'string', description, ...more })
const thing = {
  title: 'Thing',
  description: 'A thing.',
  type: 'object',
  required: ['id', 'size'],
  properties: {
    id: text('Its name.', { minLength: 1, examples: ['a "b"'] }),
    size: { type: ['number', 'null'], description: 'Its size.', minimum: 0 },
    kind: text('What it is.'),
    state: { description: 'How it is.', enum: ['on', 'off'] },
    parts: { type: 'array', description: 'Its parts.', items: { $ref: 'part.json' } },
    counts: { type: 'object', description: 'Counts.', properties: { red: { type: 'integer', description: 'Red.' } } },
    anything: { description: 'Whatever.' },
  },
}
const part = {
  title: 'Part',
  description: 'A part. "Quoted"',
  type: 'object',
  required: ['pass'],
  properties: { pass: { type: 'boolean', description: 'Whether it is good.' } },
}
const registry = [{ name: 'thing.kind', places: ['thing.json#/properties/kind'], values: ['big', 'small'] }]
const source = typesSource(
  new Map([
    ['thing.json', thing],
    ['part.json', part],
  ]),
  registry,
)

it('puts required members into a base class, as Python 3.9 has no other way', () => {
  expect(source).toContain('class _ThingRequired(TypedDict):\n    id: str\n')
  expect(source).toContain('    size: Optional[float]\n    """Its size. At least 0."""\n')
  expect(source).toContain('class Thing(_ThingRequired, total=False):\n    """A thing."""\n')
})

it('tells open vocabularies from closed ones', () => {
  expect(source).toContain('ThingKind = Union[\n    Literal[\n        "big",\n        "small",\n    ],\n    str,\n]\n')
  expect(source).toContain('    kind: ThingKind\n')
  expect(source).toContain('    state: Literal["on", "off"]\n')
})

it('names what is written in place, refers to the others, and leaves open what is', () => {
  expect(source).toContain('class ThingCounts(TypedDict, total=False):')
  expect(source).toContain('    counts: ThingCounts\n')
  expect(source).toContain('    parts: List[Part]\n')
  expect(source).toContain('    anything: Any\n')
})

it('writes key words of Python as members, too', () => {
  expect(source).toContain('_PartKeywords = TypedDict("_PartKeywords", {"pass": bool})\n')
  expect(source).toContain('class Part(_PartKeywords):\n')
})

it('quotes texts so that they stay texts', () => {
  expect(source).toContain('    """A part. "Quoted\\""""\n')
  expect(source).toContain('    """Its name. Not empty.\n\n    Example: ``"a \\\\"b\\\\""``"""\n')
})

it('refuses two types of one name', () => {
  expect(() => typesSource(new Map([['thing.json', { ...part, title: 'ThingKind' }]]), registry)).toThrow('ThingKind')
})
