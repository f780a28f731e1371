export { loadPrices } from './load-prices.ts'
export type { PricedCall, PriceList } from './price-list.ts'
