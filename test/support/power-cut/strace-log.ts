import { join, resolve } from 'node:path'
import type { Step } from './step.ts'
import { type Call, type Descriptor, dataOf, descriptorsOf, lastNumber, pathsOf, readCalls } from './strace-line.ts'

interface OpenFile {
  position: number
  readonly appends: boolean
}

type Handle = (call: Call, begun: number) => void

const writing = ['write', 'writev', 'sendto', 'sendmsg']

/** Ways to change a file that the programs under test do not use. One that did would be refused. */
const notUnderstood = [
  ...['truncate', 'fallocate', 'symlink', 'symlinkat', 'rmdir', 'sync', 'syncfs', 'sync_file_range', 'msync'],
  ...['copy_file_range', 'sendfile', 'splice', 'pwritev2', 'dup', 'dup2', 'dup3'],
]

/**
 * The steps of a log of `strace -f -y -xx`, in the order in which they had their effect.
 * @throws when the log holds what this reader does not understand
 */
export function readStraceLog(log: string, watched: string): readonly Step[] {
  const steps: Step[] = []
  const handlers = createHandlers(steps, resolve(watched))
  readCalls(log, {
    begin({ name, args }) {
      // Counted from the moment it is handed to the system: the other side may be quicker than the call's return.
      if (writing.includes(name) && isOutside(descriptorsOf(args)[0])) {
        steps.push({ is: 'said', text: dataOf(args).toString('latin1') })
      }
      return steps.length
    },
    end(call, begun) {
      const handle = handlers[call.name]
      if (handle === undefined) throw new Error(`${call.name} is not understood.`)
      handle(call, begun)
    },
  })
  return steps
}

function isOutside(target: Descriptor | undefined): boolean {
  return target !== undefined && /^(?:socket|TCP|UNIX|pipe|\/dev\/)/.test(target.path)
}

function createHandlers(steps: Step[], root: string): Readonly<Record<string, Handle>> {
  const files = new Map<string, OpenFile>()
  const roots = new Map<string, string>()
  const folders = new Map<string, string>()

  /** Relative to the watched folder; undefined when it is elsewhere. */
  function within(path: string): string | undefined {
    if (path === root) return ''
    return path.startsWith(`${root}/`) ? path.slice(root.length + 1) : undefined
  }

  function fileOf({ args }: Call): string | undefined {
    const [target] = descriptorsOf(args)
    return target === undefined || target.deleted ? undefined : within(target.path)
  }

  function namesOf({ process, args }: Call): readonly (string | undefined)[] {
    return pathsOf(args).map(({ base, path }) => {
      if (path.startsWith('/')) return within(join(roots.get(process) ?? '/', path))
      const folder = base ?? folders.get(process)
      return folder === undefined ? undefined : within(join(folder, path))
    })
  }

  function written(call: Call, at?: number): void {
    const path = fileOf(call)
    const [target] = descriptorsOf(call.args)
    if (path === undefined || target === undefined) return
    const file = files.get(keyOf(target))
    const offset = at ?? (file?.appends === false ? file.position : undefined)
    if (offset === undefined) throw new Error(`It is not known where a write to ${path} went.`)
    const data = dataOf(call.args)
    if (at === undefined && file !== undefined) file.position += data.length
    steps.push({ is: 'write', path, offset, data })
  }

  function opened({ args, result }: Call): void {
    const [target] = descriptorsOf(result)
    const path = target && within(target.path)
    if (target === undefined || path === undefined) return
    files.set(keyOf(target), { position: 0, appends: args.includes('O_APPEND') })
    if (args.includes('O_CREAT')) steps.push({ is: 'make-file', path })
    if (args.includes('O_TRUNC')) steps.push({ is: 'resize', path, length: 0 })
  }

  function named(is: 'make-folder' | 'unlink'): Handle {
    return (call) => {
      const [path] = namesOf(call)
      if (path !== undefined) steps.push({ is, path })
    }
  }

  function moved(is: 'rename' | 'link'): Handle {
    return (call) => {
      const [from, to] = namesOf(call)
      if (from === undefined && to === undefined) return
      if (from === undefined || to === undefined) throw new Error(`${is} across the edge of the watched folder.`)
      if (is === 'rename') moveKeys(files, join(root, from), join(root, to))
      steps.push({ is, from, to })
    }
  }

  function synced(call: Call, begun: number): void {
    const path = fileOf(call)
    if (path !== undefined) steps.push({ is: 'sync', path, covers: begun })
  }

  function refused(call: Call): void {
    const touched = [...descriptorsOf(call.args).map(({ path }) => within(path)), ...namesOf(call)]
    const found = touched.find((path) => path !== undefined)
    if (found !== undefined) throw new Error(`${call.name} of ${found} is not understood.`)
  }

  function entered(into: Map<string, string>): Handle {
    return ({ process, args }) => void into.set(process, join(roots.get(process) ?? '/', pathsOf(args)[0]?.path ?? ''))
  }

  return {
    ...Object.fromEntries(notUnderstood.map((name) => [name, refused])),
    open: opened,
    openat: opened,
    creat: opened,
    chroot: entered(roots),
    chdir: entered(folders),
    lseek({ args, result }) {
      const [target] = descriptorsOf(args)
      const file = target && files.get(keyOf(target))
      if (file !== undefined) file.position = Number.parseInt(result, 10)
    },
    write: (call) => written(call),
    writev: (call) => written(call),
    sendto: () => {},
    sendmsg: () => {},
    pwrite64: (call) => written(call, lastNumber(call.args)),
    pwritev: (call) => written(call, lastNumber(call.args)),
    ftruncate(call) {
      const path = fileOf(call)
      if (path !== undefined) steps.push({ is: 'resize', path, length: lastNumber(call.args) })
    },
    fsync: synced,
    fdatasync: synced,
    mkdir: named('make-folder'),
    mkdirat: named('make-folder'),
    unlink: named('unlink'),
    unlinkat: named('unlink'),
    rename: moved('rename'),
    renameat: moved('rename'),
    renameat2: moved('rename'),
    link: moved('link'),
    linkat: moved('link'),
  }
}

/** What strace has to be asked for, so that every way to change a file is in its log. */
export const tracedCalls: readonly string[] = Object.keys(createHandlers([], '/'))

function keyOf({ number, path }: Descriptor): string {
  return `${number}<${path}`
}

/** A file keeps its open descriptors when it gets another name. */
function moveKeys(files: Map<string, OpenFile>, from: string, to: string): void {
  for (const [key, file] of [...files]) {
    if (!key.endsWith(`<${from}`)) continue
    files.delete(key)
    files.set(`${key.slice(0, -from.length)}${to}`, file)
  }
}
