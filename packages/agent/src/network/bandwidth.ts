/** What a class of HTB queues its packets in: `fq_codel` where the kernel has it, else a plain queue. */
export type Queue = 'fq_codel' | 'pfifo'

/** What a link has of them already. */
export type Shape = 'none' | 'part' | 'whole'

/** The part that routing and the question whether the other end lives always have, as a fraction. */
const reserved = 1 / 20
/** The part that packets of no class always have. */
const unclassified = 1 / 20
/** Of a plain queue: what passes in a tenth of a second, in packets of full size. */
const packetBits = 1350 * 8

/** A part of what a link sends: `min` is its own, and it never has more than `max`, both Kbit/s. 1 is the first priority. */
export interface TrafficClass {
  readonly priority: number
  readonly min: number
  readonly max: number
}

export interface Division {
  /** One of a priority at most. */
  readonly classes: readonly TrafficClass[]
  /** Priorities of the classes that the link has, when it is `whole`. */
  readonly held: readonly number[]
}

const undivided: Division = { classes: [], held: [] }

/** The handle of the class of a priority, without its major number. */
export function classHandle(priority: number): string {
  return `3${priority}`
}

/**
 * Lines of `tc -batch` that let a link send at most `megabits` per second, and its classes their parts. Of what is `whole` only
 * the numbers change, and no packet is lost that waits but those of a class that goes.
 */
export function renderBandwidth(
  link: string,
  megabits: number,
  queue: Queue,
  shape: Shape,
  { classes, held }: Division = undivided,
): readonly string[] {
  const kilobits = megabits * 1000
  const first = Math.ceil(kilobits * reserved)
  // The timer of a kernel ticks 250 times a second at worst: less than passes between two ticks would lower the rate.
  const burst = `burst ${Math.max(15, Math.ceil(megabits / 2))}k`
  const rate = (own: number, most = kilobits): string =>
    `htb rate ${own}kbit ceil ${Math.max(own, Math.min(most, kilobits))}kbit ${burst} c${burst}`
  const limit = (most: number): string => `limit ${Math.max(100, Math.ceil((most * 100) / packetBits))}`
  const queueOf = (most: number): string => (queue === 'fq_codel' ? queue : `${queue} ${limit(most)}`)
  const isThere = shape === 'whole'
  const owns = guaranteed(classes, kilobits - first, Math.ceil(kilobits * unclassified))
  const rest = kilobits - first - owns.reduce((sum, own) => sum + own, 0)
  const isHeld = (priority: number): boolean => isThere && held.includes(priority)
  return [
    ...(shape === 'part' ? [`qdisc del dev ${link} root`] : []),
    ...(isThere ? [] : [`qdisc add dev ${link} root handle 1: htb default 20`]),
    `class replace dev ${link} parent 1: classid 1:1 ${rate(kilobits)}`,
    `class replace dev ${link} parent 1:1 classid 1:10 ${rate(first)} prio 0`,
    ...held
      .filter((priority) => isHeld(priority) && !classes.some((one) => one.priority === priority))
      .map((priority) => `class del dev ${link} classid 1:${classHandle(priority)}`),
    ...classes.flatMap(({ priority, max }, index) => {
      const handle = classHandle(priority)
      return [
        `class replace dev ${link} parent 1:1 classid 1:${handle} ${rate(owns[index] ?? 1, max)} prio ${priority}`,
        ...(isHeld(priority) ? [] : [`qdisc add dev ${link} parent 1:${handle} handle ${handle}: ${queueOf(max)}`]),
      ]
    }),
    // Behind all others: what is left over is theirs first.
    `class replace dev ${link} parent 1:1 classid 1:20 ${rate(rest)} prio 7`,
    ...(isThere
      ? []
      : [
          `qdisc add dev ${link} parent 1:10 handle 10: pfifo limit 100`,
          `qdisc add dev ${link} parent 1:20 handle 20: ${queueOf(kilobits)}`,
        ]),
    ...(isThere && queue === 'pfifo'
      ? [`qdisc change dev ${link} parent 1:20 handle 20: pfifo ${limit(kilobits)}`]
      : []),
  ]
}

/**
 * What each class has for itself. HTB lets all of them have it, also where it is more together than the link may send: then
 * each has its part of `all` without what is left for packets of no class.
 */
function guaranteed(classes: readonly TrafficClass[], all: number, left: number): readonly number[] {
  const asked = classes.reduce((sum, { min }) => sum + min, 0)
  const factor = Math.min(1, (all - left) / asked)
  return classes.map(({ min }) => Math.max(1, Math.floor(min * factor)))
}
