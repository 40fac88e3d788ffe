import { link, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'

/**
 * Makes a folder, for its owner alone, that a power cut does not take back; one that is there keeps its mode. The names in
 * it are durable afterwards too: a program that was killed may have left one that can be read and is not on the disk yet.
 */
export async function makeFolderDurably(path: string): Promise<void> {
  const folder = resolve(path)
  await makeNamed(folder)
  await syncPath(folder)
}

/** What somebody hears who may not read the folder above, or where that is not on a disk: whoever made ours there saw to it. */
const unsyncable: ReadonlySet<string> = new Set(['EACCES', 'EROFS', 'EINVAL'])

/** From the top: a folder is made only when the name of the one around it is durable. */
async function makeNamed(folder: string): Promise<void> {
  const parent = dirname(folder)
  if (folder === parent) return
  if (!(await exists(folder))) {
    await makeNamed(parent)
    await mkdir(folder, { mode: 0o700 }).catch(unlessThere)
  }
  try {
    await syncPath(parent)
  } catch (error) {
    if (!unsyncable.has((error as NodeJS.ErrnoException).code ?? '')) throw error
  }
}

/** Another process may make the folder at the same time. Not with `recursive`: Node never returns from that inside /proc. */
function unlessThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error
}

/** Writes a private file (mode 0600) so that a crash leaves the old one or the new one, whole. */
export async function writeDurably(file: string, content: Buffer | string): Promise<void> {
  const temporary = temporaryName(file)
  try {
    await writeAndSync(temporary, content, 0o600)
    await rename(temporary, file)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
  await syncPath(dirname(file))
}

/**
 * The same for a file that must not be there yet.
 * @throws EEXIST when it is; it is left as it was
 */
export async function writeNewDurably(file: string, content: Buffer | string, mode = 0o600): Promise<void> {
  const temporary = temporaryName(file)
  try {
    await writeAndSync(temporary, content, mode)
    // Unlike a rename, this does not replace.
    await link(temporary, file)
  } finally {
    await rm(temporary, { force: true })
  }
  await syncPath(dirname(file))
}

/** Gives a file that is on the disk the name of another one, which is gone then. A crash leaves both, or the new one alone. */
export async function renameDurably(from: string, to: string): Promise<void> {
  await rename(from, to)
  await syncPath(dirname(to))
}

/** A file, or a folder: new names in it are on the disk only once it is. */
export async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

function temporaryName(file: string): string {
  return `${file}.${process.pid}.tmp`
}

async function writeAndSync(file: string, content: Buffer | string, mode: number): Promise<void> {
  const handle = await open(file, 'w', mode)
  try {
    await handle.writeFile(content)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Whether something has this name. A name that cannot be looked up is an error, not an answer. */
export async function exists(path: string): Promise<boolean> {
  try {
    await stat(path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
}

/** Undefined when there is no such file. One that cannot be read is an error. */
export async function readIfPresent(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
