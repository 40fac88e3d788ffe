import { randomBytes } from 'node:crypto'
import { type FileHandle, open, readdir, unlink } from 'node:fs/promises'
import { connect, createServer, type Server } from 'node:net'
import { join } from 'node:path'

export interface FolderLock {
  release(): Promise<void>
}

const claim = /^lock-[0-9a-f]{24}\.sock$/

/**
 * Holds a folder for this process. The claim is a listening socket in the folder, under a name used once: it lives exactly
 * as long as its process (`kill -9` and power cuts included), is seen from other PID and network namespaces, and a dead
 * one can be removed by anybody because nobody will ever listen under that name again.
 *
 * Everybody listens first and looks for others then, so of two that start together at least one sees the other; it may
 * happen that both give way.
 * @throws when a running process holds the folder.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const handle = await open(folder, 'r')
  const name = `lock-${randomBytes(12).toString('hex')}.sock`
  const server = createServer((socket) => socket.destroy())
  try {
    await listen(server, reach(folder, handle, name))
    for (const other of await readdir(folder)) {
      if (!claim.test(other) || other === name) continue
      if (await answers(reach(folder, handle, other))) {
        throw new Error(`The folder ${folder} is in use by another running process.`)
      }
      await removeDead(join(folder, other))
    }
  } catch (error) {
    await release(server, handle)
    throw error
  }
  return { release: () => release(server, handle) }
}

/** The name of a socket has room for some hundred bytes only; through the open folder it is always short. */
export function reach(folder: string, handle: FileHandle, name: string): string {
  return process.platform === 'linux' ? `/proc/self/fd/${handle.fd}/${name}` : join(folder, name)
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(path, () => {
      server.unref()
      resolve()
    })
  })
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const socket = connect(path)
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', (error: NodeJS.ErrnoException) => {
      // Missing: its process has just let it go.
      if (error.code === 'ECONNREFUSED' || error.code === 'ENOENT') resolve(false)
      else if (error.code === 'ECONNRESET' || error.code === 'EAGAIN') resolve(true)
      else reject(error)
    })
  })
}

async function removeDead(path: string): Promise<void> {
  try {
    await unlink(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
}

/** Closing a server also removes its socket from the folder, so the folder is closed after it. */
async function release(server: Server, handle: FileHandle): Promise<void> {
  if (server.listening) await new Promise<void>((resolve) => server.close(() => resolve()))
  await handle.close()
}
