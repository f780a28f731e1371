// TODO: one line a shelf
export const report = (stock) => [...stock].map(([sku, left]) => `${sku} ${left}`).join('\n')
