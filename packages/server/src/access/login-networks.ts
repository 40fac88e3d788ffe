import { BlockList, isIP } from 'node:net'
import type { SecurityPreference } from '../model/security-preference.ts'

/** At most 40 blocks and 512 characters (D). */
export function areNetworkMasks(text: string): boolean {
  const blocks = text.split(';')
  return text.length <= 512 && blocks.length <= 40 && blocks.every((block) => blockIn(block) !== undefined)
}

/** Whether a user at that address may log on. An address that is not known is outside every block. */
export function mayLogOnFrom({ loginNetworkMasks }: SecurityPreference, address: string | undefined): boolean {
  if (loginNetworkMasks === '') return true
  const source = (address ?? '').replace(/^::ffff:(?=\d+\.)/i, '')
  const version = isIP(source)
  if (version === 0) return false
  const allowed = new BlockList()
  for (const text of loginNetworkMasks.split(';')) {
    const block = blockIn(text)
    if (block !== undefined) allowed.addSubnet(block.network, block.length, block.family)
  }
  return allowed.check(source, familyOf(version))
}

/** An address, or a block of addresses. */
function blockIn(
  text: string,
): { readonly network: string; readonly length: number; readonly family: 'ipv4' | 'ipv6' } | undefined {
  const [, network = '', prefix] = /^\s*([0-9A-Fa-f:.]+)(?:\/(\d{1,3}))?\s*$/.exec(text) ?? []
  const version = isIP(network)
  const most = version === 4 ? 32 : 128
  const length = prefix === undefined ? most : Number(prefix)
  return version === 0 || length > most ? undefined : { network, length, family: familyOf(version) }
}

function familyOf(version: number): 'ipv4' | 'ipv6' {
  return version === 4 ? 'ipv4' : 'ipv6'
}
