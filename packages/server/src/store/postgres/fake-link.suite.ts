import type { Link } from './link.ts'

/** A connection that is never lost. Each statement is answered without rows, once `asked` is done with it. */
export function linkThat(
  asked: (text: string, values: readonly unknown[] | undefined, name: string | undefined) => unknown,
): Link {
  return {
    timeline: 1,
    async query(text, values, name) {
      await asked(text, values, name)
      return { command: text.toUpperCase(), rowCount: 0, oid: 0, fields: [], rows: [] }
    },
    lost: () => undefined,
    warnings: () => 0,
    drop: () => {},
    end: async () => {},
  }
}
