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

export type Connection = Always<
  ResultOf<'ListClientConnections'>['Connections'][number],
  'ConnectionId' | 'Time' | 'UserName' | 'Event'
>

export interface ConnectionsPage {
  readonly connections: readonly Connection[]
  readonly token: string | undefined
}

/** Logons, logoffs and refusals that were recorded, the newest first. */
export async function loadConnections(
  { id, name, token }: { readonly id: string; readonly name: string; readonly token?: string | undefined },
  signal?: AbortSignal,
): Promise<ConnectionsPage> {
  const asked = { SmartAGId: id, UserName: name === '' ? undefined : name, MaxResults: 50, NextToken: token }
  const answer = await call('OpenSAG', 'ListClientConnections', asked, signal)
  return { connections: answer.Connections as readonly Connection[], token: answer.NextToken }
}

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
