import { popAs } from './names.ts'

// What both ends of a link hold BGP to.

/** Routes that are let in of one neighbour: more than a branch has, less than what fills the memory of others. */
export const learntLimit = 1_000
/** Shorter prefixes are never learnt: nobody's branch is a large part of the Internet. */
export const shortestLearnt = 8

/** The community of what belongs to somebody: a block of a member, or what is attached. A point of presence gives it. */
export const ownedCommunity = `(${popAs}, 3)`

/** Lines of BIRD: a neighbour that is gone is noticed by BFD, and asked again every second. */
export const sessionTimers = `  bfd on;
  connect retry time 1;
  connect delay time 1;
  error wait time 1, 4;
  hold time 9;
`
