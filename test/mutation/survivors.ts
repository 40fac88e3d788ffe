/** Mutants that no test notices, each with the reason why that is all right. One that is caught has to go from here. */
export const survivors: Readonly<Record<string, string>> = {
  'channel/lease-not-cancelled':
    'Equivalent: the machine ignores that a turn lapses which is being used; protocol/used-turn-lapses shows that it does.',
  'channel/deadline-runs-on':
    'Equivalent: the machine ignores the deadline of a change that is being decided, or is another one.',
  'protocol/clear-text-after-the-handshake':
    'Equivalent but for the reason that is logged: a text that is not sealed does not open, and that ends the connection too.',
  'agent/two-first-visitors':
    'Equivalent: the machine refuses a first password where there is one; the look before it only saves hashing.',
  'store/enrol-keeps-ticket':
    'Equivalent: a row enrols only while it has no keys, and whoever takes the keys away takes the tickets with them.',
  'store engine/broken-store-goes-on':
    'Equivalent for callers: SQLite itself refuses to begin in the transaction that is left, so every later write fails too.',
  'store engine/second-statement-unpinned':
    'Equivalent in one process: a read that has begun is pinned before every commit, and no other process writes.',
  'ram/user-becomes-account': 'A guard behind a foreign key: the row of a key cannot outlive the row of its user.',
  'rpc/unit-without-checks':
    'A guard behind the checks of the command itself, which refuses the same values with the name of its flag.',
  'rotation/half-write-repeated-behind':
    'Equivalent for who goes on: the same bytes are written to the same place again, and it is longer, never shorter.',
}
