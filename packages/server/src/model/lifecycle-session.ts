import { explore, type Happening, type Lifecycle, type Named, type Rules } from './explore.ts'
import type { Instance } from './instance.ts'
import { blankInstance } from './lifecycle-start.ts'
import { endOf, obstacleOf, type SessionEnd } from './logon.ts'

interface Account {
  readonly user: { readonly state: 'enabled' | 'disabled'; readonly clientIp: undefined } | undefined
  readonly instance: Instance
  /** Why its last session ended; undefined while one is going on, or before the first. */
  readonly ended: SessionEnd | undefined
  readonly online: boolean
}

const pool = [{ first: 0, last: 255 }]
const address = 10
const now = 1

/** An account changes; the session goes on only if the rule that judges each sign of life lets it. */
function change(event: Named, facts: (account: Account) => Partial<Account>): Happening<Account> {
  return {
    event,
    after: (account) => {
      if (account.user === undefined) return undefined
      const next = { ...account, ...facts(account) }
      const end = next.online ? endOf({ ...next, pool, address }, now) : undefined
      return end === undefined ? next : { ...next, online: false, ended: end }
    },
  }
}

/** What ends a session without any change of the facts it rests on. */
const cuts = {
  LoggedOff: { en: 'the client logs off', zh: '客户端注销' },
  KickedOut: { en: 'KickOutClients', zh: 'KickOutClients' },
  PasswordReset: {
    en: 'ResetSmartAccessGatewayClientUserPassword',
    zh: 'ResetSmartAccessGatewayClientUserPassword',
  },
  Replaced: { en: 'another tunnel of the account', zh: '账号从另一隧道登录' },
  ServerRestored: { en: 'opensag restore', zh: 'opensag restore' },
  Silent: { en: 'no sign of life', zh: '心跳超时' },
} as const satisfies Partial<Record<SessionEnd, Named>>

const ready = blankInstance({ kind: 'app', spec: 'sag-software', paidAt: 0, ccnId: 'ccn-1' })

export const sessionRules: Rules<Account> = {
  name: { en: 'Account of a SAG APP and its session', zh: '客户端账号与会话' },
  about: {
    en: 'An account has at most one session. A logon needs the account enabled and its instance paid, not in arrears and in a CCN; whatever takes one of them away ends the session. `offline` accounts may log on.',
    zh: '每个账号最多一个会话。登录要求账号启用，实例已支付、未欠费并已绑定云连接网；任一条件失去时会话结束。`offline` 状态的账号可以登录。',
  },
  start: { user: { state: 'enabled', clientIp: undefined }, instance: ready, ended: undefined, online: false },
  stateOf: ({ user, instance, online }) => {
    if (user === undefined) return 'deleted'
    if (online) return 'online'
    if (user.state === 'disabled') return 'disabled'
    return obstacleOf(user, instance, now) === undefined ? 'offline' : 'barred'
  },
  happenings: [
    {
      event: { en: 'logon', zh: '登录' },
      after: (account) => {
        const { user, instance } = account
        if (user === undefined || account.online || obstacleOf(user, instance, now) !== undefined) return undefined
        return { ...account, online: true, ended: undefined }
      },
    },
    ...(Object.keys(cuts) as readonly (keyof typeof cuts)[]).map(
      (ended): Happening<Account> => ({
        event: cuts[ended],
        after: (account) => (account.online ? { ...account, online: false, ended } : undefined),
      }),
    ),
    change({ en: 'DisableSmartAccessGatewayUser', zh: 'DisableSmartAccessGatewayUser' }, () => ({
      user: { state: 'disabled', clientIp: undefined },
    })),
    change({ en: 'EnableSmartAccessGatewayUser', zh: 'EnableSmartAccessGatewayUser' }, () => ({
      user: { state: 'enabled', clientIp: undefined },
    })),
    change({ en: 'the pool loses its address', zh: '地址移出地址池' }, (account) =>
      account.online ? { online: false, ended: 'AddressNotInPool' } : {},
    ),
    change({ en: 'UnbindSmartAccessGateway', zh: 'UnbindSmartAccessGateway' }, ({ instance }) => ({
      instance: { ...instance, ccnId: undefined },
    })),
    change({ en: 'BindSmartAccessGateway', zh: 'BindSmartAccessGateway' }, ({ instance }) => ({
      instance: { ...instance, ccnId: 'ccn-1' },
    })),
    change({ en: 'EndTime passed or bill unpaid', zh: '到期或账单未支付' }, ({ instance }) => ({
      instance: { ...instance, overdueSince: now },
    })),
    change({ en: 'renewed', zh: '续费' }, ({ instance }) => ({ instance: { ...instance, overdueSince: undefined } })),
    change({ en: 'DeleteSmartAccessGatewayClientUser', zh: 'DeleteSmartAccessGatewayClientUser' }, () => ({
      user: undefined,
    })),
  ],
}

export const sessionLifecycle: Lifecycle = explore(sessionRules)
