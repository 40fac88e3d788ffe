// The command line of the cloud, which no package registry has.
import { mkdirSync, symlinkSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { root, runToEnd } from './process.ts'

/** Path of it; undefined: there is none. */
export const aliyun = process.env['OPENSAG_ALIYUN']

/** Runs commands for which a program is `aliyun`, in a folder that is their home. */
export function withAliyun(
  program: string,
  folder: string,
  more: Readonly<Record<string, string>> = {},
): (command: string, ...args: readonly string[]) => ReturnType<typeof runToEnd> {
  const programs = join(folder, 'programs')
  mkdirSync(programs)
  symlinkSync(program, join(programs, 'aliyun'))
  const path = [programs, dirname(process.execPath), process.env['PATH']].join(delimiter)
  const environment = { HOME: folder, PATH: path, ...more }
  return (command, ...args) => runToEnd(command, args, { environment, cwd: folder })
}

/** One of examples/aliyun. */
export function aliyunExample(file: string): string {
  return join(root, 'examples/aliyun', file)
}
