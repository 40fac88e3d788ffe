import type { ExecutorInput } from '@opensag/protocol'
import type { Box, Up, World } from './world.ts'

/** What it has received and not looked at is void with its connection; an order under way runs to its end. */
export function gatewayLosesLink(world: World, box: Box): boolean {
  if (box.link === undefined) return false
  world.log?.(box.name, `${box.link.name} has ended on this side`)
  box.link.gatewayOpen = false
  box.link = undefined
  box.online = false
  if (world.machines.onlyCurrentOrders) box.inbox = []
  return true
}

export function work(world: World, box: Box, input: ExecutorInput): void {
  const before = box.work
  const step = world.machines.work(before, input)
  world.count?.(
    'work',
    nameOf(before),
    input.is === 'order' ? `order ${input.order.is}` : input.is,
    `${nameOf(step.state)} ${step.effects[0]?.do ?? ''}`,
  )
  box.work = step.state
  box.effect = step.effects[0]
  box.renamed = false
}

/** Nothing goes out on a connection that is not its own any more. */
export function send(world: World, box: Box, message: Up): void {
  const link = box.orderLink
  if (link === undefined || link !== box.link) return
  world.log?.(box.name, `sends ${message.kind}${'changeId' in message ? ` ${message.changeId}` : ''}`)
  link.up.push(message)
}

function nameOf(state: Box['work']): string {
  return state.is === 'working' ? `working ${state.order.is} ${state.stage}` : state.is
}
