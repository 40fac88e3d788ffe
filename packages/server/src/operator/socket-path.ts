import { relative } from 'node:path'

/** The kernel's limit on the path of a Unix socket. */
const longestPath = 107

/** Where a command is served: `device list` at `/device/list`. */
export function operatorPath(name: string): string {
  return `/${name.split(' ').join('/')}`
}

/** A deep data folder can be too long for a socket's path; the way from the working directory may be short enough. */
export function reachablePath(socket: string): string {
  const candidates = [socket, relative(process.cwd(), socket)]
  const path = candidates.find((candidate) => Buffer.byteLength(candidate) <= longestPath)
  if (path === undefined) {
    throw new Error(
      `The path ${socket} is too long for a Unix socket (${longestPath} bytes). Use a shorter data folder.`,
    )
  }
  return path
}
