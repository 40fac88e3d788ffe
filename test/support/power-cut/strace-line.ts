/** One system call, from a log of `strace -f -y -xx`. */
export interface Call {
  readonly process: string
  readonly name: string
  readonly args: string
  /** What follows the equals sign. */
  readonly result: string
}

export interface Descriptor {
  readonly number: string
  readonly path: string
  /** Nothing names the file any more. */
  readonly deleted: boolean
}

export interface LogReader {
  /** Called when a call begins; what it returns is handed to `end`. */
  begin(call: Omit<Call, 'result'>): number
  /** Called when it has ended with success. */
  end(call: Call, begun: number): void
}

const line = /^(\d+) +(?:<\.\.\. (\w+) resumed>|(\w+)\()(.*)$/
const ended = /^(.*)\) += ((-?\d+).*|\?)$/
const unfinishedMark = ' <unfinished ...>'

/** @throws when a line is not understood: what nobody saw proves nothing */
export function readCalls(log: string, reader: LogReader): void {
  const unfinished = new Map<string, { readonly args: string; readonly begun: number }>()
  for (const text of log.split('\n')) {
    if (text === '') continue
    const [, process = '', resumed, started, rest = ''] = line.exec(text) ?? []
    const name = resumed ?? started
    if (name === undefined) throw new Error(`A line of strace is not understood: ${text.slice(0, 200)}`)
    const before = resumed === undefined ? undefined : unfinished.get(process)
    if (resumed === undefined && rest.endsWith(unfinishedMark)) {
      const args = rest.slice(0, -unfinishedMark.length)
      unfinished.set(process, { args, begun: reader.begin({ process, name, args }) })
      continue
    }
    unfinished.delete(process)
    const [, args = '', result = '?', value = '-1'] = ended.exec((before?.args ?? '') + rest) ?? []
    const begun = before?.begun ?? reader.begin({ process, name, args })
    // What became of a call in which its process ended is not known: it is one that may be lost.
    if (Number(value) >= 0) reader.end({ process, name, args, result }, begun)
  }
}

const hex = String.raw`(?:\\x[0-9a-f]{2})*`
const descriptor = new RegExp(`(\\d+)<(${hex})>(\\(deleted\\))?`, 'g')
const quoted = new RegExp(`"(${hex})"(\\.\\.\\.)?`, 'g')
const path = new RegExp(`(?:<(${hex})>, )?"(${hex})"`, 'g')

export function descriptorsOf(text: string): readonly Descriptor[] {
  return [...text.matchAll(descriptor)].map(([, number = '', name = '', deleted]) => ({
    number,
    path: decoded(name).toString(),
    deleted: deleted !== undefined,
  }))
}

/** All buffers of a call, one after the other. */
export function dataOf(args: string): Buffer {
  const parts = [...args.matchAll(quoted)].map(([, bytes = '', cut]) => {
    if (cut !== undefined) throw new Error('strace cut a buffer short.')
    return decoded(bytes)
  })
  return Buffer.concat(parts)
}

/** Every path of a call, with the folder it is relative to where the call names one. */
export function pathsOf(args: string): readonly { readonly base: string | undefined; readonly path: string }[] {
  return [...args.matchAll(path)].map(([, base, name = '']) => ({
    base: base === undefined ? undefined : decoded(base).toString(),
    path: decoded(name).toString(),
  }))
}

export function lastNumber(args: string): number {
  return Number(/, (\d+)$/.exec(args)?.[1])
}

function decoded(bytes: string): Buffer {
  return Buffer.from(bytes.replaceAll('\\x', ''), 'hex')
}
