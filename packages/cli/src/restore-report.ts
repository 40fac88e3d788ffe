import type { Marked, Restored } from '@opensag/server/backup'
import type { Message } from './chinese/index.ts'
import { dataHint } from './hint.ts'
import { say } from './say.ts'

type Outcome = Marked & Partial<Pick<Restored, 'manifest' | 'movedTo'>>

export interface RestoredPlace {
  /** The data folder; where a database was restored, that of one of its nodes. */
  readonly data: string
  readonly isDatabase: boolean
}

/** What `opensag restore` tells a person. */
export function reportOf(restored: Outcome, { data, isDatabase }: RestoredPlace): string {
  const sections = [
    [...beginning(restored, isDatabase ? say('The database') : data), ...(isDatabase ? nodes(restored, data) : [])],
    cameBack(restored),
    fenced(restored),
    gateways(restored),
    toDo(restored, data),
  ]
  return sections.map((lines) => lines.join('\n')).join('\n\n')
}

/** What the nodes of a database need besides. */
function nodes({ manifest }: Outcome, data: string): readonly string[] {
  if (manifest === undefined) return [say('Start every server of it only now.')]
  return [
    say('Its master key is in {data}: copy master.key, with mode 0600, into the data folder of each other node.', {
      data,
    }),
  ]
}

function beginning({ manifest, movedTo, restoredAt }: Outcome, place: string): readonly string[] {
  const at = time(restoredAt)
  if (manifest === undefined) return [say('{place} is marked as restored at {at}.', { place, at })]
  const { createdAt, version } = manifest
  const isBehind = Date.parse(createdAt) > restoredAt
  return [
    say('{place} contains the backup of {createdAt} (OpenSAG {version}).', { place, createdAt, version }),
    ...(movedTo === undefined ? [] : [say('The previous data folder is now {movedTo}.', { movedTo })]),
    ...(isBehind
      ? [
          say(
            'Warning: the clock of this machine says {at}, before the backup was made. One of the two clocks is\nwrong. If it is this one, correct it and restore again; otherwise the signature fence below is too early.',
            { at },
          ),
        ]
      : []),
  ]
}

function cameBack({ returned, keysDeactivated }: Outcome): readonly string[] {
  const { activeKeys, attachments, gateways } = returned
  const counts = {
    accounts: count(returned.accounts, '{n} account', '{n} accounts'),
    users: count(returned.users, '{n} user', '{n} users'),
    roles: count(returned.roles, '{n} role', '{n} roles'),
    logons: count(returned.logons, '{n} log-on', '{n} log-ons'),
  }
  const waysIn = {
    identities: count(returned.identities, '{n} identity', '{n} identities'),
    keys: count(returned.securityKeys, '{n} security key', '{n} security keys'),
    devices: count(returned.mfaDevices, '{n} MFA device', '{n} MFA devices'),
  }
  const instances = count(returned.instances, '{n} instance', '{n} instances')
  const devices = count(returned.devices, '{n} device', '{n} devices')
  const users = count(returned.remoteUsers, '{n} remote user', '{n} remote users')
  const others = keysDeactivated > 0 ? say(' ({keys} others were deactivated now)', { keys: keysDeactivated }) : ''
  return [
    say('Restored'),
    `  ${say('{accounts}, {users}, {roles}, {logons} with a password', counts)}`,
    `  ${say('{identities} of single sign-on, {keys}, {devices}', waysIn)}`,
    `  ${count(activeKeys.length, '{n} active access key', '{n} active access keys')}${others}`,
    ...activeKeys.map(({ accessKeyId: key, accountId, user }) => {
      const owner = user ?? say('the account')
      return `    ${say('{key} of {owner} ({accountId})', { key, owner, accountId })}`
    }),
    `  ${count(attachments.length, '{n} attached policy', '{n} attached policies')}`,
    ...attachments.map((one) => `    ${say('{policy} on {to} ({accountId})', one)}`),
    `  ${say('{instances}, {devices}, of which {enrolled} have enrolled', { instances, devices, enrolled: gateways.length })}`,
    `  ${say('{users} with the passwords of the backup', { users })}`,
    `  ${say('Everything deleted, deactivated, detached or changed since the backup is again as it was at the backup.')}`,
  ]
}

function fenced({ signatureFence, sessionsEnded, remoteUsersLoggedOff, changesFailed }: Outcome): readonly string[] {
  const sessions = count(sessionsEnded, '{n} session', '{n} sessions')
  const users = count(remoteUsersLoggedOff, '{n} remote user', '{n} remote users')
  const changes = count(changesFailed, '{n} undecided password change', '{n} undecided password changes')
  const lines = [
    say('Requests signed at or before {fence} are refused (InvalidTimeStamp.Expired).', {
      fence: time(signatureFence),
    }),
    say('{sessions} of roles and of the console ended. Sessions begun since the backup are unknown and refused.', {
      sessions,
    }),
    say('{users} logged off.', { users }),
    say('{changes} failed.', { changes }),
    say('No gateway returns to a password older than the last one it settled.'),
  ]
  return [say('Fenced'), ...lines.map((line) => `  ${line}`)]
}

function gateways({ returned }: Outcome): readonly string[] {
  const { length } = returned.gateways
  if (length === 0) {
    const none = say('None has enrolled in this backup. Those that enrolled since are refused: reenrol them.')
    return [say('Gateways'), `  ${none}`]
  }
  const lines = [
    say('{gateways} of the backup: each connects by itself and is accepted once, whatever its ticket.', {
      gateways: count(length, '{n} gateway', '{n} gateways'),
    }),
    say('Changed since the backup: keeps its newer password, and this server learns of it (event ServerRolledBack).'),
    say('Enrolled, or enrolled again, since the backup: refused. Run: opensag operator device reenrol SERIAL.'),
    say('Removed since the backup: accepted again. Remove it again.'),
    say('Configuration: each gets the one of the backup; what was changed since has to be changed again.'),
  ]
  return [say('Gateways, when the server starts'), ...lines.map((line) => `  ${line}`)]
}

function toDo({ returned }: Outcome, data: string): readonly string[] {
  const operator = (command: string): string => `opensag operator ${command}${dataHint(data)}`
  const lines = [
    say('1. Disable the keys above that had been deleted since the backup: {command}', {
      command: operator('key disable ID'),
    }),
    say(
      '   Repeat what was done to policies, users and their passwords, identities, security keys and MFA devices since\n   the backup.',
    ),
    say(
      '2. Start the server. Each of the {gateways} gateways is accepted once, whatever its ticket; of two copies of a disk, the\n     first to connect. Reenrol the gateways you had reenrolled since: {command}',
      { gateways: returned.gateways.length, command: operator('device reenrol SERIAL') },
    ),
    say('3. Check every gateway (ServerRolledBack): {command}', { command: operator('device list') }),
    say('   and {command}', { command: operator('device events SERIAL') }),
    say('docs/restore.md describes what a restore promises, and a drill.'),
  ]
  return [say('What to do next'), ...lines.map((line) => `  ${line}`)]
}

type Counted = Extract<Message, `{n} ${string}`>

function count(n: number, one: Counted, many: Counted): string {
  return say(n === 1 ? one : many, { n })
}

function time(at: number): string {
  return new Date(at).toISOString()
}
