import { expect, it, vi } from 'vitest'
import { loadPrices } from '../../src/prices/index.ts'

vi.mock('@pydantic/genai-prices', () => {
  throw new Error("Cannot find package '@pydantic/genai-prices'")
})

it('says what to install', async () => {
  await expect(loadPrices()).rejects.toMatchObject({
    code: 'prices.not_installed',
    message: expect.stringContaining('npm install @pydantic/genai-prices'),
  })
})
