import type { Marked, Restored } from '@opensag/server/backup'
import { dataHint } from './hint.ts'

type Outcome = Marked & Partial<Pick<Restored, 'manifest' | 'movedTo'>>

export interface RestoredPlace {
  /** The data folder; where a database was restored, that of one of its nodes. */
  readonly data: string
  readonly isDatabase: boolean
}

/** What `opensag restore` tells a person. */
export function reportOf(restored: Outcome, { data, isDatabase }: RestoredPlace): string {
  const sections = [
    [...beginning(restored, isDatabase ? 'The database' : data), ...(isDatabase ? nodes(restored, data) : [])],
    cameBack(restored),
    fenced(restored),
    gateways(restored),
    toDo(restored, data),
  ]
  return sections.map((lines) => lines.join('\n')).join('\n\n')
}

/** What the nodes of a database need besides. */
function nodes({ manifest }: Outcome, data: string): readonly string[] {
  if (manifest === undefined) return ['Start every server of it only now.']
  return [`Its master key is in ${data}: copy master.key, with mode 0600, into the data folder of each other node.`]
}

function beginning({ manifest, movedTo, restoredAt }: Outcome, place: string): readonly string[] {
  if (manifest === undefined) return [`${place} is marked as restored at ${time(restoredAt)}.`]
  const isBehind = Date.parse(manifest.createdAt) > restoredAt
  return [
    `${place} contains the backup of ${manifest.createdAt} (OpenSAG ${manifest.version}).`,
    ...(movedTo === undefined ? [] : [`The previous data folder is now ${movedTo}.`]),
    ...(isBehind
      ? [
          `Warning: the clock of this machine says ${time(restoredAt)}, before the backup was made. One of the two clocks is`,
          'wrong. If it is this one, correct it and restore again; otherwise the signature fence below is too early.',
        ]
      : []),
  ]
}

function cameBack({ returned, keysDeactivated }: Outcome): readonly string[] {
  const { accounts, users, roles, logons, activeKeys, attachments, devices, gateways, instances, remoteUsers } =
    returned
  return [
    'Restored',
    `  ${count(accounts, 'account')}, ${count(users, 'user')}, ${count(roles, 'role')}, ${count(logons, 'log-on')} with a password`,
    `  ${count(activeKeys.length, 'active access key')}${keysDeactivated > 0 ? ` (${keysDeactivated} others were deactivated now)` : ''}`,
    ...activeKeys.map(
      ({ accessKeyId, accountId, user }) => `    ${accessKeyId} of ${user ?? 'the account'} (${accountId})`,
    ),
    `  ${count(attachments.length, 'attached policy', 'attached policies')}`,
    ...attachments.map(({ policy, to, accountId }) => `    ${policy} on ${to} (${accountId})`),
    `  ${count(instances, 'instance')}, ${count(devices, 'device')}, of which ${gateways.length} have enrolled`,
    `  ${count(remoteUsers, 'remote user')} with the passwords of the backup`,
    '  Everything deleted, deactivated, detached or changed since the backup is again as it was at the backup.',
  ]
}

function fenced({ signatureFence, sessionsEnded, remoteUsersLoggedOff, changesFailed }: Outcome): readonly string[] {
  return [
    'Fenced',
    `  Requests signed at or before ${time(signatureFence)} are refused (InvalidTimeStamp.Expired).`,
    `  ${count(sessionsEnded, 'session')} of roles and of the console ended. Sessions begun since the backup are unknown and refused.`,
    `  ${count(remoteUsersLoggedOff, 'remote user')} logged off.`,
    `  ${count(changesFailed, 'undecided password change')} failed.`,
    '  No gateway returns to a password older than the last one it settled.',
  ]
}

function gateways({ returned }: Outcome): readonly string[] {
  const { length } = returned.gateways
  if (length === 0)
    return ['Gateways', '  None has enrolled in this backup. Those that enrolled since are refused: reenrol them.']
  return [
    'Gateways, when the server starts',
    `  ${count(length, 'gateway')} of the backup: each connects by itself and is accepted once, whatever its ticket.`,
    '  Changed since the backup: keeps its newer password, and this server learns of it (event ServerRolledBack).',
    '  Enrolled, or enrolled again, since the backup: refused. Run: opensag operator device reenrol SERIAL.',
    '  Removed since the backup: accepted again. Remove it again.',
    '  Configuration: each gets the one of the backup; what was changed since has to be changed again.',
  ]
}

function toDo({ returned }: Outcome, data: string): readonly string[] {
  const at = dataHint(data)
  const { length } = returned.gateways
  return [
    'What to do next',
    `  1. Disable the keys above that had been deleted since the backup: opensag operator key disable ID${at}`,
    '     Repeat what was done to policies, users and log-on passwords since the backup.',
    `  2. Start the server. Each of the ${length} gateways is accepted once, whatever its ticket; of two copies of a disk, the`,
    `     first to connect. Reenrol the gateways you had reenrolled since: opensag operator device reenrol SERIAL${at}`,
    `  3. Check every gateway (ServerRolledBack): opensag operator device list${at}`,
    `     and opensag operator device events SERIAL${at}`,
    '  docs/restore.md describes what a restore promises, and a drill.',
  ]
}

function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`
}

function time(at: number): string {
  return new Date(at).toISOString()
}
