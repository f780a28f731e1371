import { expect, it, vi } from 'vitest'
import { engine } from '#ed25519'
import { engine as portable } from '../../src/sign/ed25519-portable.ts'
import { describeVectors } from './vector-cases.ts'

vi.mock('#ed25519', () => import('../../src/sign/ed25519-portable.ts'))
vi.mock('#sha256', () => import('../../src/hash/sha256-portable.ts'))

it('is the portable engine that verifies here', () => {
  expect(engine).toBe(portable)
})

describeVectors('portable')
