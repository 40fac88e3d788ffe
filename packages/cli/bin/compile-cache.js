// Where Node can (from 22.8 on), it keeps what V8 compiled, so that the next start need not compile it again.
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import module from 'node:module'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'

/** As many builds of the program as have theirs kept, the present one included. */
const mostKept = 3

/** Does nothing where that is not possible: a start that compiles is only slower. */
export function keepCompiled(program) {
  // With a folder of the user's choice Node has begun already.
  if (module.enableCompileCache === undefined || process.env.NODE_COMPILE_CACHE !== undefined) return
  try {
    const parent = folderOfCaches()
    if (parent === undefined) return
    // The names of all its files are in the program, and they change with their content.
    const own = createHash('sha256').update(readFileSync(program)).digest('hex').slice(0, 16)
    const all = join(parent, 'opensag')
    make(parent)
    make(all)
    const isNew = make(join(all, own))
    // What lies here is run: a folder that others can write to is none to read from.
    if (!isOurs(all) || !isOurs(join(all, own))) return
    if (isNew) forgetOldest(all, own)
    module.enableCompileCache(join(all, own))
  } catch {
    // A disk that is full or read-only, a home that is not there.
  }
}

/** systemd's `CacheDirectory=`, or the folder of the user's caches. */
function folderOfCaches() {
  const { CACHE_DIRECTORY, XDG_CACHE_HOME } = process.env
  const [given] = (CACHE_DIRECTORY ?? '').split(':')
  const parent = given || XDG_CACHE_HOME || join(homedir(), '.cache')
  return isAbsolute(parent) ? parent : undefined
}

/** A home that is not there is not made. @returns whether it had to be made */
function make(folder) {
  try {
    mkdirSync(folder, { mode: 0o700 })
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    return false
  }
}

function isOurs(folder) {
  const { uid, mode } = statSync(folder)
  return process.getuid === undefined || (uid === process.getuid() && (mode & 0o022) === 0)
}

function forgetOldest(all, own) {
  const others = readdirSync(all).filter((name) => name !== own)
  const aged = others.map((name) => ({ folder: join(all, name), at: statSync(join(all, name)).mtimeMs }))
  aged.sort((one, other) => other.at - one.at)
  for (const { folder } of aged.slice(mostKept - 1)) rmSync(folder, { recursive: true, force: true })
}
