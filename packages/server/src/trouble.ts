import { dirname, resolve } from 'node:path'

interface SystemError extends Error {
  readonly code?: string
  readonly path?: string
  readonly address?: string
  readonly port?: number
}

/** What the system refused, in a sentence with the cure; undefined when it is nothing a person can cure like that. */
export function troubleIn(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  const { code, path, address, port } = error as SystemError
  if (code === 'EADDRINUSE' && port !== undefined) {
    return `${address}:${port} is in use by another program. Stop that one, or choose another port.`
  }
  if (code !== undefined && untrusted.has(code)) return notTrusted(error.message)
  if (code !== undefined) {
    const known = systemCodeOf(code)
    if (path !== undefined || aboutDisks.has(known)) return troubleWith(path ?? 'the data', known)
  }
  // A write that failed, or a copy, keeps why to itself.
  return error.cause === undefined ? undefined : troubleIn(error.cause)
}

/** How OpenSSL names a certificate whose authority nobody told this program of. */
const untrusted: ReadonlySet<string> = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])

function notTrusted(message: string): string {
  return `The certificate of the server is not trusted here (${message}). If it is of a private authority, name the file with the certificate of that authority in NODE_EXTRA_CA_CERTS.`
}

/** They say what to do also where the system does not tell which file it was about. */
const aboutDisks: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT', 'EROFS'])

/** SQLite has names of its own for what the system told it. */
function systemCodeOf(code: string): string {
  if (code === 'SQLITE_FULL') return 'ENOSPC'
  if (code.startsWith('SQLITE_READONLY')) return 'EROFS'
  return code === 'SQLITE_PERM' || code.startsWith('SQLITE_CANTOPEN') ? 'EACCES' : code
}

/** The same for a path and the code with which the system refused it; undefined for a code that has no cure of its own. */
export function troubleWith(path: string, code: string): string | undefined {
  return sentences[code]?.(path)
}

const sentences: Readonly<Record<string, (path: string) => string>> = {
  ENOENT: (path) => `${path} does not exist. Check the path.`,
  ENOTDIR: (path) => `${path} cannot be used: a part of this path is a file, not a folder.`,
  EISDIR: (path) => `${path} is a folder, not a file.`,
  EEXIST: (path) => `${path} exists already.`,
  EACCES: noPermission,
  EPERM: noPermission,
  EROFS: (path) =>
    `${path} is on a file system that is mounted read-only. Remount it for writing (mount -o remount,rw), or name another folder.`,
  ENOSPC: (path) =>
    `The disk of ${path} is full. Free some space (df -h ${folderOf(path)} shows it), then run this again.`,
  EDQUOT: (path) =>
    `The quota of this user on the disk of ${path} is used up. Free some space, or have the quota raised.`,
  EMFILE: (path) => `${path} cannot be opened: this program has too many files open. Raise the limit (ulimit -n).`,
  ENAMETOOLONG: (path) => `${path} is too long for a path. Name a shorter one.`,
}

function noPermission(path: string): string {
  return `No permission for ${path}. Run this as the user it belongs to, or give that right to this user (ls -ld ${folderOf(path)} shows the owner).`
}

function folderOf(path: string): string {
  return dirname(resolve(path))
}
