/** What a class of HTB queues its packets in: `fq_codel` where the kernel has it, else a plain queue. */
export type Queue = 'fq_codel' | 'pfifo'

/** What a link has of them already. */
export type Shape = 'none' | 'part' | 'whole'

/** The part that routing and the question whether the other end lives always have, as a fraction. */
const reserved = 1 / 20
/** Of a plain queue: what passes in a tenth of a second, in packets of full size. */
const packetBits = 1350 * 8

/**
 * Lines of `tc -batch` that let a link send at most `megabits` per second. Of what is `whole` only the numbers change, and no
 * packet is lost that waits.
 */
export function renderBandwidth(link: string, megabits: number, queue: Queue, shape: Shape): readonly string[] {
  const kilobits = megabits * 1000
  const first = Math.ceil(kilobits * reserved)
  // The timer of a kernel ticks 250 times a second at worst: less than passes between two ticks would lower the rate.
  const burst = `burst ${Math.max(15, Math.ceil(megabits / 2))}k`
  const limit = `limit ${Math.max(100, Math.ceil((kilobits * 100) / packetBits))}`
  const rate = (own: number): string => `htb rate ${own}kbit ceil ${kilobits}kbit ${burst} c${burst}`
  const isThere = shape === 'whole'
  return [
    ...(shape === 'part' ? [`qdisc del dev ${link} root`] : []),
    ...(isThere ? [] : [`qdisc add dev ${link} root handle 1: htb default 20`]),
    `class replace dev ${link} parent 1: classid 1:1 ${rate(kilobits)}`,
    `class replace dev ${link} parent 1:1 classid 1:10 ${rate(first)} prio 0`,
    `class replace dev ${link} parent 1:1 classid 1:20 ${rate(kilobits - first)} prio 1`,
    ...(isThere
      ? []
      : [
          `qdisc add dev ${link} parent 1:10 handle 10: pfifo limit 100`,
          `qdisc add dev ${link} parent 1:20 handle 20: ${queue === 'fq_codel' ? queue : `${queue} ${limit}`}`,
        ]),
    ...(isThere && queue === 'pfifo' ? [`qdisc change dev ${link} parent 1:20 handle 20: pfifo ${limit}`] : []),
  ]
}
