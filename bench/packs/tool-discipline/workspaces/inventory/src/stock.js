// TODO: reorder levels
export const stock = new Map()

export function take(sku, count) {
  // TODO refuse negative counts
  const left = (stock.get(sku) ?? 0) - count
  if (left < 0) throw new RangeError('not enough')
  stock.set(sku, left)
}
