import { Socket } from 'node:net'
import { expect, it, vi } from 'vitest'

it('fetches nothing: neither when it is loaded nor when it computes', async () => {
  const fetched = vi.spyOn(globalThis, 'fetch')
  const connected = vi.spyOn(Socket.prototype, 'connect')
  const timed = vi.spyOn(globalThis, 'setInterval')
  const { loadPrices } = await import('../../src/prices/index.ts')
  const { updatePrices } = await import('@pydantic/genai-prices')
  const list = await loadPrices()
  for (const model of ['gpt-5', 'nobody-knows-this', 'claude-sonnet-4-5'])
    list.price({ cost: { input_tokens: 10, output_tokens: 1, model }, at: '2030-01-01T00:00:00Z' })
  expect(fetched).not.toHaveBeenCalled()
  expect(connected).not.toHaveBeenCalled()
  expect(timed).not.toHaveBeenCalled()
  // The trap would have seen it.
  updatePrices(({ remoteDataUrl }) => void fetch(remoteDataUrl).catch(() => undefined))
  expect(fetched).toHaveBeenCalledOnce()
})
