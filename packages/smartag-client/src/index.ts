export { products, versions } from './generated/products.ts'
export type * from './operations.ts'
