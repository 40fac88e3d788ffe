import { texts } from '../../app/texts.ts'

export const gatewayNetworkTexts = texts(
  {
    title: 'Tunnels',
    nothing: 'No device of this instance tells of a network: they carry no packets.',
    tunnelTo: (pop: string) => `Tunnel to ${pop}`,
    states: { up: 'Up', down: 'Down', unknown: 'Not known' },
    since: (ago: string) => `since ${ago}`,
    learnt: 'Learnt in the branch',
    none: 'None',
    leases: 'Leases',
    told: (ago: string) => `as it said ${ago}`,
  },
  {
    title: '隧道',
    nothing: '该实例的设备均未上报网络状态（不承载流量）。',
    tunnelTo: (pop) => `至 ${pop} 的隧道`,
    states: { up: '正常', down: '中断', unknown: '未知' },
    since: (ago) => `始于${ago}`,
    learnt: '分支内学习的路由',
    none: '无',
    leases: '终端租约',
    told: (ago) => `上报于${ago}`,
  },
)
