export { type Api, api, type Product, serviceOf } from './api.ts'
export { type ErrorRow, type ErrorTable, Refusal } from './errors.ts'
export {
  type Access,
  type Check,
  declaring,
  type Operation,
  type ParsedRequest,
  type Transaction,
} from './operation.ts'
export * from './params.ts'
export * from './results.ts'
export type { Texts } from './texts.ts'
