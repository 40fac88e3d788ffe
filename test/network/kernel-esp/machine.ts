import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { limit, until } from '../../support/time.ts'
import type { Kernel } from './kernel.ts'

/** What a machine said in its life. */
export interface Said {
  /** On its first serial port: the console. */
  readonly console: string
  /** On its second one. */
  readonly result: string
}

const virtiofsd = '/usr/lib/qemu/virtiofsd'
const memory = '2500M'

/**
 * Runs a machine of two processors until it switches itself off. QEMU computes what its processors do, so it needs no
 * virtualization by the host's; it is ten to thirty times slower than the host.
 *
 * @param withinMs a `limit`
 */
export async function runMachine(folder: string, { image, initramfs }: Kernel, withinMs: number): Promise<Said> {
  const stopFiles = await shareRoot(folder)
  const [consoleFile, resultFile] = [join(folder, 'console'), join(folder, 'result')]
  const said = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8') : '')
  const qemu = spawn(
    'qemu-system-x86_64',
    [
      ...['-nodefaults', '-no-user-config', '-no-reboot', '-display', 'none', '-cpu', 'max', '-smp', '2', '-m', memory],
      // The one that serves the files reaches the memory of the machine.
      ...['-machine', 'q35,accel=tcg,memory-backend=memory'],
      ...['-object', `memory-backend-memfd,id=memory,size=${memory},share=on`],
      ...['-kernel', image, '-initrd', initramfs, '-append', 'console=ttyS0 quiet panic=-1 mitigations=off'],
      ...['-chardev', `socket,id=files,path=${join(folder, 'files.sock')}`],
      ...['-device', 'vhost-user-fs-pci,chardev=files,tag=host,queue-size=1024'],
      ...[consoleFile, resultFile].flatMap((file) => ['-serial', `file:${file}`]),
    ],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  )
  let isOver = false
  const ended = once(qemu, 'close').then(() => {
    isOver = true
  })
  try {
    await until('the machine has switched itself off', () => isOver, withinMs)
  } catch (error) {
    throw new Error(`${(error as Error).message}\n${said(consoleFile)}`, { cause: error })
  } finally {
    qemu.kill('SIGKILL')
    await ended
    await stopFiles()
  }
  return { console: said(consoleFile), result: said(resultFile) }
}

/** Serves the host's files by virtio, from a view of them that is read only. @returns what ends that */
async function shareRoot(folder: string): Promise<() => Promise<void>> {
  const [view, socket] = [join(folder, 'view'), join(folder, 'files.sock')]
  mkdirSync(view)
  const serve = `mount --rbind / "$1"; mount -o remount,bind,ro "$1"
    exec ${virtiofsd} --socket-path="$2" -o source="$1" -o cache=always -o sandbox=chroot -o log_level=err`
  const unshare = ['--mount', '--propagation', 'private', 'sh', '-ec', serve, 'sh', view, socket]
  const files = spawn('unshare', unshare, { stdio: ['ignore', 'ignore', 'inherit'] })
  const ended = once(files, 'close')
  await until('the files are served', () => existsSync(socket), limit(10_000))
  return async () => {
    files.kill('SIGKILL')
    await ended
  }
}
