import { mostToolBytes, mostToolRows, type ToolResult } from '@opensag/protocol'

/** The result with as many of its rows as an answer has room for, of a log the newest, and how many are left out. */
export function fitting(result: ToolResult): ToolResult {
  switch (result.tool) {
    case 'routes':
      return { ...result, ...cut('routes', result.routes, first) }
    case 'leases':
      return { ...result, ...cut('leases', result.leases, first) }
    case 'counters':
      return { ...result, ...cut('counters', result.counters, first) }
    case 'log':
      return { ...result, ...cut('log', result.log, last) }
    case 'ping':
    case 'traceroute':
      return result
  }
}

type Take = <T>(rows: readonly T[], count: number) => readonly T[]

const first: Take = (rows, count) => rows.slice(0, count)
const last: Take = (rows, count) => rows.slice(rows.length - count)

function cut<K extends string, T>(
  name: K,
  rows: readonly T[],
  take: Take,
): { [key in K]: readonly T[] } & { left?: number } {
  let count = Math.min(rows.length, mostToolRows)
  while (count > 0 && Buffer.byteLength(JSON.stringify(take(rows, count))) > mostToolBytes) {
    count -= Math.ceil(count / 10)
  }
  const kept = { [name]: take(rows, count) } as { [key in K]: readonly T[] }
  return count === rows.length ? kept : { ...kept, left: rows.length - count }
}
