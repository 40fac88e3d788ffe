import { integerField, type Param, stringField, text } from '../../../declare/index.ts'
import { isDnsServer } from '../../../model/client-dns.ts'
import {
  type DnsForwardEntry,
  domainOf,
  outboundPort,
  outboundPorts,
  outboundTypes,
} from '../../../model/dns-forward.ts'
import { newerParams } from '../ports/newer-box.ts'

// What the operations on DNS forwards ask for and show alike.

const { CrossAccount: _, ResourceUid: __, ...ofDevice } = newerParams

export const forwardParams = ofDevice

export const forwardId: Param<string, 'MissParameter.InstanceId'> = text()
  .required('MissParameter.InstanceId')
  .example('sagv3dnsforward-nc7qabskj17werc7su')
  .about('The ID of the forward.', 'DNS 转发条目的 ID。')

/** All but the index of the port, which is a text in one operation and a number in the other (D). */
export const settingParams = {
  Domain: text()
    .required('MissParameter.Domain')
    .readsAs(domainOf)
    .invalid('InvalidParameter.Domain')
    .example('example.com')
    .about(
      'Names of it and all below it are forwarded; `*`: all names.',
      '转发该域名及其所有子域名；`*` 表示所有域名。',
    ),
  MasterIp: text()
    .required('MissParameter.MasterIp')
    .satisfies(isDnsServer)
    .invalid('InvalidParameter.MasterIp')
    .example('198.51.100.53')
    .about('The server that they are asked of.', '主 DNS 服务器。'),
  SlaveIp: text()
    .satisfies(isDnsServer)
    .invalid('InvalidParameter.SlaveIp')
    .example('198.51.100.54')
    .about('The one that is asked when the other does not answer.', '备 DNS 服务器，主服务器无应答时使用。'),
  Mode: text()
    .matches(/^[\w-]{1,32}$/)
    .invalid('InvalidParameter.Mode')
    .default('first')
    .example('first')
    .about('Kept and shown; nothing follows from it.', '仅保存并可查询，不影响转发。'),
  OutboundPortType: text()
    .oneOf(...outboundTypes)
    .invalid('InvalidParameter.OutboundPortType')
    .default('None')
    .example('PhysicalPort')
    .about(
      '`Tunnel`: the servers are asked inside the network. `PhysicalPort`: through one port. `None`: as routes say.',
      '`Tunnel`：经隧道；`PhysicalPort`：经指定端口；`None`：由路由决定。',
    ),
  OutboundPortName: text()
    .example('eth0')
    .about(
      'With `PhysicalPort`: `eth0`, or `lte` of the mobile line. The index says the same.',
      '与 `PhysicalPort` 同时使用：`eth0`，或 4G/5G 的 `lte`。与序号含义相同。',
    ),
} as const

export const aboutIndex = [
  'With `PhysicalPort`: 0 is `eth0`, 2 is `lte`.',
  '与 `PhysicalPort` 同时使用：0 为 `eth0`，2 为 `lte`。',
] as const

export interface WantedForward {
  readonly Domain: string
  readonly MasterIp: string
  readonly SlaveIp: string | undefined
  readonly Mode: string
  readonly OutboundPortType: DnsForwardEntry['type']
  readonly OutboundPortName: string | undefined
}

type PortCode = 'InvalidParameter.OutboundPortIndex' | 'InvalidParameter.OutboundPortName'

/** What a call asks for. The port is looked at with `PhysicalPort` only (D). @param index none: NaN stands for one that there is not */
export function wantedForward(
  { Domain, MasterIp, SlaveIp, Mode, OutboundPortType, OutboundPortName }: WantedForward,
  index: number | undefined,
  fail: (code: PortCode) => Error,
): Omit<DnsForwardEntry, 'id'> {
  const slave = SlaveIp === undefined ? {} : { slave: SlaveIp }
  const entry = { domain: Domain, master: MasterIp, ...slave, mode: Mode, type: OutboundPortType }
  if (OutboundPortType !== 'PhysicalPort') return entry
  const port = outboundPort(index, OutboundPortName)
  if (port === 'no such name') throw fail('InvalidParameter.OutboundPortName')
  if (port === 'no such index' || port === undefined) throw fail('InvalidParameter.OutboundPortIndex')
  return { ...entry, port }
}

export const forwardFields = {
  InstanceId: stringField,
  Domain: stringField,
  MasterIp: stringField,
  SlaveIp: stringField,
  Mode: stringField,
  OutboundPortType: stringField,
  OutboundPortIndex: integerField,
  OutboundPortName: stringField,
} as const

export function forwardView({ id, domain, master, slave, mode, type, port }: DnsForwardEntry) {
  return {
    InstanceId: id,
    Domain: domain,
    MasterIp: master,
    SlaveIp: slave,
    Mode: mode,
    OutboundPortType: type,
    OutboundPortIndex: port,
    OutboundPortName: outboundPorts.find(({ index }) => index === port)?.name,
  }
}
