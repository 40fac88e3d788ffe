import type { DnsServers } from '@opensag/protocol'
import { type Param, text } from '../../../declare/index.ts'
import { isDnsServer } from '../../../model/client-dns.ts'

// What the operations on the DNS servers of a device ask for alike.

export const masterDns: Param<string | undefined> = text()
  .satisfies(isDnsServer)
  .example('192.0.2.53')
  .about('The server that names are asked of. Left out, there is none.', '主 DNS 服务器。不指定则清除。')

export const slaveDns: Param<string | undefined> = text()
  .satisfies(isDnsServer)
  .example('192.0.2.54')
  .about('The one that is asked when the other does not answer.', '备 DNS 服务器，主服务器无应答时使用。')

/** Both are set by each call: one that is left out is taken away (D). */
export function dnsServers(master: string | undefined, slave: string | undefined): DnsServers {
  return { ...(master === undefined ? {} : { master }), ...(slave === undefined ? {} : { slave }) }
}
