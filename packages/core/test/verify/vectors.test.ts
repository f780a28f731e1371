import { expect, it } from 'vitest'
import { engine } from '#ed25519'
import { engine as portable } from '../../src/sign/ed25519-portable.ts'
import { describeVectors } from './vector-cases.ts'

it('is not the portable engine that verifies here', () => {
  expect(engine.verify.toString()).not.toBe(portable.verify.toString())
})

describeVectors('node:crypto')
