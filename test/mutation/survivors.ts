/** Mutants that no test notices, each with the reason why that is all right. One that is caught has to go from here. */
export const survivors: Readonly<Record<string, string>> = {
  'store/enrol-keeps-ticket':
    'Equivalent: a row enrols only while it has no keys, and whoever takes the keys away takes the tickets with them.',
  'store engine/broken-store-goes-on':
    'Equivalent for callers: SQLite itself refuses to begin in the transaction that is left, so every later write fails too.',
  'store engine/second-statement-unpinned':
    'Equivalent in one process: a read that has begun is pinned before every commit, and no other process writes.',
  'ram/user-becomes-account': 'A guard behind a foreign key: the row of a key cannot outlive the row of its user.',
  'ram/memory-without-bound':
    'Only memory grows, by a few kilobytes a key, and only beyond 10,000 keys: a test of that takes longer than it is worth.',
  'ram/policies-without-bound':
    'Only memory grows, and only beyond 2,000 principals: a test of that takes longer than it is worth.',
  'rotation/half-write-repeated-behind':
    'Equivalent for who goes on: the same bytes are written to the same place again, and it is longer, never shorter.',
}
