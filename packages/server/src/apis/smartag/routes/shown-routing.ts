import type { BoxReport } from '@opensag/protocol'
import { direct, stringField } from '../../../declare/index.ts'

/** How ports are shown, with what is spoken at them. */
export const shownPorts = direct({
  PortName: stringField,
  Vlan: stringField,
  RouteProtocol: stringField,
  Status: stringField,
  RemoteIp: stringField,
  RemoteAs: stringField,
  NeighborIp: stringField,
})

type Shown = Readonly<Record<string, string | undefined>>

/** A VLAN is told of leased lines alone. Undefined: the box says nothing of it. */
export function portsOf(report: BoxReport | undefined): readonly Shown[] | undefined {
  const leased = report?.ports.filter(({ role }) => role === 'ECC').map(({ name }) => name)
  return report?.routing?.ports.map(({ port, vlan, protocol, remote, isUp, neighbor }) => ({
    PortName: port,
    Vlan: leased?.includes(port) === true ? String(vlan) : undefined,
    RouteProtocol: protocol,
    Status: isUp ? 'UP' : 'DOWN',
    RemoteIp: remote?.ip,
    RemoteAs: remote && String(remote.as),
    NeighborIp: neighbor,
  }))
}

/** Of the key only whether there is one. */
export function ospfOf(report: BoxReport | undefined) {
  const { routerId, area, hello, dead, authentication, md5KeyId, hasMd5Key } = report?.routing?.ospf ?? {}
  return {
    RouterId: routerId,
    AreaId: area,
    HelloTime: hello,
    DeadTime: dead,
    AuthenticationType: authentication,
    Md5KeyId: md5KeyId,
    Md5Key: hasMd5Key === true ? '******' : undefined,
  }
}

export function bgpOf(report: BoxReport | undefined) {
  const { routerId, as, keepAlive, hold } = report?.routing?.bgp ?? {}
  return { RouterId: routerId, LocalAs: as, KeepAlive: keepAlive, HoldTime: hold }
}
