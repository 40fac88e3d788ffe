/**
 * How everything that a program of ours makes in the network of a machine is marked, so that it is found again after a
 * restart and taken away without a record of its own. What bears no mark is never touched.
 */

/** The `ifalias` of a link. */
export const linkAlias = 'opensag'
/** The protocol number of routes and rules (`proto`): not one of rt_protos. */
export const routeProtocol = 213
/** The metric of an address. Also that of its connected route, which so stands behind every other one. */
export const addressMetric = 7240
/** The routing table of a branch, and the priority of the rules that lead to it. */
export const branchTable = 7240
/** Looked up before it where a branch learns routes: what belongs to others in its network, which nobody in the branch can take. */
export const ownedTable = 7239
/** Of a connection from the Internet to a host of the branch (DNAT), and of each packet of it: the branch has no other. */
export const publishedMark = 7241
/** The priorities of the rules for these packets, before all others of ours: those that come in, and their answers. */
export const publishedInPreference = 7237
export const publishedOutPreference = 7238
/** Of a route that stands behind every other one: what nothing else matches ends there. */
export const lastMetric = 4_278_198_272
