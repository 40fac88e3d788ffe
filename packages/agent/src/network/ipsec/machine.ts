import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { run } from '../../run-command.ts'

export const charonProgram = '/usr/lib/ipsec/charon'
export const chrtProgram = '/usr/bin/chrt'
const pluginFolder = '/usr/lib/ipsec/plugins'

/** The package of Debian and Ubuntu that brings a file. */
const packages: readonly (readonly [file: string, name: string])[] = [
  [charonProgram, 'strongswan-charon'],
  [`${pluginFolder}/libstrongswan-vici.so`, 'strongswan-swanctl'],
  [`${pluginFolder}/libstrongswan-openssl.so`, 'libstrongswan-standard-plugins'],
]
const userSpacePackages: typeof packages = [
  [`${pluginFolder}/libstrongswan-kernel-libipsec.so`, 'libcharon-extra-plugins'],
  [chrtProgram, 'util-linux'],
  ['/dev/net/tun', ''],
]

const patience = 30_000

/**
 * Who encrypts on this machine: its kernel, or strongSwan itself where the kernel has no ESP.
 * @throws when strongSwan or what it needs is missing, with the command that cures it
 */
export async function findEsp(): Promise<'kernel' | 'user-space'> {
  const esp = (await kernelHasEsp()) ? 'kernel' : 'user-space'
  const missing: string[] = []
  for (const [file, name] of esp === 'kernel' ? packages : [...packages, ...userSpacePackages]) {
    if (await exists(file)) continue
    if (name === '') throw new Error(`The kernel has neither ESP nor ${file}: modprobe esp4, or modprobe tun.`)
    missing.push(name)
  }
  if (missing.length === 0) return esp
  const cure = `apt-get install -y --no-install-recommends ${missing.join(' ')}`
  throw new Error(`strongSwan, which carries the tunnels, is not installed or not whole: ${cure}`)
}

/** Found out by trying, in a network of its own that ends with the program. */
async function kernelHasEsp(): Promise<boolean> {
  const aead = ['aead', 'rfc4106(gcm(aes))', `0x${'00'.repeat(20)}`, '128']
  const state = ['src', '127.0.0.1', 'dst', '127.0.0.2', 'proto', 'esp', 'spi', '0x100', 'mode', 'tunnel', ...aead]
  try {
    await run(['unshare', '--net', 'ip', 'xfrm', 'state', 'add', ...state], { input: '', patience })
    return true
  } catch {
    // Whatever it lacks, strongSwan can do without it.
    return false
  }
}

async function exists(file: string): Promise<boolean> {
  try {
    await access(file, constants.R_OK)
    return true
  } catch {
    return false
  }
}
