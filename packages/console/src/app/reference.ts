import type { ApiReference, OperationEntry } from '@opensag/rules'
import type { Product } from '@opensag/smartag-client'

let asked: Promise<ApiReference> | undefined

/** The server's reference, asked for once. */
export function reference(): Promise<ApiReference> {
  asked ??= fetchReference()
  return asked
}

/** The declaration of one operation; undefined when this server does not have it. */
export async function operationEntry(product: Product, name: string): Promise<OperationEntry | undefined> {
  const { apis } = await reference()
  const api = apis.find((one) => one.product === product)
  return api?.families.flatMap(({ operations }) => operations).find((operation) => operation.name === name)
}

async function fetchReference(): Promise<ApiReference> {
  try {
    const response = await fetch('/api-reference.json', { credentials: 'omit' })
    if (!response.ok) throw new Error(`/api-reference.json answered ${response.status}.`)
    return (await response.json()) as ApiReference
  } catch (error) {
    // The next who asks tries again.
    asked = undefined
    throw error
  }
}
