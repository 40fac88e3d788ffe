/** Instances of an account: as many as are sold to one (D). */
const sold = 500
/** Where nobody sells anything: more than one server is made for. */
const owned = 100_000

/** How many instances an account may have, of all regions and kinds together. */
export function instanceLimit(shop: boolean): number {
  return shop ? sold : owned
}
