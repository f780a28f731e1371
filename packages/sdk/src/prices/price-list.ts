import type { Cost } from '@agent-run/types'

/** What a call is priced by: one request to a model, since long prompts have other prices than short ones. */
export interface PricedCall {
  /** What the call consumed; `cost.model` is the model. */
  readonly cost: Cost
  /** Provider or its platform as the source calls it, such as `anthropic` or `aws.bedrock`; concluded from the model if absent. */
  readonly provider?: string
  /** When the call was made, RFC 3339. A model whose price has changed has no price at an unknown time. */
  readonly at?: string | null
}

/** Computes prices. Pure. */
export interface PriceList {
  /** Where the prices come from and of when, e.g. `@pydantic/genai-prices 0.1.8`; written as `price_source`, with the matched model. */
  readonly name: string
  /** The same cost with `cost_usd`, `price_basis: 'computed'` and `price_source`; unchanged if it has a price, or the model, provider or tokens are unknown. */
  price(call: PricedCall): Cost
}
