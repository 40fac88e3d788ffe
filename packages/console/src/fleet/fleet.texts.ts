import { texts } from '../app/texts.ts'

/** Words for what instances are, wherever they are shown. */
export const instanceTexts = texts(
  {
    health: {
      online: 'Online',
      degraded: 'Partly online',
      unsynchronized: 'Not in sync',
      offline: 'Offline',
      locked: 'Locked',
      overdue: 'Overdue',
      waiting: 'Not in service',
    },
    kind: { hardware: 'Gateway', vcpe: 'vCPE', app: 'Remote access' },
    sync: { Synchronized: 'In sync', Unsynchronized: 'Not in sync', Synchronizing: 'Synchronising' },
  },
  {
    health: {
      online: '在线',
      degraded: '部分在线',
      unsynchronized: '未同步',
      offline: '离线',
      locked: '已锁定',
      overdue: '欠费',
      waiting: '未启用',
    },
    kind: { hardware: '网关', vcpe: 'vCPE', app: '远程接入' },
    sync: { Synchronized: '已同步', Unsynchronized: '未同步', Synchronizing: '同步中' },
  },
)
