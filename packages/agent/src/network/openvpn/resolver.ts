import { readFile, readlink, rm, writeFile } from 'node:fs/promises'
import { run } from '../../run-command.ts'

/** Where programs of this machine ask for names. */
export interface Resolver {
  /**
   * Makes them ask these servers, for all names, until {@link Resolver.restore} or the end of the interface.
   * @throws when nobody can set that here, or this process may not
   */
  use(device: string, servers: readonly string[]): Promise<void>
  /** They ask whom they asked before. Nothing happens when that is so already. */
  restore(): Promise<void>
}

export interface ResolverOptions {
  /** By default `/etc/resolv.conf`. */
  readonly file?: string
}

const patience = 10_000

/**
 * With systemd-resolved the servers belong to the interface, and go with it. Otherwise they are written into the file, and what
 * was there is kept beside it: a process that was killed leaves both, and the next one puts it back.
 */
export function openResolver({ file = '/etc/resolv.conf' }: ResolverOptions = {}): Resolver {
  const kept = `${file}.opensag`

  async function restore(): Promise<void> {
    const before = await textOf(kept)
    if (before === undefined) return
    const writer = writerOf(await textOf(file))
    // Another tunnel of this machine has it now, and restores what both have found.
    if (writer !== undefined && writer !== process.pid && isAlive(writer)) return
    // Whoever else has written it meanwhile knows better.
    if (writer !== undefined) await writeFile(file, before)
    await rm(kept, { force: true })
  }

  return {
    restore,
    async use(device, servers) {
      if (servers.length === 0) return restore()
      if (process.platform !== 'linux') throw new Error('This program sets them on Linux only.')
      if (await isResolved(file)) {
        await resolvectl('dns', device, ...servers)
        // All names, whichever domains other interfaces are for.
        await resolvectl('domain', device, '~.')
        return
      }
      const now = await textOf(file)
      const before = (writerOf(now) === undefined ? now : await textOf(kept)) ?? ''
      await writeFile(kept, before)
      // In place: in a container it is a mount, which nothing can be renamed to.
      await writeFile(file, written(before, servers, kept))
    },
  }
}

/** Search lists and options stay as they are. */
function written(before: string, servers: readonly string[], kept: string): string {
  const others = before.split('\n').filter((line) => line.trim() !== '' && !/^\s*nameserver\b/.test(line))
  const mark = `# opensag app login, process ${process.pid}. What was here before: ${kept}`
  return `${[mark, ...others, ...servers.map((server) => `nameserver ${server}`)].join('\n')}\n`
}

/** The process that has put its servers into it; undefined: none has. */
function writerOf(text: string | undefined): number | undefined {
  const [, pid] = /^# opensag app login, process (\d{1,9})\./.exec(text ?? '') ?? []
  return pid === undefined ? undefined : Number(pid)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** The file is the one of systemd-resolved, which would write over ours. */
async function isResolved(file: string): Promise<boolean> {
  try {
    return (await readlink(file)).includes('systemd/resolve/')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    // It is no link, or is not there at all.
    if (code === 'EINVAL' || code === 'ENOENT') return false
    throw error
  }
}

function resolvectl(...args: readonly string[]): Promise<void> {
  return run(['resolvectl', ...args], { input: '', patience })
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
