import { folderOf, type Step } from './step.ts'

/** The content of every file, and undefined for every folder, by path relative to the watched folder. */
export type Contents = ReadonlyMap<string, Buffer | undefined>

export interface DataChange {
  readonly at: number
  readonly offset: number
  /** Undefined: the file gets this length. */
  readonly data: Buffer | undefined
}

export interface File {
  readonly before: Buffer
  readonly changes: DataChange[]
  /** Every change before the step of this number is on the disk. */
  durable: number
}

export type Node = File | 'folder'

export interface NameChange {
  readonly at: number
  /** Folders that have to be synced before it is durable. */
  readonly waits: Set<string>
  readonly apply: (tree: Map<string, Node>) => void
}

/** What changed on a disk, and which of it is durable. */
export interface History {
  readonly start: ReadonlyMap<string, Node>
  readonly names: readonly NameChange[]
}

/** Whether a sync does nothing; `at` is its number. */
export type Ignored = (sync: { readonly path: string }, at: number) => boolean

export function historyOf(steps: readonly Step[], before: Contents, ignored: Ignored = () => false): History {
  const start = new Map<string, Node>(
    [...before].map(([path, content]) => [path, content === undefined ? 'folder' : newFile(content)]),
  )
  const now = new Map(start)
  const names: NameChange[] = []

  function change(at: number, folders: readonly string[], apply: NameChange['apply']): void {
    apply(now)
    names.push({ at, waits: new Set(folders), apply })
  }

  function fileAt(path: string): File {
    const node = now.get(path)
    if (node === undefined || node === 'folder') throw new Error(`${path} is no file that this disk knows.`)
    return node
  }

  function sync(path: string, covers: number): void {
    const node = path === '' ? 'folder' : now.get(path)
    if (node === undefined) return
    if (node !== 'folder') node.durable = Math.max(node.durable, covers)
    else for (const one of names) if (one.at < covers) one.waits.delete(path)
  }

  for (const [at, step] of steps.entries()) {
    switch (step.is) {
      case 'make-folder':
        change(at, [folderOf(step.path)], (tree) => tree.set(step.path, 'folder'))
        break
      case 'make-file': {
        if (now.has(step.path)) break
        const made = newFile(Buffer.alloc(0))
        change(at, [folderOf(step.path)], (tree) => tree.set(step.path, made))
        break
      }
      case 'write':
        fileAt(step.path).changes.push({ at, offset: step.offset, data: step.data })
        break
      case 'resize':
        fileAt(step.path).changes.push({ at, offset: step.length, data: undefined })
        break
      case 'rename':
      case 'link': {
        const file = fileAt(step.from)
        change(at, [folderOf(step.from), folderOf(step.to)], (tree) => {
          tree.set(step.to, file)
          if (step.is === 'rename') tree.delete(step.from)
        })
        break
      }
      case 'unlink':
        // Otherwise something this disk knows nothing of, such as a socket.
        if (now.has(step.path)) change(at, [folderOf(step.path)], (tree) => tree.delete(step.path))
        break
      case 'sync':
        if (!ignored(step, at)) sync(step.path, step.covers)
        break
      case 'said':
        break
    }
  }
  return { start, names }
}

function newFile(before: Buffer): File {
  return { before, changes: [], durable: 0 }
}
