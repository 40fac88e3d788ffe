import type { ResultOf } from '@opensag/smartag-client'
import type { Always } from '../../app/always.ts'
import { unlessDenied } from '../../app/denied.ts'
import { call } from '../../app/session.svelte.ts'

type Listed = ResultOf<'DescribeSmartAccessGatewayClientUsers'>['Users']['User'][number]

export type Account = Always<Listed, 'UserName' | 'UserMail' | 'Bandwidth' | 'State'>

/** `OnlineTime` is in milliseconds since 1970. */
export type ClientSession = Always<
  ResultOf<'ListClientSessions'>['Sessions'][number],
  'UserName' | 'ClientIp' | 'OnlineTime' | 'Terminal' | 'SourceIp'
>

export interface AccountsPage {
  readonly total: number
  readonly accounts: readonly Account[]
  /** Undefined when the user may not see them. */
  readonly sessions: ReadonlyMap<string, ClientSession> | undefined
}

export const pageSize = 50

/** A page of accounts, and where each of them is online. */
export async function loadAccounts(
  place: { readonly RegionId: string; readonly SmartAGId: string },
  { page, name }: { readonly page: number; readonly name: string },
  signal: AbortSignal,
): Promise<AccountsPage> {
  const asked = { ...place, PageNumber: page, PageSize: pageSize, UserName: name === '' ? undefined : name }
  const [list, online] = await Promise.all([
    call('Smartag', 'DescribeSmartAccessGatewayClientUsers', asked, signal),
    unlessDenied(call('OpenSAG', 'ListClientSessions', place, signal)),
  ])
  return {
    total: list.TotalCount ?? 0,
    accounts: list.Users.User as readonly Account[],
    sessions:
      online && new Map((online.Sessions as readonly ClientSession[]).map((session) => [session.UserName, session])),
  }
}
