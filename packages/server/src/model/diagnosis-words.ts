import type { DiagnosisCheck } from '@opensag/protocol'

interface Texts {
  readonly en: string
  readonly zh: string
}

export type Level = 'info' | 'warning' | 'error'

/** What an outcome means to a reader. `{}` is what the gateway saw. */
export interface Words {
  readonly level: Level
  readonly text: Texts
  readonly advice?: Texts
}

export interface CheckWords {
  /** About how the gateway is set up, or about how its network carries packets. */
  readonly type: 'config' | 'biz'
  readonly name: Texts
  readonly outcomes: Readonly<Record<string, Words>>
}

const port = (name: Texts): CheckWords => ({
  type: 'config',
  name,
  outcomes: {
    ok: { level: 'info', text: { en: 'The port is up: {}.', zh: '端口正常：{}。' } },
    noPort: {
      level: 'error',
      text: { en: 'There is no such port.', zh: '没有此类端口。' },
      advice: { en: 'Name its interface in the file of `--network`.', zh: '在 `--network` 的文件中指定接口。' },
    },
    noCable: {
      level: 'error',
      text: { en: 'The port has no link: {}.', zh: '端口没有连接：{}。' },
      advice: { en: 'Check its cable and what is at the other end.', zh: '检查网线和对端设备。' },
    },
    noAddress: {
      level: 'error',
      text: { en: 'The port has no address: {}.', zh: '端口没有 IP 地址：{}。' },
      advice: { en: 'Check how the port gets its address.', zh: '检查端口获取地址的方式。' },
    },
  },
})

const notDone = {
  late: { level: 'warning', text: { en: 'The check took too long.', zh: '检查超时。' } },
  impossible: { level: 'warning', text: { en: 'The check could not be made.', zh: '无法执行该检查。' } },
} as const satisfies Readonly<Record<string, Words>>

