import { texts } from '../app/texts.ts'

/** Why a gateway is not online, wherever that is said. Nothing here is a guess: what is not known is said to be so. */
export const whyTexts = texts(
  {
    why: 'Why:',
    causes: {
      OfflineLock:
        'its offline lock closed while it was away. It is connected, and stays locked until somebody unlocks it.',
      Restart: 'it was told to restart or upgrade, and has not come back yet.',
      SecondIdentity: 'a gateway with another identity tries to connect in its name, and is refused.',
      ServerStopped: 'the server stopped, or was restarted. No gateway of the account has come back since.',
      NewIdentity: 'its identity or key was renewed, and it has to enrol again.',
      Operator: 'the operator ended its connection.',
      PasswordChange: 'a password change was not proved, so it must connect anew.',
      Goodbye: 'it said goodbye: its program was stopped, or the box was shut down or restarted in order.',
      Unknown: 'not known.',
      NeverConnected: 'it has never connected.',
    },
    /** How the connection ended, where that is all that is known. */
    endings: {
      silent: 'It fell silent without a goodbye. A power cut and a cut line look the same from here.',
      broken: 'The connection broke without a goodbye. A power cut, a cut line and a crash look the same from here.',
      server: 'Its connection ended when the server stopped. Other gateways have come back, this one has not.',
      other: (words: string) => `The server wrote down: “${words}”`,
      none: 'Nothing was written down about it.',
    },
    notTheReason: 'Not the reason:',
    ruledOut: {
      OfflineLock: 'offline lock',
      Subscription: 'subscription',
      Restart: 'restart from here',
      SecondIdentity: 'a second identity',
      Server: 'the server, as other gateways are connected',
    },
  },
  {
    why: '原因：',
    causes: {
      OfflineLock: '离线期间触发了离线锁定。设备已连接，解锁前保持锁定。',
      Restart: '已下发重启或升级，尚未恢复连接。',
      SecondIdentity: '有另一身份的网关冒用其名义连接，已被拒绝。',
      ServerStopped: '服务器停止或重启，此后账号下没有网关恢复连接。',
      NewIdentity: '身份或密钥已更新，需要重新注册。',
      Operator: '运营方断开了其连接。',
      PasswordChange: '密码修改未得到证明，需要重新连接。',
      Goodbye: '设备主动告别：程序被停止，或设备被正常关机、重启。',
      Unknown: '未知。',
      NeverConnected: '从未连接过。',
    },
    endings: {
      silent: '设备失去音讯，没有告别。从服务器看，断电与线路中断没有区别。',
      broken: '连接中断，没有告别。从服务器看，断电、线路中断与程序崩溃没有区别。',
      server: '其连接在服务器停止时结束，其他网关已恢复，该网关没有。',
      other: (words) => `服务器记录：“${words}”`,
      none: '没有相关记录。',
    },
    notTheReason: '已排除：',
    ruledOut: {
      OfflineLock: '离线锁定',
      Subscription: '订阅到期',
      Restart: '由此处重启',
      SecondIdentity: '身份冲突',
      Server: '服务器（其他网关在线）',
    },
  },
)
