import type { PopConfig } from '@opensag/protocol'
import { networkOf } from '../openvpn/pool.ts'
import type { RemoteAccess } from '../openvpn/remote-access.ts'
import { interfacesOf, type ServedInstance } from '../openvpn/server-config.ts'
import { namespaceOf } from './names.ts'
import type { Pop } from './pop.ts'
import type { Attachment } from './setup.ts'

/**
 * The remote users of a network are to its members as what is attached to it: reached by all of them, and let in with their own
 * addresses only. The interface itself is OpenVPN's, and nothing of it is set here.
 */
export function attachedUsers({ remoteAccess = [] }: Pick<PopConfig, 'remoteAccess'>): readonly Attachment[] {
  return remoteAccess.flatMap((instance) =>
    instance.pool.map((cidr) => {
      const { gateway, length } = networkOf(cidr)
      const address = `${gateway}/${length}`
      const { ccn, acl } = instance
      return { ccn, interface: interfacesOf(instance).tun, address, prefixes: [cidr], ...(acl && { acl }) }
    }),
  )
}

/** Applies a configuration to the networks of a pop and to its remote users, whose interfaces are in those. */
export async function applyWithUsers(
  { pop, remoteAccess, prefix }: { readonly pop: Pop; readonly remoteAccess: RemoteAccess; readonly prefix: string },
  config: PopConfig | undefined,
): Promise<void> {
  const served = servedBy(config, prefix)
  await remoteAccess.withdraw(served)
  // One tenant's trouble is not that of the others, nor of their users.
  const [networks] = await Promise.allSettled([pop.apply(config)])
  await remoteAccess.apply(served)
  if (networks?.status === 'rejected') throw networks.reason
}

function servedBy(config: PopConfig | undefined, prefix: string): readonly ServedInstance[] {
  const numbers = new Map((config?.networks ?? []).map(({ ccn, number }) => [ccn, number]))
  return (config?.remoteAccess ?? []).flatMap((instance) => {
    const number = numbers.get(instance.ccn)
    return number === undefined ? [] : [{ ...instance, namespace: namespaceOf(number, prefix) }]
  })
}
