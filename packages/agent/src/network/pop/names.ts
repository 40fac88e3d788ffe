/**
 * Names that a point of presence gives (docs/network.md). They follow from numbers of the configuration, so that whatever
 * bears one is found again after a restart.
 */

/** Of the network namespaces of cloud connect networks. */
export const namespacePrefix = 'opensag-ccn-'

export function namespaceOf(network: number, prefix = namespacePrefix): string {
  return `${prefix}${network}`
}

/** The number of the network whose namespace it is; undefined: it is none of ours. */
export function networkIn(namespace: string, prefix = namespacePrefix): number | undefined {
  if (!namespace.startsWith(prefix)) return undefined
  const number = namespace.slice(prefix.length)
  return /^[1-9]\d{0,6}$/.test(number) ? Number(number) : undefined
}

/** The link of a member, in the namespace of its network. */
export function linkOf({ vni }: { readonly vni: number }): string {
  return `${linkPrefix}${vni}`
}
export const linkPrefix = 'vx'

/** The link to the other point of presence, in each namespace. */
export const meshLink = 'mesh'
/** Its VNI is this and the number of the network: no member has one as high. */
export const meshVniBase = 2 ** 23

/** What a packet bears that a member sent while members do not reach one another, and the table that is then looked up. */
export const isolatedMark = 1
export const isolatedTable = 100
/** The mark and the table by which the source of a packet is looked up that is not among the prefixes of its member. */
export const learntMark = 2
export const learntTable = 101
