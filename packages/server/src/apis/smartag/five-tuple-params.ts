import { type Param, text } from '../../declare/index.ts'
import { isNetwork, portsOf, protocolOf } from '../../model/five-tuple.ts'

// Which packets a rule is about, as several families ask for it.

export const protocol: Param<string | undefined> = text()
  .satisfies((value) => protocolOf(value) !== undefined)
  .example('TCP')
  .about(
    'The protocol, in upper or lower case: `ALL`, `TCP`, `UDP`, `ICMP`, `GRE`, or TCP to a port by name, such as `SSH(22)` or `HTTPS(443)`.',
    '协议，不区分大小写：`ALL`、`TCP`、`UDP`、`ICMP`、`GRE`，或带端口的 TCP 服务名，例如 `SSH(22)`、`HTTPS(443)`。',
  )

export const network: Param<string | undefined> = text().satisfies(isNetwork).example('10.10.10.0/24')

export const ports: Param<string | undefined> = text()
  .satisfies((value) => portsOf(value) !== undefined)
  .example('80/80')

/** In several languages the same everywhere. */
export const aboutTuple = {
  source: ['Where packets come from; `0.0.0.0/0` is everywhere.', '源网段，`0.0.0.0/0` 表示任意。'],
  dest: ['Where packets go; `0.0.0.0/0` is everywhere.', '目的网段，`0.0.0.0/0` 表示任意。'],
  sourcePorts: [
    'Source ports, `from/to`; `-1/-1` is all of them.',
    '源端口范围，格式为 `起始/结束`，`-1/-1` 表示全部。',
  ],
  destPorts: [
    'Destination ports, `from/to`; `-1/-1` is all of them. Of a protocol with a port: that port.',
    '目的端口范围，格式为 `起始/结束`，`-1/-1` 表示全部；带端口的协议须填写该端口。',
  ],
} as const