/** What every outcome is to a reader; one that is not here came of a later program, and is shown as it is. */
export const checkWords: Readonly<Record<DiagnosisCheck, CheckWords>> = {
  wanPort: port({ en: 'WAN port', zh: 'WAN 端口' }),
  lanPort: port({ en: 'LAN port', zh: 'LAN 端口' }),
  configuration: {
    type: 'config',
    name: { en: 'Configuration in force', zh: '生效的配置' },
    outcomes: {
      ok: { level: 'info', text: { en: 'Revision {} is in force.', zh: '修订号 {} 已生效。' } },
      none: {
        level: 'warning',
        text: { en: 'No configuration is in force.', zh: '没有生效的配置。' },
        advice: {
          en: 'Bind the device to an instance, or wait until it has taken its configuration.',
          zh: '将设备绑定到实例，或等待其应用配置。',
        },
      },
      onTrial: { level: 'info', text: { en: 'A configuration is on trial.', zh: '配置正在试用。' } },
      failing: {
        level: 'error',
        text: { en: 'The system does not take the configuration.', zh: '系统无法应用配置。' },
        advice: { en: 'See the log of the agent.', zh: '查看网关程序的日志。' },
      },
      givenUp: {
        level: 'error',
        text: { en: 'A configuration was given up: revision and reason {}.', zh: '配置已放弃：修订号和原因 {}。' },
        advice: { en: 'Change what it is about, and synchronise again.', zh: '修改相关设置后重新同步。' },
      },
    },
  },
  nameServer: {
    type: 'config',
    name: { en: 'Name of the server', zh: '服务器域名解析' },
    outcomes: {
      ok: { level: 'info', text: { en: 'Its name has an address: {}.', zh: '域名可以解析：{}。' } },
      notNeeded: {
        level: 'info',
        text: { en: 'The server is named by its address: {}.', zh: '服务器以地址指定：{}。' },
      },
      unresolved: {
        level: 'error',
        text: { en: 'Its name has no address: {}.', zh: '域名无法解析：{}。' },
        advice: { en: 'Check the name servers of the machine.', zh: '检查设备的 DNS 服务器。' },
      },
    },
  },
  nextHop: {
    type: 'biz',
    name: { en: 'Next router', zh: '下一跳路由器' },
    outcomes: {
      ok: {
        level: 'info',
        text: { en: 'It answers; address and milliseconds: {}.', zh: '有应答，地址和毫秒数：{}。' },
      },
      noWay: {
        level: 'error',
        text: { en: 'There is no way to the Internet.', zh: '没有通往互联网的路由。' },
        advice: { en: 'Give the WAN a default route.', zh: '为 WAN 配置默认路由。' },
      },
      silent: {
        level: 'warning',
        text: { en: 'It does not answer echo requests: {}.', zh: '对 ICMP 请求没有应答：{}。' },
        advice: {
          en: 'Some routers never do. Check the line if nothing else works either.',
          zh: '有些路由器从不应答。其他检查也失败时请检查线路。',
        },
      },
    },
  },
  accessPoints: {
    type: 'biz',
    name: { en: 'Ways to access points', zh: '到接入点的网络' },
    outcomes: {
      ok: { level: 'info', text: { en: 'They answer: {}.', zh: '均有应答：{}。' } },
      silent: {
        level: 'error',
        text: { en: 'They do not answer: {}.', zh: '没有应答：{}。' },
        advice: { en: 'Check the line, and whether the access points run.', zh: '检查线路以及接入点是否运行。' },
      },
      lossy: {
        level: 'warning',
        text: { en: 'Requests are lost; answered of sent: {}.', zh: '有丢包，应答数/发送数：{}。' },
        advice: {
          en: 'Move the instance to another access point, or check the line.',
          zh: '将实例移到其他接入点，或检查线路。',
        },
      },
      unsent: {
        level: 'error',
        text: { en: 'The gateway has no address to send from.', zh: '网关没有可用的源地址。' },
        advice: { en: 'Check the WAN port.', zh: '检查 WAN 端口。' },
      },
    },
  },
  pathMtu: {
    type: 'biz',
    name: { en: 'Size of packets on the way', zh: '路径 MTU' },
    outcomes: {
      ok: {
        level: 'info',
        text: { en: 'Whole packets get there; bytes: {}.', zh: '完整数据包可以到达，字节数：{}。' },
      },
      narrow: {
        level: 'warning',
        text: {
          en: 'The way takes smaller packets than the WAN; bytes of both: {}.',
          zh: '路径 MTU 小于 WAN 的 MTU，两者的字节数：{}。',
        },
        advice: { en: 'Set the MTU of the WAN to that of the way.', zh: '将 WAN 的 MTU 设为路径 MTU。' },
      },
      unknown: {
        level: 'warning',
        text: { en: 'No access point answers, so it is not known.', zh: '接入点没有应答，无法得知。' },
      },
    },
  },
  tunnels: {
    type: 'biz',
    name: { en: 'Tunnels', zh: '隧道' },
    outcomes: {
      ok: { level: 'info', text: { en: 'All are up: {}.', zh: '全部连通：{}。' } },
      someDown: {
        level: 'warning',
        text: { en: 'Down, while another one carries the traffic: {}.', zh: '未连通（由另一条隧道承载流量）：{}。' },
        advice: { en: 'Check the access point.', zh: '检查该接入点。' },
      },
      allDown: {
        level: 'error',
        text: { en: 'All are down: {}.', zh: '全部未连通：{}。' },
        advice: {
          en: 'Check the way to the access points, and that UDP ports 500 and 4500 pass.',
          zh: '检查到接入点的网络，以及 UDP 端口 500 和 4500 是否放行。',
        },
      },
    },
  },
  routes: {
    type: 'biz',
    name: { en: 'Routes through tunnels', zh: '经隧道的路由' },
    outcomes: {
      ok: { level: 'info', text: { en: 'Prefixes that tunnels lead to: {}.', zh: '隧道可达的网段数：{}。' } },
      none: {
        level: 'warning',
        text: { en: 'Tunnels lead to nothing.', zh: '隧道没有可达的网段。' },
        advice: {
          en: 'Check that other members of the network have CIDR blocks.',
          zh: '检查网络的其他成员是否配置了网段。',
        },
      },
    },
  },
}

/** Of the server's own: what it sees when the gateway has spoken. */
export const serverWords = {
  clock: {
    type: 'config',
    name: { en: 'Clock', zh: '时钟' },
    outcomes: {
      ok: { level: 'info', text: { en: 'Seconds off that of the server: {}.', zh: '与服务器相差的秒数：{}。' } },
      off: {
        level: 'warning',
        text: { en: 'Seconds off that of the server: {}.', zh: '与服务器相差的秒数：{}。' },
        advice: { en: 'Have the machine keep its time by NTP.', zh: '用 NTP 校准设备时间。' },
      },
    },
  },
  version: {
    type: 'config',
    name: { en: 'Firmware version', zh: '固件版本' },
    outcomes: {
      ok: { level: 'info', text: { en: 'It is the newest on offer: {}.', zh: '已是最新版本：{}。' } },
      older: {
        level: 'warning',
        text: {
          en: 'It is not the newest on offer; in use and on offer: {}.',
          zh: '不是最新版本，当前版本和可用版本：{}。',
        },
        advice: { en: 'Upgrade the device.', zh: '升级设备。' },
      },
    },
  },
} as const satisfies Readonly<Record<string, CheckWords>>

export function wordsOf(check: CheckWords, outcome: string): Words {
  const known = check.outcomes[outcome] ?? (notDone as Readonly<Record<string, Words>>)[outcome]
  return known ?? { level: 'info', text: { en: `${outcome}: {}.`, zh: `${outcome}：{}。` } }
}
