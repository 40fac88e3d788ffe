import type { Marked, Restored } from '@opensag/server'

type Outcome = Marked & Partial<Pick<Restored, 'manifest' | 'movedTo'>>

/** What `opensag restore` tells a person. */
export function reportOf(restored: Outcome, data: string): string {
  const sections = [beginning(restored, data), cameBack(restored), fenced(restored), toDo(restored)]
  return sections.map((lines) => lines.join('\n')).join('\n\n')
}

function beginning({ manifest, movedTo, restoredAt }: Outcome, data: string): readonly string[] {
  if (manifest === undefined) return [`${data} is marked as restored at ${time(restoredAt)}.`]
  const isBehind = Date.parse(manifest.createdAt) > restoredAt
  return [
    `${data} holds the backup of ${manifest.createdAt} (OpenSAG ${manifest.version}).`,
    ...(movedTo === undefined ? [] : [`What was there before is in ${movedTo}.`]),
    ...(isBehind
      ? [
          `Careful: this machine's clock says ${time(restoredAt)}, which is before the backup was made. One of the two clocks is`,
          'wrong. Set this one right and restore again, or the fence below is too low.',
        ]
      : []),
  ]
}

function cameBack({ returned, keysDeactivated }: Outcome): readonly string[] {
  const { accounts, users, roles, logons, activeKeys, attachments, devices, gateways, instances, remoteUsers } =
    returned
  return [
    'What came back',
    `  ${count(accounts, 'account')}, ${count(users, 'user')}, ${count(roles, 'role')}, ${count(logons, 'log-on')} with a password`,
    `  ${count(activeKeys.length, 'active access key')}${keysDeactivated > 0 ? ` (${keysDeactivated} others were deactivated now)` : ''}`,
    ...activeKeys.map(
      ({ accessKeyId, accountId, user }) => `    ${accessKeyId} of ${user ?? 'the account'} (${accountId})`,
    ),
    `  ${count(attachments.length, 'attached policy', 'attached policies')}`,
    ...attachments.map(({ policy, to, accountId }) => `    ${policy} on ${to} (${accountId})`),
    `  ${count(instances, 'instance')}, ${count(devices, 'device')}, of which ${gateways.length} have enrolled`,
    `  ${count(remoteUsers, 'remote user')} with the passwords of that day`,
    '  What was deleted, deactivated, detached or changed since the backup counts again as it was.',
  ]
}

function fenced({ signatureFence, sessionsEnded, remoteUsersLoggedOff, changesFailed }: Outcome): readonly string[] {
  return [
    'What is fenced',
    `  No request signed at ${time(signatureFence)} or before is accepted (InvalidTimeStamp.Expired).`,
    `  ${count(sessionsEnded, 'session')} of roles and of the console ended; those begun since the backup are unknown.`,
    `  ${count(remoteUsersLoggedOff, 'remote user')} logged off.`,
    `  ${count(changesFailed, 'undecided password change')} failed.`,
    '  No gateway goes back to a password from before the one it settled last.',
  ]
}

function toDo({ returned }: Outcome): readonly string[] {
  const { length } = returned.gateways
  return [
    'What to do now',
    '  1. Deactivate the keys above that had been deleted since: opensag operator key disable ID.',
    '     Detach the policies, delete the users and change the log-on passwords that had been, likewise.',
    `  2. Start the server. Each of the ${length} gateways is let in once, whatever ticket it has: of two copies of a disk`,
    '     the one that comes first. Look for those you reenrolled since: opensag operator device reenrol SERIAL.',
    '  3. Look at every gateway: opensag operator device list, device events SERIAL (ServerRolledBack).',
    '  docs/restore.md says what is promised, and the drill.',
  ]
}

function count(n: number, one: string, many = `${one}s`): string {
  return `${n} ${n === 1 ? one : many}`
}

function time(at: number): string {
  return new Date(at).toISOString()
}
