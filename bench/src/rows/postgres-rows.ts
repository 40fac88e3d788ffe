import type { Row } from './row.ts'

export const rate: Row = {
  id: 'postgres-write',
  about: { en: 'writes on PostgreSQL, one process ÷ on SQLite', zh: 'PostgreSQL 上的写入（单进程）÷ SQLite 上的写入' },
  better: 'more',
  goal: 0.5,
}

export const two: Row = {
  id: 'postgres-two',
  about: { en: 'writes on PostgreSQL, two processes ÷ one', zh: 'PostgreSQL 上的写入，两个进程 ÷ 一个进程' },
  better: 'more',
  goal: 0.95,
}

export const latency: Row = {
  id: 'postgres-p99',
  about: { en: 'p99 of a write on PostgreSQL, 64 callers', zh: 'PostgreSQL 上一次写入的 p99（64 个调用方）' },
  better: 'less',
  goal: 100,
  unit: 'ms',
}

export const hot: Row = {
  id: 'postgres-hot-p99',
  about: {
    en: 'p99 of a write on PostgreSQL, 64 callers on ten rows, none refused',
    zh: 'PostgreSQL 上一次写入的 p99（64 个调用方写 10 行，无一被拒）',
  },
  better: 'less',
  goal: 100,
  unit: 'ms',
}

export const node: Row = {
  id: 'postgres-node-cpu',
  about: { en: 'processor time of Node for a write on PostgreSQL', zh: 'PostgreSQL 上一次写入所用的 Node 处理器时间' },
  better: 'less',
  goal: 130,
  unit: 'µs',
}

export const server: Row = {
  id: 'postgres-server-cpu',
  about: { en: 'processor time of PostgreSQL for a write', zh: '一次写入所用的 PostgreSQL 处理器时间' },
  better: 'less',
  goal: 40,
  unit: 'µs',
}
