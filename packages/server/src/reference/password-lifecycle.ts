import { newChange, type ServerInput, type ServerState, serverStep } from '@opensag/protocol'
import { explore, type Happening, type Lifecycle, type Named, type Rules } from '../model/explore.ts'

interface Change {
  readonly state: ServerState
  /** What the caller was told; undefined while nothing was. */
  readonly answer: string | undefined
}

function happening(event: Named, input: ServerInput): Happening<Change> {
  return {
    event,
    after: (change) => {
      const { state, effects } = serverStep(change.state, input)
      const answered = effects.find((effect) => effect.do === 'answer')
      return { state, answer: answered?.outcome ?? change.answer }
    },
  }
}

/** The server's side of a change of password, as the protocol's own machine takes it. */
export const passwordRules: Rules<Change> = {
  name: { en: 'Change of an administrator password', zh: '修改管理员密码' },
  about: {
    en: 'The journal decides: its entry leaves `requested` once, and what it then says is answered. `unreachable` keeps the old password.',
    zh: '以日志为准：记录只会离开 `requested` 一次，其结果即为答复。`unreachable` 时旧密码仍有效。',
  },
  start: { state: newChange, answer: undefined },
  stateOf: ({ state, answer }) => answer ?? state.is,
  happenings: [
    happening({ en: 'journalled as requested', zh: '记入日志' }, { is: 'begin' }),
    happening({ en: 'the gateway has it', zh: '网关确认' }, { is: 'ack' }),
    happening({ en: 'the gateway refuses', zh: '网关拒绝' }, { is: 'nack' }),
    happening({ en: 'no answer in time', zh: '未及时答复' }, { is: 'deadline' }),
    happening({ en: 'the connection broke', zh: '连接中断' }, { is: 'disconnected' }),
    happening({ en: 'the journal says succeeded', zh: '日志记为成功' }, { is: 'journalled', outcome: 'succeeded' }),
    happening({ en: 'the journal says failed', zh: '日志记为失败' }, { is: 'journalled', outcome: 'failed' }),
  ],
}

export const passwordLifecycle: Lifecycle = explore(passwordRules)
