/** An IPv4 network by its first and last address as numbers. */
export interface Block {
  readonly cidr: string
  readonly first: number
  readonly last: number
  readonly length: number
}

export function addressNumber(text: string): number | undefined {
  const parts = text.trim().split('.')
  if (parts.length !== 4) return undefined
  let number = 0
  for (const part of parts) {
    if (!/^(0|[1-9][0-9]{0,2})$/.test(part) || Number(part) > 255) return undefined
    number = number * 256 + Number(part)
  }
  return number
}

export function addressText(number: number): string {
  return [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join('.')
}

export function blockAt(first: number, length: number): Block {
  return { cidr: `${addressText(first)}/${length}`, first, last: first + 2 ** (32 - length) - 1, length }
}

/** Undefined for what is no network: the API says then what is wrong with it. */
export function parseBlock(text: string): Block | undefined {
  const [address = '', mask = '', ...rest] = text.trim().split('/')
  const first = addressNumber(address)
  const length = Number(mask)
  if (first === undefined || rest.length > 0 || !/^\d{1,2}$/.test(mask) || length > 32) return undefined
  return first % 2 ** (32 - length) === 0 ? blockAt(first, length) : undefined
}

export function parseBlocks(list: string | undefined): readonly Block[] {
  return (list ?? '').split(',').flatMap((entry) => parseBlock(entry) ?? [])
}

export function overlap(one: Block, other: Block): boolean {
  return one.first <= other.last && other.first <= one.last
}

export function within(outer: Block, inner: Block): boolean {
  return outer.first <= inner.first && inner.last <= outer.last
}

/** The network of a length that an address is in. */
export function enclosing(address: number, length: number): Block {
  return blockAt(address - (address % 2 ** (32 - length)), length)
}
