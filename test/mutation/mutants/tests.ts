/** Paths of tests that several mutants name. */
const server = 'packages/server/src'

export const storeTests = {
  open: `${server}/store/sqlite/open.test.ts`,
  groupCommit: `${server}/store/sqlite/group-commit.test.ts`,
  file: `${server}/store/sqlite/database-file.test.ts`,
  folderLock: `${server}/store/sqlite/folder-lock.test.ts`,
  fleet: `${server}/store/fleet/fleet.test.ts`,
  gateways: `${server}/store/gateways/gateways.test.ts`,
  configs: `${server}/store/gateways/configurations.test.ts`,
  pops: `${server}/store/pops/pops.test.ts`,
  changes: `${server}/store/gateways/password-changes.test.ts`,
  users: `${server}/store/remote-users/remote-users.test.ts`,
  freeAddress: `${server}/store/remote-users/free-address.test.ts`,
  nonceSweep: `${server}/store/access/nonce-sweep.test.ts`,
} as const

export const nonceTests = {
  memory: `${server}/store/sqlite/nonce-memory.test.ts`,
  set: `${server}/store/access/nonce-set.test.ts`,
  table: `${server}/store/access/fingerprint-table.test.ts`,
  run: `${server}/store/access/fingerprint-run.test.ts`,
} as const

export const channelTests = {
  identity: 'test/channel/identity.test.ts',
  password: 'test/channel/password.test.ts',
  presence: 'test/channel/presence.test.ts',
  commands: 'test/channel/commands.test.ts',
  configuration: 'test/channel/configuration.test.ts',
  limits: 'test/channel/limits.test.ts',
  trial: 'test/channel/trial.test.ts',
  wire: 'test/channel/wire.test.ts',
} as const

export const accessTests = {
  sessions: 'test/access/sessions.test.ts',
  guessing: 'test/access/guessing.test.ts',
  matrix: 'test/access/authorisation-matrix.test.ts',
  authorise: `${server}/access/authorise.test.ts`,
  credentials: `${server}/access/credentials.test.ts`,
  stsSessions: `${server}/access/sessions.test.ts`,
} as const

export const remoteTests = {
  logon: 'test/remote-access/logon.test.ts',
  sessions: 'test/remote-access/sessions.test.ts',
} as const

/** The test of one operation of SmartAG. */
export function operation(path: string): string {
  return `${server}/apis/smartag/${path}.test.ts`
}

/** The test of one operation of another product. */
export function platform(path: string): string {
  return `${server}/apis/${path}.test.ts`
}
