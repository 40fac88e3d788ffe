import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { limit, until } from '../support/time.ts'
import type { Box } from './box.ts'
import { finish } from './box.ts'

export interface SshServer {
  /** Whether this password opens the account from outside the box. A refusal takes PAM some two seconds. */
  accepts(account: string, password: string): Promise<boolean>
}

/** A real `sshd` in the box, with the host's own PAM rules. */
export async function startSshServer(box: Box): Promise<SshServer> {
  const keys = await box.run(['ssh-keygen', '-A'])
  if (keys.status !== 0) throw new Error(`ssh-keygen: ${keys.stderr}`)
  const options = ['PasswordAuthentication=yes', 'KbdInteractiveAuthentication=no', 'UsePAM=yes', 'UseDNS=no']
  // Newer servers shut out an address after some refusals, which is what these tests provoke.
  if (spawnSync('/usr/sbin/sshd', ['-t', '-o', 'PerSourcePenalties=no']).status === 0)
    options.push('PerSourcePenalties=no')
  const sshd = box.start(['/usr/sbin/sshd', '-D', '-e', ...options.flatMap((option) => ['-o', option])])
  let said = ''
  sshd.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  await until('sshd listens', async () => {
    if (sshd.exitCode !== null) throw new Error(`sshd ended: ${said}`)
    return listens(box.address)
  })
  return { accepts: (account, password) => accepts(box, account, password) }
}

async function accepts(box: Box, account: string, password: string): Promise<boolean> {
  const options = [
    'StrictHostKeyChecking=no',
    'UserKnownHostsFile=/dev/null',
    'PreferredAuthentications=password',
    'PubkeyAuthentication=no',
    'NumberOfPasswordPrompts=1',
    `ConnectTimeout=${Math.ceil(limit(20_000) / 1000)}`,
  ]
  const ssh = [
    'ssh',
    '-F',
    'none',
    ...options.flatMap((option) => ['-o', option]),
    `${account}@${box.address}`,
    'whoami',
  ]
  // The password goes by the environment: a command line can be read by everybody.
  const env = { ...process.env, SSHPASS: password }
  const { status, stdout, stderr } = await finish(spawn('sshpass', ['-e', ...ssh], { env, stdio: 'pipe' }))
  if (status === 0 && stdout.trim() === account) return true
  if (/Permission denied/.test(stderr)) return false
  throw new Error(`ssh ended with ${status}: ${stderr}`)
}

async function listens(host: string): Promise<boolean> {
  const socket = connect(22, host)
  try {
    await once(socket, 'connect')
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ECONNREFUSED') return false
    throw error
  } finally {
    socket.destroy()
  }
}
