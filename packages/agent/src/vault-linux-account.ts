import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { createMutex, type Secret } from '@opensag/protocol'
// Kept on purpose: Node has no crypt(3), and a program for it (mkpasswd, openssl passwd) is not on every gateway. It is one file of
// 10 kB without dependencies, over node:crypto; test/linux logs in over SSH with what it makes.
import { encrypt, verify } from 'unixcrypt'
import { type Command, run } from './run-command.ts'
import { readAccountHash, sweepLeftovers } from './shadow-file.ts'
import type { Vault } from './vault.ts'

export interface LinuxAccountOptions {
  /** A login name that exists on this machine. */
  readonly account: string
  /** The folder of `shadow`. */
  readonly etc?: string
  /** The program that takes `account:hash` on its standard input, with its arguments. */
  readonly chpasswd?: Command
  /** Milliseconds after which the program is given up. It waits up to 15 s for the lock by itself. */
  readonly patience?: number
}

const accountRule = /^[a-z_][a-z0-9_-]{0,31}$/
/**
 * Any hash of crypt(5): a change that the server refuses afterwards brings back the one before, which may be somebody
 * else's. Nothing in it can end the line or the field.
 */
const anyHash = /^(?:\$[0-9a-z]{1,12}\$[./0-9A-Za-z$=,+-]{10,360}|[./0-9A-Za-z]{13})$/
/** Entries of an account that never had a password; `useradd` leaves one. Only these open the console's first setup. */
const noPassword: ReadonlySet<string> = new Set(['', '!', '!!', '*'])
/** `passwd -l` puts a `!` before the hash: there is a password, and nothing typed can match it. */
const closed = /^[!*][!-9;-~]{1,400}$/
/** What we can check: SHA-512 and SHA-256 crypt, up to 999,999 rounds (more would stop this program for seconds). */
const knownHash = /^\$[56]\$(rounds=\d{1,6}\$)?[./0-9A-Za-z]{1,16}\$[./0-9A-Za-z]{43,86}$/

/** Somebody set the account's password with another program in a scheme this one cannot check (yescrypt, for one). */
export class UncheckableHash extends Error {
  override readonly name = 'UncheckableHash'

  constructor() {
    super('The account has a password set by another program, in a scheme that cannot be checked here.')
  }
}

/**
 * The administrator's password is the password of an operating-system account: what a call sets is what `sshd` and
 * `login` accept. `chpasswd` replaces `/etc/shadow` by a rename, so at every instant exactly one hash counts.
 *
 * `verify` throws `UncheckableHash` when the account's hash is of a scheme other than SHA-crypt; setting a password
 * through the control plane cures it.
 */
export function createLinuxAccountVault(options: LinuxAccountOptions): Vault {
  const { account, etc = '/etc', chpasswd = ['chpasswd', '-e'], patience = 30_000 } = options
  if (!accountRule.test(account)) throw new TypeError('That is not the name of a Linux account.')

  const exclusive = createMutex()
  let command: Promise<Command> | undefined

  async function replace(hash: string | undefined): Promise<void> {
    if (hash !== undefined && (noPassword.has(hash) || !(anyHash.test(hash) || closed.test(hash))))
      throw new TypeError('That is not a hash.')
    // A lone "!" is no hash at all: nothing typed can match it.
    const entry = hash ?? '!'
    await sweepLeftovers(etc)
    // On standard input only: other users can read the arguments and the environment of a process.
    command ??= endingWithUs(chpasswd, patience)
    await run(await command, { input: `${account}:${entry}\n`, patience })
    const now = await readAccountHash(etc, account)
    if (now !== entry) throw new Error(`${chpasswd[0]} ended well but the account has another hash.`)
    await settle()
  }

  /** chpasswd syncs the file before its rename, not the folder after it. */
  async function settle(): Promise<void> {
    await sync(join(etc, 'shadow'))
    await sync(etc)
  }

  return {
    async current() {
      const entry = await readAccountHash(etc, account)
      return noPassword.has(entry) ? undefined : entry
    },
    replace: (hash) => exclusive(() => replace(hash)),
    settle: () => exclusive(settle),
    async hash(password) {
      return encrypt(asText(password))
    },
    async verify(password, hash) {
      if (closed.test(hash)) return false
      if (!knownHash.test(hash)) throw new UncheckableHash()
      return verify(asText(password), hash)
    },
  }
}

/**
 * The bytes of a password, called the text that the library asks for: it only gives them to `update` of node:crypto and to
 * `Buffer.byteLength`, which take either, and bytes can be wiped. A test compares both.
 */
function asText(password: Secret): string {
  return password.revealBytes() as unknown as string
}

/**
 * A change must not happen after the process that wanted it died and another one has read the old hash. Where the system
 * has no such `setpriv`, the service manager has to end what a dead agent leaves, as systemd does.
 */
async function endingWithUs(command: Command, patience: number): Promise<Command> {
  const prefix = ['setpriv', '--pdeathsig', 'KILL', '--'] as const
  try {
    await run([...prefix, 'true'], { input: '', patience })
    return [...prefix, ...command]
  } catch {
    return command
  }
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
