import type { IncomingMessage } from 'node:http'
import { BlockList, isIP, type Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'

/** Tells which of these is neither an address nor a block, and how to write one. */
export function blockMistake(flag: string, blocks: readonly string[]): string | undefined {
  const wrong = blocks.find((block) => parsed(block) === undefined)
  if (wrong === undefined) return undefined
  return `${flag}: "${wrong}" is neither an IP address nor a CIDR block. Write one such as 10.0.0.5 or 10.0.0.0/24.`
}

interface Block {
  readonly address: string
  readonly length: number
  readonly family: 'ipv4' | 'ipv6'
}

function parsed(proxy: string): Block | undefined {
  const [address = '', length, more] = proxy.split('/')
  const family = isIP(address)
  const bits = family === 4 ? 32 : 128
  // A block of everybody is no proxy, and neither is a slip of the pen that would become one.
  const lawful = length === undefined || (/^\d{1,3}$/.test(length) && Number(length) > 0 && Number(length) <= bits)
  if (family === 0 || !lawful || more !== undefined) return undefined
  return { address, length: length === undefined ? bits : Number(length), family: family === 4 ? 'ipv4' : 'ipv6' }
}

/**
 * The proxies that end TLS and say who called.
 *
 * @throws when one of them is no address and no block.
 */
export function trusted(proxies: readonly string[] | undefined): BlockList | undefined {
  if (proxies === undefined || proxies.length === 0) return undefined
  const list = new BlockList()
  const mistake = blockMistake('--trusted-proxy', proxies)
  if (mistake !== undefined) throw new Error(mistake)
  for (const proxy of proxies) {
    const block = parsed(proxy)
    if (block !== undefined) list.addSubnet(block.address, block.length, block.family)
  }
  return list
}

export function isTrusted(proxies: BlockList, address: string | undefined): boolean {
  if (address === undefined) return false
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '')
  return proxies.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4')
}

/** What comes past the proxy did not come over TLS. */
export function rejectStrangers(app: FastifyInstance, proxies: BlockList): void {
  app.server.on('connection', (socket: Socket) => {
    if (!isTrusted(proxies, socket.remoteAddress)) socket.destroy()
  })
}

export function forwardedHost(headers: IncomingMessage['headers']): string | undefined {
  return lastOf(headers['x-forwarded-host'])
}

export function forwardedSecure(headers: IncomingMessage['headers']): boolean | undefined {
  const proto = lastOf(headers['x-forwarded-proto'])
  return proto === undefined ? undefined : proto === 'https'
}

export function forwardedAddress({ headers, socket }: IncomingMessage): string {
  return lastOf(headers['x-forwarded-for']) ?? socket.remoteAddress ?? 'unknown'
}

/** The entry nearest to us is the trusted proxy's own; those before it anybody may have written. */
function lastOf(header: string | readonly string[] | undefined): string | undefined {
  const text = typeof header === 'string' ? header : header?.at(-1)
  return text?.split(',').at(-1)?.trim() || undefined
}
