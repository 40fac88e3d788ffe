// The configuration as Terraform reads it.
import { addressOf } from './configuration.ts'
import type { Resource, Value } from './resource.ts'

const head = `terraform {
  required_providers {
    alicloud = {
      source = "aliyun/alicloud"
    }
  }
}

variable "address" {}

variable "hardware_id" {}

variable "remote_access_id" {}

variable "password" {
  sensitive = true
}

provider "alicloud" {
  region                 = "cn-shanghai"
  protocol               = "HTTP"
  account_type           = "Domestic"
  skip_region_validation = true

  endpoints {
    smartag = var.address
    sts     = var.address
  }
}
`

function expression(value: Value): string {
  if (typeof value !== 'object') return JSON.stringify(value)
  return 'idOf' in value ? `${value.idOf}.id` : `var.${value.given}`
}

/** What has to be there before, beyond what its values name. */
function after(resource: Resource, all: readonly Resource[]): string {
  const named = Object.values(resource.values).some((value) => typeof value === 'object' && 'idOf' in value)
  const attachment = all.find(({ type }) => type.type === 'alicloud_cloud_connect_network_attachment')
  // Translation of an instance is in the network that the instance is in.
  const needs = /snat|dnat/.test(resource.type.type) && !named && attachment !== undefined
  return needs ? `\n  depends_on = [${addressOf(attachment)}]\n` : ''
}

export function written(resources: readonly Resource[], which: 'values' | 'changed'): string {
  const blocks = resources.map((resource) => {
    const values = which === 'values' ? resource.values : { ...resource.values, ...resource.changed }
    const width = Math.max(...Object.keys(values).map((name) => name.length))
    const lines = Object.entries(values).map(([name, value]) => `  ${name.padEnd(width)} = ${expression(value)}\n`)
    return `resource "${resource.type.type}" "${resource.name}" {\n${lines.join('')}${after(resource, resources)}}\n`
  })
  return [head, ...blocks].join('\n')
}
