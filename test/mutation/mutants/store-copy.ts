import type { MutatedFile } from '../mutant.ts'

const tests = ['packages/server/src/store/copy/copy-store.test.ts']

export const storeCopy: readonly MutatedFile[] = [
  {
    file: 'copy/copy-store.ts',
    tests,
    changes: [
      {
        name: 'copy-not-compared',
        breaks: 'Servers start on a copy that lost rows.',
        find: '    if (!isSameSum(expected, await sumOf(table, target))) differing.push(table.name)',
        replace: '    if (!isSameSum(expected, await sumOf(table, source))) differing.push(table.name)',
      },
      {
        name: 'copy-goes-on-from-another-source',
        breaks: 'One database holds rows of two servers.',
        find: "if (found.get('source') === identity) return found",
        replace: 'if (found.size > 0) return found',
      },
      {
        name: 'copy-begins-again',
        breaks: 'A copy that was interrupted never ends: its first row is there already.',
        find: 'of pages(table, source, state?.last)',
        replace: 'of pages(table, source)',
      },
    ],
  },
  {
    file: 'copy/sqlite-side.ts',
    tests,
    changes: [
      {
        name: 'copy-cuts-a-text',
        breaks: 'What follows a NUL is lost, on both sides of the comparison.',
        find: "if (Number(row['store_copy_nul']) !== 0) throw",
        replace: "if (Number(row['store_copy_nul']) < 0) throw",
      },
    ],
  },
  {
    file: 'copy/checksum.ts',
    tests,
    changes: [
      {
        name: 'sum-of-the-last-row',
        breaks: 'Only the last row of each table is compared.',
        find: '(words[word] as number) + digest.readUInt32BE(word * 4)',
        replace: 'digest.readUInt32BE(word * 4)',
      },
    ],
  },
  {
    file: 'migrations/index.ts',
    tests,
    changes: [
      {
        name: 'server-on-half-a-copy',
        breaks: 'A server starts on a copy that was interrupted, and writes to it.',
        find: 'if (!unfinished && tables.some(',
        replace: 'if (unfinished && tables.some(',
      },
    ],
  },
]
