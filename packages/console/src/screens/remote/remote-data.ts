import { call } from '../../app/session.svelte.ts'

export interface Account {
  readonly UserName: string
  readonly UserMail: string
  readonly Bandwidth: number
  readonly ClientIp?: string
  readonly IsStaticIp?: number
  readonly State: number
}

export interface ClientSession {
  readonly UserName: string
  readonly ClientIp: string
  /** Milliseconds since 1970. */
  readonly OnlineTime: number
  readonly Terminal: string
  readonly SourceIp: string
}

export interface AccountsPage {
  readonly total: number
  readonly accounts: readonly Account[]
  readonly sessions: ReadonlyMap<string, ClientSession>
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
    call<{ readonly TotalCount: number; readonly Users: { readonly User: readonly Account[] } }>(
      'Smartag',
      'DescribeSmartAccessGatewayClientUsers',
      asked,
      signal,
    ),
    call<{ readonly Sessions: readonly ClientSession[] }>('OpenSAG', 'ListClientSessions', place, signal),
  ])
  return {
    total: list.TotalCount,
    accounts: list.Users.User,
    sessions: new Map(online.Sessions.map((session) => [session.UserName, session])),
  }
}
