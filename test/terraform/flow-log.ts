import { attributesOf, given, type Known, paramsOf, type Request, type ResourceType, rowsOf } from './resource.ts'

const fields = {
  flow_log_name: 'Name',
  description: 'Description',
  output_type: 'OutputType',
  active_aging: 'ActiveAging',
  inactive_aging: 'InactiveAging',
  logstore_name: 'LogstoreName',
  project_name: 'ProjectName',
  sls_region_id: 'SlsRegionId',
  netflow_server_ip: 'NetflowServerIp',
  netflow_server_port: 'NetflowServerPort',
  netflow_version: 'NetflowVersion',
}

async function setStatus(request: Request, id: string, status: unknown): Promise<void> {
  await request(status === 'Active' ? 'ActiveFlowLog' : 'DeactiveFlowLog', { FlowLogId: id })
  const after = await read(request, id)
  // The provider looks until it is so, and gives up after a minute.
  if (after?.['status'] !== status) throw new Error(`The log is ${after?.['status']}, not ${status}.`)
}

/** What the provider makes a number of, or ends with a panic. */
function numberIn(row: Known, field: string): number {
  const text = String(row[field])
  if (!/^\d+$/.test(text)) throw new Error(`${field} is ${JSON.stringify(row[field])}, which is no number.`)
  return Number(text)
}

async function read(request: Request, id: string): Promise<Known | undefined> {
  const row = rowsOf(await request('DescribeFlowLogs', { FlowLogId: id }), 'FlowLogs', 'FlowLogSetType').find(
    ({ FlowLogId }) => FlowLogId === id,
  )
  if (row === undefined) return undefined
  return {
    ...attributesOf({ ...fields, status: 'Status' }, row),
    active_aging: numberIn(row, 'ActiveAging'),
    inactive_aging: numberIn(row, 'InactiveAging'),
    netflow_server_port: numberIn(row, 'NetflowServerPort'),
  }
}

export const flowLog: ResourceType = {
  type: 'alicloud_smartag_flow_log',
  forceNew: [],
  async create(request, values) {
    const { FlowLogId } = await request('CreateFlowLog', given(paramsOf(fields, values)))
    if (values['status'] !== undefined) await setStatus(request, String(FlowLogId), values['status'])
    return String(FlowLogId)
  },
  read,
  async update(request, id, values, changed) {
    if ([...changed].some((name) => name !== 'status')) {
      const { LogstoreName = '', ProjectName = '', SlsRegionId = '', ActiveAging, ...rest } = paramsOf(fields, values)
      const params = { LogstoreName, ProjectName, SlsRegionId, ...given(rest) }
      await request('ModifyFlowLogAttribute', {
        ...{ FlowLogId: id, ...params },
        ...(changed.has('active_aging') ? { ActiveAging } : {}),
      })
    }
    if (changed.has('status')) await setStatus(request, id, values['status'])
  },
  async remove(request, id) {
    await request('DeleteFlowLog', { FlowLogId: id })
  },
}
